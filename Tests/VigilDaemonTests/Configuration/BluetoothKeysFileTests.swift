import Testing
import VigilCore
import VigilDevices

@testable import VigilDaemon

/// The file of Bluetooth keys: what it costs that a part of it, or all of it, cannot be read.
struct BluetoothKeysFileTests {
    private static let key = "231d39c1d7cc1ab1aee224cd096db932"
    private static let bluetooth = "bluetooth: {adapters: [hci0], keys_file: keys}\n"

    /// - Parameter keys: nil where there is no such file.
    private func load(_ keys: String?, _ configuration: String = minimal + bluetooth) throws -> (Configuration.Loaded, [String]) {
        try withFolder { folder in
            try write(configuration, to: "\(folder)/vigil.yaml")
            if let keys { try write(keys, to: "\(folder)/keys") }
            let loaded = Configuration.load(path: "\(folder)/vigil.yaml", vocabulary: vocabulary())
            return (loaded, loaded.faults.errors.map { $0.description.replacing("\(folder)/", with: "") })
        }
    }

    @Test("a faulty line is an error, and a start goes on with the keys of the others")
    func faultyLine() throws {
        let (loaded, errors) = try load("\nA4:C1:38:00:00:01 \(Self.key.dropLast())\nA4:C1:38:00:00:03 \(Self.key)\n")

        #expect(loaded.configuration == nil)
        #expect(
            errors == [
                "vigil.yaml:5:42: bluetooth.keys_file: keys: line 2: the key of A4:C1:38:00:00:01 is not 32 hexadecimal digits "
                    + "(24 for MiBeacon before version 4); copy it again"
            ])
        let startable = try #require(loaded.startable)
        #expect(startable.bluetoothKeys.addresses.map(\.description) == ["A4:C1:38:00:00:03"])
        #expect(startable.bluetooth != nil)
    }

    @Test("a file that is missing or empty is an error, and a start goes on without keys", arguments: [nil, "", " \n"])
    func noFile(keys: String?) throws {
        let (loaded, errors) = try load(keys)

        #expect(loaded.configuration == nil)
        #expect(errors.count == 1)
        #expect(errors.first?.contains("bluetooth.keys_file") == true)
        #expect(loaded.startable?.bluetoothKeys.isEmpty == true)
    }

    @Test("a faulty line without a right one beside it opens its device to nobody")
    func onlyFaultyLine() throws {
        let (loaded, _) = try load("A4:C1:38:00:00:01 \(Self.key)zz\n")
        let smoke = try #require(BluetoothAddress("A4:C1:38:00:00:01")).plainSmoke

        let decoder = try #require(loaded.startable?.decoders.decoders.first { $0.address(of: smoke)?.dialect == "ble" })
        var state = DialectState()

        let failure = #expect(throws: DecodeFailure.self) { try decoder.decode(smoke, state: &state) }
        #expect(failure?.reason == .unencrypted)
    }

    @Test("a file of comments alone is none")
    func comments() throws {
        let (loaded, errors) = try load("# none yet\n")

        #expect(errors == [])
        #expect(loaded.configuration == loaded.startable)
    }

    @Test("any other error keeps a start out all the same")
    func otherError() throws {
        let (loaded, errors) = try load("nonsense", minimal + Self.bluetooth + "lingr: 1s\n")

        #expect(loaded.startable == nil)
        #expect(errors.count == 2)
    }
}

extension BluetoothAddress {
    /// BTHome version 2 without a key: it smells smoke.
    fileprivate var plainSmoke: Frame {
        let advertisement = Advertisement(data: [6, 0x16, 0xD2, 0xFC, 0x40, 0x29, 0x01])
        return Frame(source: "ble", origin: .mqtt(topic: BluetoothFrame.advertisement(self).topic), payload: advertisement.payload)
    }
}
