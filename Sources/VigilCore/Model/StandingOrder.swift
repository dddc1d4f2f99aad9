public typealias OrderID = Identifier<StandingOrder>

/// What somebody put in force for a time: with an author, and always with an end (`alert-lifecycle.md`, section 4).
public struct StandingOrder: Hashable, Codable, Sendable {
    public enum Content: Hashable, Sendable {
        /// Alerts that it fits are raised and recorded, and tell nobody; never red ones.
        case silence(AlertMatcher)
        /// Somebody knows where a resident is: rules of absence pause.
        case context(ResidentContext, of: ResidentID)
        /// An alarm of this resident or device is tried out.
        case drill(Subject)
    }

    /// Before its time, or at it.
    public struct End: Hashable, Codable, Sendable {
        public var at: EngineTime
        /// The engine where its time was over.
        public var by: Actor

        public init(at: EngineTime, by: Actor) {
            self.at = at
            self.by = by
        }
    }

    /// Counted from 1 over all of them.
    public var number: Int
    /// `silence-3`.
    public var id: OrderID
    public var content: Content
    public var placedAt: EngineTime
    public var from: EngineTime
    public var until: EngineTime
    public var by: Actor
    /// Why, in the author's words.
    public var reason: String
    /// nil until it is over.
    public var end: End?

    public init(
        number: Int, content: Content, placedAt: EngineTime, from: EngineTime, until: EngineTime, by: Actor, reason: String,
        end: End? = nil
    ) {
        self.number = number
        id = OrderID("\(content.word)-\(number)")
        self.content = content
        self.placedAt = placedAt
        self.from = from
        self.until = until
        self.by = by
        self.reason = reason
        self.end = end
    }

    public func isInForce(at time: EngineTime) -> Bool { end == nil && from <= time && time < until }
}

/// Where a resident is known to be, or who is with them.
public enum ResidentContext: String, CaseIterable, Codable, Sendable {
    case away, hospital, visitor
}

extension StandingOrder.Content {
    /// What people call it, in the API and in its id.
    public var word: String {
        switch self {
        case .silence: "silence"
        case .context(let context, _): context.rawValue
        case .drill: "drill"
        }
    }

    /// Every word that an order can have.
    public static let words = ["silence"] + ResidentContext.allCases.map(\.rawValue) + ["drill"]
}

// One key, the word, which holds what it is about: `{"away": "r0042"}`; the same in the API, in replay files and in the table.
extension StandingOrder.Content: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: NameKey.self)
        guard let word = Self.words.first(where: { container.contains(NameKey(stringValue: $0)) }) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "no order; write one of \(Self.words.joined(separator: ", "))"))
        }
        let key = NameKey(stringValue: word)
        if let context = ResidentContext(rawValue: word) {
            self = .context(context, of: try container.decode(ResidentID.self, forKey: key))
        } else if word == "drill" {
            self = .drill(try container.decode(Subject.self, forKey: key))
        } else {
            self = .silence(try container.decode(AlertMatcher.self, forKey: key))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: NameKey.self)
        let key = NameKey(stringValue: word)
        switch self {
        case .silence(let matcher): try container.encode(matcher, forKey: key)
        case .context(_, let resident): try container.encode(resident, forKey: key)
        case .drill(let subject): try container.encode(subject, forKey: key)
        }
    }
}
