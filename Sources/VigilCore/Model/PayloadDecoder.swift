/// Names a device dialect: the `system` labels of the vectors (`zigbee2mqtt`, `vigil`).
public typealias Dialect = Identifier<any PayloadDecoder>

/// A device as its own system names it, before the registry says whose it is.
public struct DeviceAddress: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
    public let dialect: Dialect
    /// The name within the dialect: a friendly name with its base topic, a topic segment, a radio address.
    public let name: String

    public init(dialect: Dialect, name: String) {
        self.dialect = dialect
        self.name = name
    }

    public static func < (a: Self, b: Self) -> Bool { (a.dialect, a.name) < (b.dialect, b.name) }
    public var description: String { "\(dialect):\(name)" }
}

/// One dialect: bytes in, facts out, and nothing else. Pure, so that a journal decodes the same for ever.
public protocol PayloadDecoder: Sendable {
    var dialect: Dialect { get }

    /// Whose frame it is, by its topic; nil when the topic is none of this dialect's.
    func address(of frame: Frame) -> DeviceAddress?

    /// Whether the dialect has a place for this topic, be it that nobody speaks there. What a registered device says elsewhere is noted.
    func isKnown(topic: String) -> Bool

    /// The facts of a frame.
    ///
    /// - Parameter state: what the dialect remembers of `address(of: frame)` between frames.
    /// - Throws: what makes the whole frame useless; a single bad fact is left out instead.
    func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded

    /// Forgets by which numbers messages are told from captured ones: a person says that the device counts anew.
    func forgetCounters(in state: inout DialectState)

    /// How the key of a device stands.
    ///
    /// - Parameter state: what the dialect remembers of it.
    func keyStanding(of device: DeviceAddress, in state: DialectState) -> KeyStanding

    /// What the frame announces of a device that may speak elsewhere; nil for a frame that speaks of itself, as those of most dialects do.
    func announcement(in frame: Frame) -> AnnouncementChange?
}

extension PayloadDecoder {
    /// Code knows its system: whatever it passes over is nothing to it.
    public func isKnown(topic: String) -> Bool { true }
    public func announcement(in frame: Frame) -> AnnouncementChange? { nil }
    public func forgetCounters(in state: inout DialectState) {}
    public func keyStanding(of device: DeviceAddress, in state: DialectState) -> KeyStanding { .unneeded }
}

/// What one frame said.
public struct Decoded: Equatable, Sendable {
    public var observations: [Observation]
    /// The sender asks to be told once the frame is stored.
    public var receipt: Receipt?
    /// The sender's own sequence says that this was heard before: nothing new in it.
    public var isRepeat: Bool
    /// Parts that were left out, each with its reason; for counters and for people.
    public var leftOut: [LeftOut]
    /// Anybody in the street could have sent it, and nothing in it proves who did: it may raise an alert, and never clears one.
    public var isUnauthenticated: Bool
    /// The device's key made sense of it, which does not prove it in every format.
    public var isOpened: Bool
    /// It is the first that this key opened.
    public var isFirstOpened: Bool

    public init(
        _ observations: [Observation] = [], receipt: Receipt? = nil, isRepeat: Bool = false, leftOut: [LeftOut] = [],
        isUnauthenticated: Bool = false, isOpened: Bool = false, isFirstOpened: Bool = false
    ) {
        self.observations = observations
        self.receipt = receipt
        self.isRepeat = isRepeat
        self.leftOut = leftOut
        self.isUnauthenticated = isUnauthenticated
        self.isOpened = isOpened
        self.isFirstOpened = isFirstOpened
    }

    /// Why parts were left out, whomever they speak of.
    public var faults: [String] { leftOut.map(\.reason) }

    /// A part of a frame that was not understood.
    public struct LeftOut: Hashable, Sendable {
        /// Whom it speaks of; nil is the frame's own device.
        public var device: DeviceAddress?
        public var reason: String

        public init(_ reason: String, of device: DeviceAddress? = nil) {
            self.reason = reason
            self.device = device
        }
    }
}

/// Told to a device after its message was committed: `vigil/out/<device>/receipt`.
public struct Receipt: Hashable, Codable, Sendable {
    public var source: SourceID
    public var device: String
    public var boot: String
    public var sequence: Int64

    public init(source: SourceID, device: String, boot: String, sequence: Int64) {
        self.source = source
        self.device = device
        self.boot = boot
        self.sequence = sequence
    }
}

/// What a dialect remembers of one device between frames; snapshotted with the engine.
public struct DialectState: Hashable, Codable, Sendable {
    /// A life of the device, within which it counts its messages.
    public struct Boot: Hashable, Codable, Sendable {
        public let name: String
        /// The highest number that was heard in it.
        public fileprivate(set) var sequence: Int64
        /// Which of the 64 numbers below it were heard: the lowest bit is the one just below. Nil in rows of before, where all count as heard.
        fileprivate var below: UInt64?

