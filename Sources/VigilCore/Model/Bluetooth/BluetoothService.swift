/// A GATT service of a maker's own, and what of it is listened to.
public struct BluetoothService: Hashable, Sendable {
    public let uuid: BluetoothUUID
    /// At least one.
    public var characteristics: [BluetoothUUID]

    public init(uuid: BluetoothUUID, characteristics: [BluetoothUUID]) {
        self.uuid = uuid
        self.characteristics = characteristics
    }
}
