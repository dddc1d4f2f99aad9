/// One fact that a device stated: a kind with a value in the kind's unit.
public struct Observation: Hashable, Codable, Sendable {
    /// Whether the statement is a happening or a state that a system may repeat from its cache.
    public enum Nature: String, Codable, Sendable {
        /// It happens with each frame that says so: a press, a band's fall verdict.
        case event
        /// It holds until told otherwise; only its change is news.
        case level
    }

    public var kind: ObservationKind
    public var value: ObservationValue
    public var nature: Nature
    /// The device it speaks of, where one message speaks of several; nil is the frame's own.
    public var device: DeviceAddress?
    /// When the device says that it happened.
    public var eventTime: EventTime?

    public init(
        _ kind: ObservationKind, _ value: ObservationValue, nature: Nature = .level, device: DeviceAddress? = nil,
        eventTime: EventTime? = nil
    ) {
        self.kind = kind
        self.value = value
        self.nature = nature
        self.device = device
        self.eventTime = eventTime
    }
}

/// The value of an observation; numbers are in the unit that the kind's name gives.
public enum ObservationValue: Hashable, Sendable {
    case bool(Bool)
    case number(Double)
    case text(String)
    /// What takes several numbers: systolic and diastolic pressure; latitude and longitude in degrees.
    case numbers([Double])

    /// True for a fact that holds: `true` as a level or event.
    public var isTrue: Bool { self == .bool(true) }

    /// The number, where it is one.
    public var number: Double? {
        if case .number(let value) = self { value } else { nil }
    }

    /// A blood pressure in mmHg; nil where nobody lives with it, which is a cuff that did not measure.
    public init?(systolic: Double, diastolic: Double) {
        guard (40...300).contains(systolic), (20...200).contains(diastolic), diastolic < systolic else { return nil }
        self = .numbers([systolic, diastolic])
    }
}

extension ObservationValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {  // a probe: the next type is tried where it does not fit
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {  // as above
            self = .number(value)
        } else if let value = try? container.decode([Double].self) {  // as above
            self = .numbers(value)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .numbers(let value): try container.encode(value)
        }
    }
}
