public import VigilCore

/// One message as it came, and what it means.
public struct FrameReport: Codable, Hashable, Sendable {
    /// A payload is shown as far as this, in bytes.
    public static let longestPayload = 512

    /// What the engine made of it when it came.
    public enum Verdict: String, Codable, Sendable {
        case taken
        /// By its sender's own count it was heard before.
        case repeated
        /// It was delivered twice, and taken the first time.
        case duplicate
        /// It could not be understood, or its key does not prove it; `error` says why.
        case refused
    }

    public struct Fact: Codable, Hashable, Sendable {
        /// The device it speaks of, where that is not the sender.
        public var about: String?
        public var kind: ObservationKind
        public var value: ObservationValue
        public var nature: Observation.Nature
        /// When the device says that it happened; nil where it says nothing of it.
        public var claimedAt: EventTime?
        /// What was made of it; nil where its message was not taken, or that is not known any more.
        public var heed: FrameVerdict.Heed?

        enum CodingKeys: String, CodingKey {
            case about, kind, value, nature, heed
            case claimedAt = "claimed_at"
        }

        init(_ observation: Observation, about device: DeviceAddress?, in sender: DeviceAddress, heed: FrameVerdict.Heed? = nil) {
            about = device.flatMap { $0 == sender ? nil : $0.name }
            kind = observation.kind
            value = observation.value
            nature = observation.nature
            claimedAt = observation.eventTime
            self.heed = heed
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
    /// nil where that is not known any more: then the rest is what it says by itself, without what its device said before.
    public var verdict: Verdict?
    public var observations: [Fact]
    /// Parts that were left out, each with its reason.
    public var faults: [String]
    /// Why nothing was understood.
    public var error: String?

    enum CodingKeys: String, CodingKey {
        case sequence, at, source, topic
        case isRetained = "retained"
        case size, payload, verdict, observations, faults, error
    }

    /// - Parameters:
    ///   - reading: What it says by itself.
    ///   - verdict: What the engine made of it; nil where that is not known any more.
    init(
        _ stamped: StampedInput, _ frame: Frame, _ reading: FrameReader.Reading, _ verdict: FrameVerdict?, clock: ClockReading
    ) {
        sequence = stamped.sequence
        at = clock.wall(at: stamped.at)
        source = frame.source
        topic = frame.topic
        isRetained = frame.isRetained
        size = frame.size
        payload = PayloadSample(cutting: frame.payload, to: Self.longestPayload)
        observations = []
        faults = []
        take(reading, verdict)
        if let verdict { take(verdict.outcome) }
    }

    private mutating func take(_ outcome: FrameVerdict.Outcome) {
        error = nil
        switch outcome {
        case .taken: verdict = .taken
        case .repeated: verdict = .repeated
        case .duplicate: verdict = .duplicate
        case .refused(let failure):
            verdict = .refused
            error = failure.description
            observations = []
            faults = []
        }
    }

    private mutating func take(_ reading: FrameReader.Reading, _ verdict: FrameVerdict?) {
        switch reading.outcome {
        case .success(let decoded):
            var made = (verdict?.facts ?? [])[...]
            observations = decoded.observations.map { observation in
                var heed: FrameVerdict.Heed?
                if let place = made.firstIndex(where: { $0.kind == observation.kind }) {
                    heed = made[place].heed
                    made = made[(place + 1)...]
                } else if verdict?.outcome == .taken {
                    // The decoder remembered that it was told before, as an alarm that a watch repeats, and did not tell it again.
                    heed = .known
                }
                return Fact(observation, about: observation.device, in: reading.address, heed: heed)
            }
            faults = decoded.faults
        case .failure(let failure): error = failure.description
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
