public import VigilCore

/// A registered device that a Bluetooth receiver may connect to.
public struct BoundBluetoothDevice: Hashable, Sendable {
    public let address: BluetoothAddress
    /// Who reads what these services say.
    public let profile: Dialect?
    /// One that has some is connected to whenever it can be; any other only once it advertises a service of the Bluetooth SIG that measures
    /// (`WantedService.standard`).
    public let services: [BluetoothService]

    public init(address: BluetoothAddress, profile: Dialect? = nil, services: [BluetoothService] = []) {
        self.address = address
        self.profile = profile
        self.services = services
    }
}
