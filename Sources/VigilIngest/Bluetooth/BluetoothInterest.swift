public import VigilCore

/// Which advertisements are worth a frame. What strangers' phones say is heard by everybody who passes by, and nobody's business.
public struct BluetoothInterest: Hashable, Sendable {
    /// Registered devices: whatever they say.
    public var addresses: Set<BluetoothAddress>
    /// Service data of these 16-bit UUIDs, whoever sends it.
    public var services: Set<UInt16>
    /// What begins with one of these: the company's number, low byte first, and as much of its data as tells what it is.
    public var manufacturerData: [[UInt8]]

    public init(addresses: Set<BluetoothAddress> = [], services: Set<UInt16> = [], manufacturerData: [[UInt8]] = []) {
        self.addresses = addresses
        self.services = services
        self.manufacturerData = manufacturerData
    }

    func includes(_ content: AdvertisedContent, of address: BluetoothAddress) -> Bool {
        addresses.contains(address) || content.services.contains { services.contains($0) }
            || content.manufacturerData.contains { data in manufacturerData.contains { data.starts(with: $0) } }
    }
}
