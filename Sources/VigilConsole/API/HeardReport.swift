public import VigilCore

/// What came after a moment: the messages of one device, and who else spoke.
public struct HeardReport: Codable, Hashable, Sendable {
    public struct Other: Codable, Hashable, Sendable {
        public var dialect: Dialect
        public var address: String
        /// Its id, where it is registered.
        public var device: DeviceID?
        public var frames: Int
    }

    /// Newest first.
    public var frames: [FrameReport]
    /// Those who said most, first.
    public var others: [Other]
    public var lastSequence: Int64
    public var timeZone: String

    enum CodingKeys: String, CodingKey {
        case frames, others
        case lastSequence = "last_sequence"
        case timeZone = "time_zone"
    }
}
