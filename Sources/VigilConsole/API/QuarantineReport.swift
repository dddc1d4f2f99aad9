public import VigilCore
public import VigilStore

/// Frames that were not understood: how many from whom, and samples.
public struct QuarantineReport: Codable, Hashable, Sendable {
    public struct Count: Codable, Hashable, Sendable {
        /// nil for everybody who has no counter of their own.
        public var dialect: Dialect?
        public var address: String?
        public var frames: Int
        public var lastAt: WallTime

        enum CodingKeys: String, CodingKey {
            case dialect, address, frames
            case lastAt = "last_at"
        }
    }

    public struct Sample: Codable, Hashable, Sendable {
        public var at: WallTime
        public var source: SourceID
        public var topic: String
        public var dialect: Dialect?
        public var address: String?
        /// Bytes of the whole payload; the sample may be shorter.
        public var size: Int
        public var payload: PayloadSample
        public var reason: DecodeFailure.Reason
        public var detail: String
    }

    public var counts: [Count]
    /// Newest first.
    public var samples: [Sample]
    /// How many there are, where only some are listed.
    public var countsTotal: Int
    public var samplesTotal: Int

    enum CodingKeys: String, CodingKey {
        case counts, samples
        case countsTotal = "counts_total"
        case samplesTotal = "samples_total"
    }

    /// - Parameter size: how much there is of both.
    public init(counts: [UndecodableCount], samples: [QuarantineSample], of size: QuarantineSize, clock: ClockReading) {
        countsTotal = size.counts
        samplesTotal = size.samples
        self.counts = counts.map {
            Count(dialect: $0.address?.dialect, address: $0.address?.name, frames: $0.frames, lastAt: clock.wall(at: $0.lastAt))
        }
        self.samples = samples.map {
            Sample(
                at: clock.wall(at: $0.at), source: $0.frame.source, topic: $0.frame.topic, dialect: $0.address?.dialect,
                address: $0.address?.name, size: $0.size, payload: PayloadSample($0.frame.payload), reason: $0.failure.reason,
                detail: $0.failure.detail)
        }
    }
}
