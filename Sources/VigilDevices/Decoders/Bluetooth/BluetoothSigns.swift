/// By what an advertisement is known to be worth reading, before anybody reads it: a receiver hears every phone that passes.
public struct BluetoothSigns: Hashable, Sendable {
    /// Service data of these 16-bit UUIDs.
    public var services: Set<UInt16>
    /// Manufacturer data that begins so: the company's number, low byte first, and as much as tells what it is.
    public var manufacturerData: [[UInt8]]

    public init(services: Set<UInt16> = [], manufacturerData: [[UInt8]] = []) {
        self.services = services
        self.manufacturerData = manufacturerData
    }

    /// Of the formats that are built in: BTHome, MiBeacon, Huami and HolyIOT by their services; Polar, Huami, iBeacons and the AltBeacons of
    /// their inventor by their companies. What a registered device says is heard whatever it looks like.
    static let builtIn = BluetoothSigns(
        services: [0xFCD2, 0xFE95, 0xFEE0, 0x5242],
        manufacturerData: [[0x6B, 0x00], [0x57, 0x01], [0x4C, 0x00, 0x02, 0x15], [0x18, 0x01, 0xBE, 0xAC]])
}
