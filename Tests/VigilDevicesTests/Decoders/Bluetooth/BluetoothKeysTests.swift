import Testing
import VigilCore

@testable import VigilDevices

struct BluetoothKeysTests {
    private static let secret = "231d39c1d7cc1ab1aee224cd096db932"

    @Test("a key file has an address and a key in each line, and comments")
    func lines() throws {
        let text = """
            # the kitchen
            A4:C1:38:8D:18:B2 \(Self.secret)   # smoke

            \t54:48:e6:8f:80:a5\t231D39C1D7CC1AB1AEE224CD096DB932
            F8:24:41:C5:98:8B b853075158487ca39a5b5ea9
            """

        let (keys, faults) = BluetoothKeys.read(text)

        #expect(faults.isEmpty)
        #expect(keys.addresses.map(\.description) == ["54:48:E6:8F:80:A5", "A4:C1:38:8D:18:B2", "F8:24:41:C5:98:8B"])
        #expect(keys[try #require(BluetoothAddress("A4:C1:38:8D:18:B2"))] == BluetoothKey(hex: Self.secret))
    }

    @Test("lines may end, and a file may begin, as on Windows")
    func lineEnds() {
        let (keys, faults) = BluetoothKeys.read("\u{FEFF}# x\r\nA4:C1:38:8D:18:B2 \(Self.secret)\r\nnonsense\r\n")

        #expect(keys.addresses.count == 1)
        #expect(faults.map(\.line) == [3])
    }

    @Test(
        "a line that is wrong is named by its number, and never shows a key",
        arguments: [
            "\(secret) A4:C1:38:8D:18:B2", "A4:C1:38:8D:18:B2", "A4:C1:38:8D:18:B2 \(secret)00",
            "A4:C1:38:8D:18:B2 \(secret.dropLast())",
            "A4:C1:38:8D:18:B2 \(secret.dropLast())x", "A4:C1:38:8D:18 \(secret)", "A4:C1:38:8D:18:B2 \(secret) \(secret)",
            "54:48:E6:8F:80:A5 \(secret)",
        ])
    func faults(line: String) {
        let (keys, faults) = BluetoothKeys.read("54:48:E6:8F:80:A5 000102030405060708090a0b0c0d0e0f\n\(line)")

        #expect(keys.addresses.count == 1)
        #expect(faults.map(\.line) == [2])
        #expect(!faults.map(\.description).joined().contains(Self.secret.prefix(6)))
    }

    @Test("a device whose key cannot be read is not believed without one, and its encrypted messages miss their key")
    func faultyKey() throws {
        let (keys, _) = BluetoothKeys.read("\(BluetoothSample.address) \(Self.secret.dropLast())")
        let decoder = BluetoothDecoder(keys: keys)

        let plain = #expect(throws: DecodeFailure.self) { try decoder.decode(BluetoothSample.service("fcd2", "402901")) }
        let sealed = #expect(throws: DecodeFailure.self) {
            try decoder.decode(BluetoothSample.service("fcd2", "41a47266c95f730011223378237214"))
        }

        #expect(plain?.reason == .unencrypted)
        #expect(sealed?.reason == .undecryptable)
        #expect(decoder.keyStanding(of: Self.device, in: DialectState()) == .missing)
    }

    private static let device = DeviceAddress(dialect: BluetoothDecoder.dialect, name: BluetoothSample.address)

    @Test("printing shows nothing of a key")
    func printing() throws {
        let key = try #require(BluetoothKey(hex: Self.secret))
        let address = try #require(BluetoothAddress("A4:C1:38:8D:18:B2"))
        let keys = BluetoothKeys([address: key])
        var dumped = ""
        dump((key, keys), to: &dumped)

        for text in ["\(key)", "\(keys)", String(reflecting: key), String(reflecting: keys), dumped, key.fingerprint] {
            #expect(!text.contains("231d"), "\(text)")
            // Nor as numbers: 0x39, 0xC1, 0xD7
            #expect(!text.contains("57") || !text.contains("193") || !text.contains("215"), "\(text)")
        }
    }
}
