import VigilCore

/// Where the bytes of a profile's Bluetooth message stand.
enum BluetoothPlace: Hashable, Sendable {
    case manufacturer(UInt16)
    case service(BluetoothUUID)
    /// In a service of the maker's own, or in one of those that every receiver listens to.
    case characteristic(BluetoothUUID, of: BluetoothUUID?)
    /// A beacon with these ids; nil stands for any.
    case beacon(BluetoothUUID, major: UInt16?, minor: UInt16?)
}
