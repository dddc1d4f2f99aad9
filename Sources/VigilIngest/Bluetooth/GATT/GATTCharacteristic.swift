import VigilCore

/// A characteristic of a service that is listened to, where it was found.
struct GATTCharacteristic: Hashable, Sendable {
    // Source: Bluetooth Core Specification 5.4, volume 3, part G, section 3.3.1.1, table 3.5.
    struct Properties: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let read = Properties(rawValue: 0x02)
        static let notify = Properties(rawValue: 0x10)
        static let indicate = Properties(rawValue: 0x20)
    }

    let uuid: BluetoothUUID
    let purpose: WantedService.Purpose
    let properties: Properties
    /// Where its value is.
    let handle: UInt16
    /// The last of its descriptors, or the value itself where it has none.
    let last: UInt16

    /// What asks for its values; nil where it cannot be subscribed.
    // Source: part G, section 3.3.3.3, table 3.11.
    var subscription: [UInt8]? {
        if properties.contains(.notify) { return [0x01, 0x00] }
        return properties.contains(.indicate) ? [0x02, 0x00] : nil
    }
}
