import Glibc
import VigilCore
import VigilDevices
import VigilIngest
import VigilNotify

extension ConfigurationReader {
    /// What is heard over the air, and by which keys.
    struct Bluetooth {
        var receiver: BluetoothReceiverConfiguration
        var keys: BluetoothKeys
    }

    private enum Scan: String, CaseIterable {
        case passive, active
    }

    /// - Parameter taken: ids of other sources.
    func readBluetooth(_ top: inout SettingsReader, besides taken: [SourceID]) -> Bluetooth? {
        guard var reader = top.reader("bluetooth") else { return nil }
        let id = SourceID(reader.setting("id") == nil ? "ble" : reader.identifier("id", "a name of your own, such as ble") ?? "")
        let adapters = readAdapters(&reader)
        let scan = reader.choice("scan", Scan.self) ?? .passive
        let receiver = BluetoothReceiverConfiguration(id: id, adapters: adapters, scansActively: scan == .active)
        if let twice = receiver.sources.first(where: taken.contains), id != "" {
            let message = "another source is called \(SettingFault.quoted(twice.rawValue)) already; give each an id of its own"
            reader.fault(at: reader.mark(of: "id"), key: "id", message)
        }
        refuseLikeNames(of: receiver, &reader)
        let keys = readKeys(&reader)
        reader.finish()
        return Bluetooth(receiver: receiver, keys: keys)
    }

    /// Paths that differ in punctuation alone.
    private func refuseLikeNames(of receiver: BluetoothReceiverConfiguration, _ reader: inout SettingsReader) {
        for (index, source) in receiver.sources.enumerated() {
            guard let first = receiver.sources.prefix(index).firstIndex(of: source) else { continue }
            let message =
                "\(receiver.adapters[first]) and \(receiver.adapters[index]) would both be called \(source); "
                + "give one of them another path, such as a symbolic link"
            reader.fault(at: reader.mark(of: "adapters"), key: "adapters", message)
        }
    }

    /// What is heard there is read as what it is.
    func routes(of bluetooth: Bluetooth?) -> [TopicRoute] {
        let sources = bluetooth?.receiver.sources ?? []
        return sources.map { TopicRoute(source: $0, filter: "ble/#", dialect: BluetoothDecoder.dialect) }
    }

    private func readAdapters(_ reader: inout SettingsReader) -> [BluetoothAdapter] {
        let example = "adapters: [hci0], or [\"h4:/dev/ttyACM0\"] for a controller on a serial line"
        let texts = reader.texts("adapters")
        if texts.isEmpty && !reader.isRefused("adapters") {
            let message = "names no adapter, and nothing could be heard; write \(example)"
            reader.fault(at: reader.mark(of: "adapters"), key: "adapters", message)
        }
        var adapters: [BluetoothAdapter] = []
        for (index, (text, mark)) in texts.enumerated() {
            let key = "adapters[\(index)]"
            guard let adapter = BluetoothAdapter(text) else {
                let message =
                    "\(SettingFault.quoted(text)) is no adapter; write hci0, h4:/dev/ttyACM0, h4:/dev/ttyS1@921600,rtscts, "
                    + "h4:tcp:10.8.0.9:7000 or h4:unix:/run/radio.sock"
                reader.fault(at: mark, key: key, message)
                continue
            }
            guard !adapters.contains(adapter) else {
                reader.fault(at: mark, key: key, "\(SettingFault.quoted(text)) stands here twice; remove one")
                continue
            }
            adapters.append(adapter)
        }
        return adapters
    }

    /// Its content is read now: a sensor whose key has a typing error would stay mute.
    ///
    /// A start goes on with the keys that can be read: a line of this file must not take everything else down.
    private func readKeys(_ reader: inout SettingsReader) -> BluetoothKeys {
        let path = readableFile("keys_file", &reader, weight: .survivable)
        // What cannot be read is told by then.
        guard let path, access(path, R_OK) == 0 else { return BluetoothKeys() }
        func fault(_ message: String) {
            reader.fault(at: reader.mark(of: "keys_file"), key: "keys_file", message, weight: .survivable)
        }
        switch SecretFile.readLines(path) {
        case .failure(let failure):
            fault(failure.description)
            return BluetoothKeys()
        case .success(let secret):
            let (keys, faults) = BluetoothKeys.read(secret.revealed)
            for line in faults { fault("\(path): \(line)") }
            return keys
        }
    }
}
