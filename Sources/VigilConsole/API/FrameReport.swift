public import VigilCore

/// One message as it came, and what it means.
public struct FrameReport: Codable, Hashable, Sendable {
    /// A payload is shown as far as this, in bytes.
    public static let longestPayload = 512

    public struct Fact: Codable, Hashable, Sendable {
        /// The device it speaks of, where that is not the sender.
        public var about: String?
        public var kind: ObservationKind
        public var value: ObservationValue
        public var nature: Observation.Nature
        /// When the device says that it happened; nil where it says nothing of it.
        public var claimedAt: EventTime?

        enum CodingKeys: String, CodingKey {
            case about, kind, value, nature
            case claimedAt = "claimed_at"
        }
    }

    public var sequence: Int64
    public var at: WallTime
    public var source: SourceID
    public var topic: String
    /// The broker had kept it: it says what was.
    public var isRetained: Bool
    /// Bytes of the whole payload; the sample may be shorter.
    public var size: Int
    public var payload: PayloadSample
    public var observations: [Fact]
    /// Parts that were left out, each with its reason.
    public var faults: [String]
    /// Why nothing was understood.
    public var error: String?

    enum CodingKeys: String, CodingKey {
        case sequence, at, source, topic
        case isRetained = "retained"
        case size, payload, observations, faults, error
    }

    init(_ stamped: StampedInput, _ frame: Frame, _ reading: FrameReader.Reading, clock: ClockReading) {
        sequence = stamped.sequence
        at = clock.wall(at: stamped.at)
        source = frame.source
        topic = frame.topic
        isRetained = frame.isRetained
        size = frame.payload.count
        payload = PayloadSample(cutting: frame.payload, to: Self.longestPayload)
        switch reading.outcome {
        case .success(let decoded):
            observations = decoded.observations.map { fact in
                let about = fact.device.flatMap { $0 == reading.address ? nil : $0.name }
                return Fact(
                    about: about, kind: fact.kind, value: fact.value, nature: fact.nature,
                    claimedAt: fact.eventTime)
            }
            faults = decoded.faults
        case .failure(let failure):
            observations = []
            faults = []
            error = failure.description
        }
    }
}

extension PayloadSample {
    /// The beginning of a payload; text is cut between characters.
    init(cutting bytes: [UInt8], to length: Int) {
        guard bytes.count > length else {
            self.init(bytes)
            return
        }
        // The bytes that continue a character are 0b10xxxxxx.
        var end = length
        while end > length - 4, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        let isText = String(validating: bytes[..<end], as: UTF8.self) != nil
        self.init(Array(bytes[..<(isText ? end : length)]))
    }
}
