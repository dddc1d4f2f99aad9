/// Where the bytes of a profile's Bluetooth message stand.
enum BluetoothPlace: Hashable, Sendable {
    case manufacturer(UInt16)
    case service(BluetoothUUID)
    case characteristic(BluetoothUUID)
    /// A beacon with these ids; nil stands for any.
    case beacon(BluetoothUUID, major: UInt16?, minor: UInt16?)
}
