public import VigilCore

/// Why a payload says what it says, part by part.
public struct Explanation: Hashable, Sendable {
    /// What a part of the payload is to its meaning.
    public enum Role: String, CaseIterable, Codable, Sendable {
        /// Facts stand on it: without it they are gone, or others.
        case told
        /// It says when the facts happened.
        case timed
        /// It is for the receipt, or for knowing a message again.
        case receipt
        /// Without it nothing of the payload is understood.
        case needed
        /// It keeps a fact from being told.
        case withholds
        /// It was read and left out: the reason names why.
        case faulty
        /// The dialect maps nothing here.
        case ignored
    }

    /// One fact, whoever said it.
    public struct Fact: Hashable, Codable, Sendable {
        public var device: String
        public var kind: ObservationKind
        public var value: ObservationValue
        /// The line of the profile that says so, `theengs.yaml:24`; nil where code does, or nothing but being alive is told.
        public var origin: String?

        public init(device: String, kind: ObservationKind, value: ObservationValue, origin: String? = nil) {
            self.device = device
            self.kind = kind
            self.value = value
            self.origin = origin
        }
    }

    /// Why a profile made nothing of a value.
    public enum Unused: String, CaseIterable, Codable, Sendable {
        /// No fact reads it.
        case noFact = "no_fact"
        /// A fact would read it, and its conditions, or those of its message, do not hold.
        case conditions
        /// It is read as the time, and what is told has the same without it.
        case time
        /// It is read as the name of the device.
        case name
        /// Only a condition looks at it.
        case onlyCondition = "only_condition"
        /// A fact reads it, and this value says nothing.
        case saysNothing = "says_nothing"
        /// The record tells what was.
        case history
        /// The message says nothing about its device.
        case ignoredMessage = "ignored_message"
    }

    /// One value of the payload.
    public struct Part: Hashable, Codable, Sendable {
        /// `battery`, `params.smoke:0.alarm`, `[2].data`; empty where the whole payload is one value.
        public var path: String
        /// As it was written, cut to what a person reads.
        public var value: String
        public var role: Role
        /// What stands on it, or is withheld by it.
        public var facts: [Fact]
        /// Why it was left out.
        public var reason: String?
        /// Why nothing was made of it; nil where something was, or code reads the dialect.
        public var unused: Unused?
        /// The line of the profile that speaks of it, where it is unused.
        public var origin: String?
    }

    public var dialect: Dialect
    /// The code that read it.
    public var decoder: String
    /// The usual topic that chose the dialect; nil where somebody named it.
    public var filter: String?
    /// The device whose message it is.
    public var device: String
    /// Everything that it says.
    public var facts: [Fact]
    /// Parts that were left out, each with its reason.
    public var faults: [String]
    /// In the order of the payload; empty where it is no JSON.
    public var parts: [Part]
    /// Facts that no single part makes: two parts say the same, or the topic does.
    public var shared: [Fact]
    /// How many parts were not looked at, because there are too many.
    public var further: Int
}
