public import VigilCore

/// What is heard over the air, and how well: `GET /v1/bluetooth`.
public struct BluetoothReport: Codable, Hashable, Sendable {
    /// One adapter, as the configuration names it.
    public struct Adapter: Codable, Hashable, Sendable {
        public var name: String
        public var isUp: Bool
        /// Why it hears nothing; empty where it does.
        public var detail: String
        /// When it came up or went.
        public var since: WallTime?
        /// Advertisements and scan responses since the start.
        public var reports: Int
        /// Bytes that made no sense.
        public var skippedBytes: Int
        public var lastReportAt: WallTime?

        public init(
            name: String, isUp: Bool, detail: String = "", since: WallTime? = nil, reports: Int = 0, skippedBytes: Int = 0,
            lastReportAt: WallTime? = nil
        ) {
            self.name = name
            self.isUp = isUp
            self.detail = detail
            self.since = since
            self.reports = reports
            self.skippedBytes = skippedBytes
            self.lastReportAt = lastReportAt
        }

        enum CodingKeys: String, CodingKey {
            case name
            case isUp = "up"
            case detail, since, reports
            case skippedBytes = "skipped_bytes"
            case lastReportAt = "last_report_at"
        }
    }

    /// Somebody who was heard.
    public struct Peer: Codable, Hashable, Sendable {
        /// `A4:C1:38:8D:18:B2`.
        public var address: String
        /// Who it is in the registry.
        public var device: DeviceID?
        /// What it calls itself.
        public var name: String?
        /// What it said last is of a kind that Vigil reads.
        public var isUnderstood: Bool
        /// In dBm, as it was heard last.
        public var strength: Int?
        /// In dBm, over the last reports.
        public var smoothedStrength: Double?
        /// The adapter that heard it last.
        public var adapter: String
        public var reports: Int
        public var lastHeardAt: WallTime
        /// How its connection is, where it needs one.
        public var connection: String?

        public init(
            address: String, device: DeviceID? = nil, name: String? = nil, isUnderstood: Bool = false, strength: Int? = nil,
            smoothedStrength: Double? = nil, adapter: String, reports: Int, lastHeardAt: WallTime, connection: String? = nil
        ) {
            self.address = address
            self.device = device
            self.name = name
            self.isUnderstood = isUnderstood
            self.strength = strength
            self.smoothedStrength = smoothedStrength
            self.adapter = adapter
            self.reports = reports
            self.lastHeardAt = lastHeardAt
            self.connection = connection
        }

        enum CodingKeys: String, CodingKey {
            case address, device, name
            case isUnderstood = "understood"
            case strength = "rssi_dbm"
            case smoothedStrength = "rssi_smoothed_dbm"
            case adapter, reports
            case lastHeardAt = "last_heard_at"
            case connection
        }
    }

    public var asOf: WallTime
    public var adapters: [Adapter]
    /// Registered devices first; of these, and of the others, the strongest first.
    public var peers: [Peer]
    /// How many more there are.
    public var further: Int
    /// What was heard again, of the same words: it is one frame.
    public var repeats: Int
    /// What nobody here reads: phones, headsets.
    public var passedOver: Int
    /// What devices that nobody registered said beyond what is written down of them.
    public var leftOut: Int
    /// The same under the addresses of registered devices: somebody forges them.
    public var leftOutRegistered: Int
    /// What was heard and lost, because nobody took it in time.
    public var lost: Int

    public init(
        asOf: WallTime, adapters: [Adapter], peers: [Peer] = [], further: Int = 0, repeats: Int = 0, passedOver: Int = 0,
        leftOut: Int = 0, leftOutRegistered: Int = 0, lost: Int = 0
    ) {
        self.asOf = asOf
        self.adapters = adapters
        self.peers = peers
        self.further = further
        self.repeats = repeats
        self.passedOver = passedOver
        self.leftOut = leftOut
        self.leftOutRegistered = leftOutRegistered
        self.lost = lost
    }

    enum CodingKeys: String, CodingKey {
        case asOf = "as_of"
        case adapters, peers, further, repeats
        case passedOver = "passed_over"
        case leftOut = "left_out"
        case leftOutRegistered = "left_out_registered"
        case lost
    }
}
