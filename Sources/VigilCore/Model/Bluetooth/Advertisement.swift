/// What one advertising or scan response packet said.
public struct Advertisement: Hashable, Sendable {
    /// How it was sent.
    public struct Properties: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The address is a random one, static or private; else it is public.
        public static let isRandomAddress = Properties(rawValue: 1 << 0)
        /// A connection may be opened.
        public static let isConnectable = Properties(rawValue: 1 << 1)
        /// It answers a scan, and stands beside the advertisement.
        public static let isScanResponse = Properties(rawValue: 1 << 2)
        /// It came by extended advertising.
        public static let isExtended = Properties(rawValue: 1 << 3)
        /// The same words were heard a moment ago: it says how things stand, and nothing happens anew.
        public static let isRepetition = Properties(rawValue: 1 << 4)
        /// The same words were heard within the last five minutes.
        public static let wasHeardLately = Properties(rawValue: 1 << 5)
    }

    public var properties: Properties
    /// Received signal strength in dBm; nil where the receiver does not know.
    public var signalStrength: Int?
    /// The AD structures as they were sent, at most 1,650 bytes; what lies about its length included.
    public var data: [UInt8]

    public init(properties: Properties = [], signalStrength: Int? = nil, data: [UInt8]) {
        self.properties = properties
        self.signalStrength = signalStrength
        self.data = data
    }

    private static let version: UInt8 = 1
    private static let headLength = 3
    // Bluetooth Core Specification 5.4, volume 4, part E, section 7.7.65.2: RSSI is not available.
    private static let unknownStrength: Int8 = 127

    /// Version 1: `01`, properties, signal strength (int8; 127 where it is unknown), AD structures.
    public var payload: [UInt8] {
        let strength = signalStrength.flatMap { Int8(exactly: $0) } ?? Self.unknownStrength
        return [Self.version, properties.rawValue, UInt8(bitPattern: strength)] + data
    }

    /// - Parameter payload: nil where its version is unknown or it is too short to have one.
    public init?(payload: [UInt8]) {
        guard payload.count >= Self.headLength, payload[0] == Self.version else { return nil }
        let strength = Int8(bitPattern: payload[2])
        self.init(
            properties: Properties(rawValue: payload[1]), signalStrength: strength == Self.unknownStrength ? nil : Int(strength),
            data: Array(payload[Self.headLength...]))
    }
}
