public import VigilCore

/// A registered device that a Bluetooth receiver may connect to.
public struct BoundBluetoothDevice: Hashable, Sendable {
    public let address: BluetoothAddress
    /// Services that its profile names. One that has some is connected to whenever it can be; any other only once it advertises a service
    /// of the Bluetooth SIG that measures (`WantedService.standard`).
    public let vendorServices: [BluetoothUUID]

    public init(address: BluetoothAddress, vendorServices: [BluetoothUUID] = []) {
        self.address = address
        self.vendorServices = vendorServices
    }
}
