public import VigilCore

/// How one Bluetooth device is heard, for people.
public struct HeardAdvertiser: Hashable, Sendable {
    public let address: BluetoothAddress
    /// The adapter that heard it last.
    public internal(set) var adapter: String
    public internal(set) var isRandomAddress: Bool
    /// What it calls itself; nobody proves it.
    public internal(set) var name: String?
    public internal(set) var heardAt: BootTime
    /// Advertisements and scan responses, on every adapter.
    public internal(set) var count = 0
    /// In dBm, of the last one; nil where the adapter does not know.
    public internal(set) var signalStrength: Int?
    /// The same over the last ones, about ten of them.
    public internal(set) var smoothedStrength: Double?
    /// What it says becomes frames.
    public internal(set) var isOfInterest = false

    private static let weight = 0.2

    init(_ address: BluetoothAddress, _ advertisement: Advertisement, adapter: String, at time: BootTime) {
        self.address = address
        self.adapter = adapter
        isRandomAddress = advertisement.properties.contains(.isRandomAddress)
        heardAt = time
    }

    mutating func hear(_ advertisement: Advertisement, adapter: String, at time: BootTime) {
        self.adapter = adapter
        heardAt = time
        count &+= 1
        signalStrength = advertisement.signalStrength
        guard let strength = advertisement.signalStrength.map(Double.init) else { return }
        smoothedStrength = smoothedStrength.map { $0 + Self.weight * (strength - $0) } ?? strength
    }
}
