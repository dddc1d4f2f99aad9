/// How what a Bluetooth receiver heard stands in a frame: who said it is the topic, what was said is the payload.
///
/// | Topic | Payload |
/// | --- | --- |
/// | `ble/A4:C1:38:8D:18:B2/advertisement` | `Advertisement.payload` |
/// | `ble/A4:C1:38:8D:18:B2/2a37` | the characteristic's value, as it was notified, indicated or read |
/// | `ble/A4:C1:38:8D:18:B2/fff1/acme-mattress` | the same of a maker's own service, and the profile that the registry says reads it |
///
/// It is what the journal keeps: the layout changes only with a new version in its first byte.
public enum BluetoothFrame: Hashable, Sendable {
    case advertisement(BluetoothAddress)
    /// A value of a GATT characteristic, by its UUID in small hexadecimal digits: four of them where the Bluetooth SIG assigned it, else the
    /// whole with its dashes. Makers give different things one UUID: the profile says whose it is, where the registry does.
    case value(BluetoothAddress, characteristic: String, profile: Dialect? = nil)

    private static let prefix = "ble/"
    private static let advertisementLevel = "advertisement"

    /// - Parameter topic: nil for a topic that no Bluetooth receiver gives.
    public init?(topic: String) {
        guard topic.hasPrefix(Self.prefix) else { return nil }
        let levels = topic.dropFirst(Self.prefix.count).split(separator: "/", omittingEmptySubsequences: false)
        guard (2...3).contains(levels.count), let address = levels.first.flatMap({ BluetoothAddress($0) }),
            levels.allSatisfy({ !$0.isEmpty })
        else { return nil }
        let what = String(levels[1])
        let profile = levels.dropFirst(2).first.map { Dialect(String($0)) }
        switch (what, profile) {
        case (Self.advertisementLevel, nil): self = .advertisement(address)
        case (Self.advertisementLevel, _): return nil
        case (_, let profile): self = .value(address, characteristic: what, profile: profile)
        }
    }

    public var address: BluetoothAddress {
        switch self {
        case .advertisement(let address), .value(let address, _, _): address
        }
    }

    public var topic: String {
        switch self {
        case .advertisement(let address): "\(Self.prefix)\(address)/\(Self.advertisementLevel)"
        case .value(let address, let characteristic, let profile):
            "\(Self.prefix)\(address)/\(characteristic)" + (profile.map { "/\($0)" } ?? "")
        }
    }
}