        /// Whether a number was heard, or is so old that nobody can tell: the sliding window against replay of RFC 4303, section 3.4.3.
        func hasHeard(_ number: Int64) -> Bool {
            let (distance, overflow) = sequence.subtractingReportingOverflow(number)
            guard distance >= 0, !overflow else { return overflow && number < sequence }
            guard distance > 0 else { return true }
            guard distance <= 64, let below else { return true }
            return below & (1 << UInt64(distance - 1)) != 0
        }

        fileprivate mutating func hear(_ number: Int64) {
            let (rise, overflow) = number.subtractingReportingOverflow(sequence)
            if overflow || rise > 64 {
                guard number > sequence else { return }
                (sequence, below) = (number, 0)
            } else if rise > 0 {
                let older = rise == 64 ? 0 : (below ?? .max) << UInt64(rise)
                (sequence, below) = (number, older | (1 << UInt64(rise - 1)))
            } else if rise < 0, rise >= -64 {
                below = (below ?? .max) | (1 << UInt64(-rise - 1))
            }
        }
    }

    /// A device that began more lives than this since it said something new in one is believed when it names that one again: in doubt it
    /// rings.
    public static let bootLimit = 64

    /// What is remembered so that nothing that was captured is heard twice; the boot that said something new last stands last.
    public private(set) var boots: [Boot] = []

    /// What an earlier frame said that a later one leans on: a property's unit, the rest of a partial report.
    private struct Word: Hashable, Codable {
        let name: String
        var text: String
    }

    /// A device that says more than this is believed no more of it; a word longer than this is not kept.
    public static let wordLimit = 64
    public static let longestWord = 128

    /// In the order of their names.
    private var words: [Word] = []

    public init() {}

    private enum CodingKeys: CodingKey {
        case boots, words
    }

    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        // Rows of before remember one boot under other names, and only since their last message.
        boots = try row.decodeIfPresent([Boot].self, forKey: .boots) ?? []
        words = try row.decodeIfPresent([Word].self, forKey: .words) ?? []
    }

    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(boots, forKey: .boots)
        if !words.isEmpty { try row.encode(words, forKey: .words) }
    }

    /// What was kept under a name.
    public func word(_ name: String) -> String? { words.first { $0.name == name }?.text }

    /// Keeps a word under a name, or forgets it (nil).
    ///
    /// - Returns: whether it is kept; not when there are too many or it is too long.
    @discardableResult
    public mutating func keep(_ text: String?, as name: String) -> Bool {
        let place = words.firstIndex { $0.name >= name } ?? words.count
        let isKnown = place < words.count && words[place].name == name
        guard let text, text.utf8.count <= Self.longestWord, name.utf8.count <= Self.longestWord else {
            if isKnown { words.remove(at: place) }
            return text == nil
        }
        if isKnown {
            words[place].text = text
        } else {
            guard words.count < Self.wordLimit else { return false }
            words.insert(Word(name: name, text: text), at: place)
        }
        return true
    }

    /// Whether a message's number was heard in a boot, or is more than 64 below the highest that was.
    public func hasHeard(_ sequence: Int64, in boot: String) -> Bool { boots.last { $0.name == boot }?.hasHeard(sequence) ?? false }

    /// Takes a message's number over.
    public mutating func heard(_ sequence: Int64, in boot: String) {
        if let index = boots.lastIndex(where: { $0.name == boot }) {
            guard sequence > boots[index].sequence else { return boots[index].hear(sequence) }
            // The device lives in it now: no copies while it stands last, as it nearly always does.
            if index < boots.count - 1 { boots.append(boots.remove(at: index)) }
            boots[boots.count - 1].hear(sequence)
        } else {
            if boots.count >= Self.bootLimit { boots.removeFirst() }
            boots.append(Boot(name: boot, sequence: sequence, below: 0))
        }
    }
}

/// Why a frame cannot be understood. The frame is kept, counted and shown; it never becomes a value.
public struct DecodeFailure: Error, Hashable, Codable, Sendable, CustomStringConvertible {
    /// Coarse on purpose: it labels a metric.
    public enum Reason: String, Codable, Sendable, CaseIterable {
        case tooLarge = "too_large"
        case tooDeep = "too_deep"
        case notUTF8 = "not_utf8"
        case malformed
        case duplicateKey = "duplicate_key"
        case unknownShape = "unknown_shape"
        /// Its key is not known, or does not open it.
        case undecryptable
        /// It was heard before: somebody sends again what they captured.
        case replayed
        /// Its device has a key, or had one, and did not use it, so somebody else sent it.
        case unencrypted
        /// A registered device speaks where its dialect has no place for it.
        case unknownTopic = "unknown_topic"
        /// The rest of the frame was understood and used.
        case faultyPart = "faulty_part"

        /// It is not known to be the device's own word: its key does not prove it. Then it does not show either that the device lives.
        var isSomebodyElse: Bool { self == .replayed || isWithoutProof }

        /// No key proves it.
        var isWithoutProof: Bool { self == .undecryptable || self == .unencrypted }
    }

    public let reason: Reason
    public let detail: String

    public init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }

    public var description: String { "\(reason.rawValue): \(detail)" }
}
