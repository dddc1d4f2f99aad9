public import VigilCore

/// What a Bluetooth receiver heard: advertisements, and values of characteristics.
///
/// A device is its address, `A4:C1:38:8D:18:B2`: the one that its message names where it names one, for a gateway may send on what it heard under
/// its own; either is as easily made up, and what a key proves it proves of that address. A beacon whose address is a private one, which
/// changes every few minutes, is known by its ids instead (`BeaconID`); one that keeps its address is known by that, for makers give a whole
/// batch the same ids.
// Source: Bluetooth Core Specification 5.4, volume 6, part B, section 1.3 (addresses).
public struct BluetoothDecoder: PayloadDecoder {
    public static let dialect: Dialect = "ble"
    public var dialect: Dialect { Self.dialect }

    private var keys: BluetoothKeys
    /// What profiles describe: of each the first message that fits reads a frame.
    private let profiles: [(names: [Dialect], messages: [BluetoothProfileMessage])]

    /// - Parameters:
    ///   - keys: what the site knows; a device that has none is heard without proof.
    ///   - profiles: formats that are written down as data; of two that have one name the later holds.
    public init(keys: BluetoothKeys = BluetoothKeys(), profiles: [Profile] = []) {
        self.keys = keys
        self.profiles = profiles.enumerated().compactMap { index, profile in
            let isReplaced = profiles.dropFirst(index + 1).contains { $0.dialect == profile.dialect }
            return isReplaced
                ? nil : (names: profile.names, messages: profile.messages.compactMap { BluetoothProfileMessage($0) })
        }
    }

    /// What a receiver has to listen for.
    var signs: BluetoothSigns {
        var signs = BluetoothSigns.builtIn
        for message in profiles.flatMap({ $0.messages }) { message.add(to: &signs) }
        return signs
    }

    /// The same with one more key.
    func adding(_ key: BluetoothKey, of address: BluetoothAddress) -> BluetoothDecoder {
        var decoder = self
        decoder.keys[address] = key
        return decoder
    }

    /// A device's name as its frames have it, however people write it; nil for what no device is called.
    public static func name(_ text: String) -> String? {
        if let address = BluetoothAddress(text) { return address.description }
        let small = text.lowercased()
        return ["ibeacon/", "altbeacon/"].contains(where: small.hasPrefix) ? small : nil
    }

    public func address(of frame: Frame) -> DeviceAddress? {
        guard let bluetooth = BluetoothFrame(topic: frame.topic), !frame.payload.isEmpty else { return nil }
        guard case .advertisement(let sender) = bluetooth, let advertisement = Advertisement(payload: frame.payload) else {
            return DeviceAddress(dialect: Self.dialect, name: bluetooth.address.description)
        }
        let data = AdvertisingData(advertisement.data[...])
        return DeviceAddress(dialect: Self.dialect, name: Self.name(of: sender, advertisement, data))
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let bluetooth = BluetoothFrame(topic: frame.topic), !frame.payload.isEmpty else { return Decoded() }
        var report: BluetoothReport
        switch bluetooth {
        case .advertisement(let sender):
            guard let advertisement = Advertisement(payload: frame.payload) else {
                throw DecodeFailure(.unknownShape, "an advertisement begins with its version, properties and signal strength")
            }
            let data = AdvertisingData(advertisement.data[...])
            report = BluetoothReport(
                BluetoothFormats.statedAddress(in: data) ?? sender, keys: keys, marks: advertisement.properties, memory: state)
            for format in BluetoothFormats.advertisements {
                for part in format.parts(of: data) {
                    report.take { (report) throws(DecodeFailure) in try format.read(part, &report) }
                }
            }
            takeProfiles(&report) { $0.bytes(in: data) }
            if let fault = data.fault { report.facts.fault("advertisement", fault) }
        case .value(let sender, let characteristic, let profile):
            report = BluetoothReport(sender, keys: keys, memory: state)
            report.take { (report) throws(DecodeFailure) in
                // Whose it is is known: that two makers chose one number must not make it two things.
                try profile == nil ? GATTValue.read(frame.payload[...], of: characteristic, &report) : .plain
            }
            takeProfiles(&report, only: profile) { $0.isValue(of: characteristic) ? [frame.payload[...]] : [] }
        }
        let decoded = try report.decoded()
        // A kept message tells what was: what happens after it is news.
        if !frame.isRetained { state = report.memory }
        return decoded
    }

    /// Nothing in these proves who sent it.
    private func takeProfiles(
        _ report: inout BluetoothReport, only profile: Dialect? = nil, _ heard: (BluetoothPlace) -> [ArraySlice<UInt8>]
    ) {
        for (names, messages) in profiles where profile.map({ names.contains($0) }) ?? true {
            var isRead = false
            for place in messages.map(\.place).unique where !isRead {
                let readers = messages.filter { $0.place == place }
                // One device may say several things of a kind at once: each is read by the first message that fits it.
                for bytes in heard(place) where readers.contains(where: { $0.tell(bytes, &report.facts) }) { isRead = true }
            }
            if isRead { report.take { (_: inout BluetoothReport) throws(DecodeFailure) -> BluetoothReport.Reading? in .plain } }
        }
    }

    public func forgetCounters(in state: inout DialectState) {
        for name in BluetoothReport.counters { state.keep(nil, as: name) }
    }

    public func keyStanding(of device: DeviceAddress, in state: DialectState) -> KeyStanding {
        let address = BluetoothAddress(device.name)
        guard let key = address.flatMap({ keys[$0] }) else {
            let hasKey = address.map { keys.names($0) } ?? false
            return hasKey || BluetoothReport.wasOpened(state) ? .missing : .unneeded
        }
        return BluetoothReport.wasOpened(state, by: key) ? .proven : .untried
    }

    private static func name(of sender: BluetoothAddress, _ advertisement: Advertisement, _ data: AdvertisingData) -> String {
        if let stated = BluetoothFormats.statedAddress(in: data) { return stated.description }
        let keepsAddress = !advertisement.properties.contains(.isRandomAddress) || sender.isStaticRandom
        if !keepsAddress, let beacon = BeaconID(data) { return beacon.description }
        return sender.description
    }
}

extension BluetoothAddress {
    /// Among the random addresses those that a device keeps, at least until it loses its power.
    fileprivate var isStaticRandom: Bool { bits >> 46 == 0b11 }
}
