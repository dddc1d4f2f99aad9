public typealias RuleID = Identifier<Rule>
public typealias AlertKind = Identifier<LocalizedText>

/// Whom or what an alert is about. The device is evidence, never the key of a life alert.
public enum Subject: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
    case resident(ResidentID)
    case dwelling(DwellingID)
    case device(DeviceID)
    /// What many devices of one building have in common.
    case building(String)
    /// A part of the system itself: a broker, a channel, the storage.
    case component(String)

    /// The bare name: the middle part of an alert's id.
    public var name: String {
        switch self {
        case .resident(let id): id.rawValue
        case .dwelling(let id): id.rawValue
        case .device(let id): id.rawValue
        case .building(let id): id
        case .component(let name): name
        }
    }

    private var rank: Int {
        switch self {
        case .resident: 0
        case .dwelling: 1
        case .device: 2
        case .component: 3
        case .building: 4
        }
    }

    public static func < (a: Self, b: Self) -> Bool { (a.rank, a.name) < (b.rank, b.name) }

    public var description: String {
        switch self {
        case .resident(let id): "resident:\(id)"
        case .dwelling(let id): "dwelling:\(id)"
        case .device(let id): "device:\(id)"
        case .building(let id): "building:\(id)"
        case .component(let name): "component:\(name)"
        }
    }

    /// The inverse of `description`.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "resident": self = .resident(ResidentID(name))
        case "dwelling": self = .dwelling(DwellingID(name))
        case "device": self = .device(DeviceID(name))
        case "building": self = .building(name)
        case "component": self = .component(name)
        default: return nil
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let subject = Subject(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "\"\(text)\" is no subject; write resident:ID, dwelling:ID, device:ID, building:ID or component:NAME")
        }
        self = subject
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The two classes that never mix: somebody's life, or the watch itself.
public enum AlertClass: String, Codable, Sendable {
    case life, technical
}

/// The field's three colours.
public enum Severity: String, CaseIterable, Codable, Sendable, Comparable {
    /// The visit list.
    case blue
    /// Find out soon.
    case yellow
    /// Emergency: someone goes now.
    case red

    private var rank: Int {
        switch self {
        case .blue: 0
        case .yellow: 1
        case .red: 2
        }
    }

    public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// What a detector says.
public struct Finding: Hashable, Codable, Sendable {
    public enum Change: String, Codable, Sendable {
        /// A one-shot event: each one rings.
        case occurred
        /// A condition that holds from here on.
        case active
        /// The condition has ended.
        case cleared
        /// The resident says that it is nothing.
        case cancelled
        /// Nothing is known of the condition any more: never the same as cleared.
        case unknown
    }

    public var rule: RuleID
    public var kind: AlertKind
    public var alertClass: AlertClass
    public var severity: Severity
    public var subject: Subject
    public var change: Change
    public var evidence: Evidence
    /// How long the resident may cancel before anybody is told; zero where nothing could say so.
    public var cancelWindow: Milliseconds

    public init(
        rule: RuleID, kind: AlertKind, alertClass: AlertClass, severity: Severity, subject: Subject, change: Change,
        evidence: Evidence, cancelWindow: Milliseconds = .zero
    ) {
        self.rule = rule
        self.kind = kind
        self.alertClass = alertClass
        self.severity = severity
        self.subject = subject
        self.change = change
        self.evidence = evidence
        self.cancelWindow = cancelWindow
    }
}

/// Why: the reading, and one plain sentence.
public struct Evidence: Hashable, Codable, Sendable {
    public var at: EngineTime
    public var device: DeviceID?
    public var observation: ObservationKind?
    public var value: ObservationValue?
    /// The broker had kept the message: the state was found on connecting, not seen to begin.
    public var isFoundOnConnect: Bool
    /// When it happened, where it arrived late (`promises.md`, B5); nil for what was told in time.
    public var happenedAt: EngineTime?
    public var sentence: LocalizedText

    public init(
        at: EngineTime, device: DeviceID? = nil, observation: ObservationKind? = nil, value: ObservationValue? = nil,
        isFoundOnConnect: Bool = false, happenedAt: EngineTime? = nil, sentence: LocalizedText
    ) {
        self.at = at
        self.device = device
        self.observation = observation
        self.value = value
        self.isFoundOnConnect = isFoundOnConnect
        self.happenedAt = happenedAt
        self.sentence = sentence
    }
}
