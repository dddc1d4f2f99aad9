public import VigilCore

extension StatusReport {
    /// A broker as it is heard.
    public struct Broker: Codable, Hashable, Sendable {
        public var id: SourceID
        public var isConnected: Bool
        /// Why it is not, in words.
        public var detail: String
        public var frames: Int64
        public var lastMessageAt: WallTime?

        public init(id: SourceID, isConnected: Bool, detail: String = "", frames: Int64 = 0, lastMessageAt: WallTime? = nil) {
            self.id = id
            self.isConnected = isConnected
            self.detail = detail
            self.frames = frames
            self.lastMessageAt = lastMessageAt
        }

        enum CodingKeys: String, CodingKey {
            case id
            case isConnected = "connected"
            case detail, frames
            case lastMessageAt = "last_message_at"
        }
    }

    /// Whether what happens is recorded.
    public struct Storage: Codable, Hashable, Sendable {
        public var isRecording: Bool
        public var detail: String
        public var directory: String
        /// Blocks are kept aside for a full disk.
        public var hasBallast: Bool

        public init(isRecording: Bool, detail: String = "", directory: String = "", hasBallast: Bool = true) {
            self.isRecording = isRecording
            self.detail = detail
            self.directory = directory
            self.hasBallast = hasBallast
        }

        enum CodingKeys: String, CodingKey {
            case isRecording = "recording"
            case detail, directory
            case hasBallast = "ballast"
        }
    }

    /// What decides, and what waits to be decided.
    public struct EngineState: Codable, Hashable, Sendable {
        /// Inputs that wait in the inbox.
        public var queue: Int
        public var sequence: Int64
        public var registryVersion: Int
        public var rulesVersion: Int

        public init(queue: Int = 0, sequence: Int64 = 0, registryVersion: Int = 0, rulesVersion: Int = 0) {
            self.queue = queue
            self.sequence = sequence
            self.registryVersion = registryVersion
            self.rulesVersion = rulesVersion
        }

        enum CodingKeys: String, CodingKey {
            case queue, sequence
            case registryVersion = "registry_version"
            case rulesVersion = "rules_version"
        }
    }

    public struct OpenAlerts: Codable, Hashable, Sendable {
        public var red: Int
        public var yellow: Int
        public var blue: Int

        public init(red: Int = 0, yellow: Int = 0, blue: Int = 0) {
            self.red = red
            self.yellow = yellow
            self.blue = blue
        }

        public init(_ alerts: some Sequence<Alert>) {
            self.init()
            for alert in alerts where alert.isOpen {
                switch alert.severity {
                case .red: red += 1
                case .yellow: yellow += 1
                case .blue: blue += 1
                }
            }
        }
    }

    /// A channel and what became of its deliveries.
    public struct Channel: Codable, Hashable, Sendable {
        public var id: ChannelID
        public var kind: String
        public var waiting: Int
        public var delivered: Int
        public var failed: Int
        /// The last failure, where the latest attempt was one.
        public var detail: String

        public init(id: ChannelID, kind: String, waiting: Int = 0, delivered: Int = 0, failed: Int = 0, detail: String = "") {
            self.id = id
            self.kind = kind
            self.waiting = waiting
            self.delivered = delivered
            self.failed = failed
            self.detail = detail
        }
    }

    /// What the monitor outside was told last.
    public struct Heartbeat: Codable, Hashable, Sendable {
        /// Why it was told to fail; empty when it was told that all is well.
        public var reasons: [String]
        /// Why it was not reached; nil when it was.
        public var failure: String?

        public init(reasons: [String] = [], failure: String? = nil) {
            self.reasons = reasons
            self.failure = failure
        }
    }

    /// The journal's ends.
    public struct Journal: Codable, Hashable, Sendable {
        public var firstSequence: Int64?
        public var lastSequence: Int64?
        public var from: WallTime?
        public var to: WallTime?

        public init(firstSequence: Int64? = nil, lastSequence: Int64? = nil, from: WallTime? = nil, to: WallTime? = nil) {
            self.firstSequence = firstSequence
            self.lastSequence = lastSequence
            self.from = from
            self.to = to
        }

        enum CodingKeys: String, CodingKey {
            case firstSequence = "first_sequence"
            case lastSequence = "last_sequence"
            case from, to
        }
    }
}
