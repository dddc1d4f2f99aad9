public import VigilCore

/// A registered device that a Bluetooth receiver may connect to.
public struct BoundBluetoothDevice: Hashable, Sendable {
    /// What its maker calls a service of its own, and what of it is listened to.
    public struct Service: Hashable, Sendable {
        public let uuid: BluetoothUUID
        public let characteristics: [BluetoothUUID]

        public init(uuid: BluetoothUUID, characteristics: [BluetoothUUID]) {
            self.uuid = uuid
            self.characteristics = characteristics
        }
    }

    public let address: BluetoothAddress
    /// Who reads what these services say.
    public let profile: Dialect?
    /// One that has some is connected to whenever it can be; any other only once it advertises a service of the Bluetooth SIG that measures
    /// (`WantedService.standard`).
    public let services: [Service]

    public init(address: BluetoothAddress, profile: Dialect? = nil, services: [Service] = []) {
        self.address = address
        self.profile = profile
        self.services = services
    }
}
