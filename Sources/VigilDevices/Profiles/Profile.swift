public import VigilCore

/// What a JSON or text dialect says, written down as data instead of code: a file under `config/profiles/` or a site's own.
///
/// `docs/profiles.md` describes the file. `ProfileReader` reads it, `ProfileDecoder` speaks it.
public struct Profile: Hashable, Sendable {
    public let dialect: Dialect
    /// Other names of the same language.
    public let aliases: [Dialect]
    public let title: LocalizedText
    /// Where the system documents what it sends.
    public let source: String
    /// How long its devices are silent, where the registry says nothing else.
    public let liveness: LivenessClass
    /// Where it speaks at a site that changed nothing; at least one.
    public let filters: [String]
    /// Where the file says its names.
    public let marks: [Dialect: Setting.Mark]
    /// The first that fits a record reads it.
    let messages: [Message]

    /// How a payload is written.
    enum Format: String, CaseIterable, Sendable {
        case json
        /// One bare word or number.
        case text
        /// Lines of `KEY=value`, which may end with `<br>`.
        case keyValue = "key_value"
    }

    /// One kind of message.
    struct Message: Hashable, Sendable {
        /// What becomes of the records that fit.
        enum Role: Hashable, Sendable {
            case facts
            /// They tell what was: whoever speaks is alive, and nothing else is to be concluded.
            case history
            /// They say nothing about their device.
            case ignored
        }

        /// Empty where it is heard over Bluetooth.
        var topics: [TopicPattern]
        /// Nil where it is said on topics.
        var bluetooth: Bluetooth?
        var format: Format
        /// What stands between the parts of a text; nil where it is one word.
        var separator: String?
        /// Where the records stand in the body; the empty path is the body itself.
        var each: ProfilePath
        /// The first that stands there is whose message it is.
        var device: [DeviceName]
        var time: Time?
        var when: [Condition]
        var facts: [Fact]
        var role: Role
        /// Where the file says so.
        var mark: Setting.Mark?
        /// What `Source.record` and `Source.around` point at.
        var recordPaths: [ProfilePath]
        var aroundPaths: [ProfilePath]
        /// What `Source.record` points at among bytes.
        var byteFields: [ByteField]
    }

    /// Which bytes of what a Bluetooth receiver hears a message is.
    struct Bluetooth: Hashable, Sendable {
        var place: BluetoothPlace
        /// Fewer bytes are another message.
        var length: Int
    }

    /// Where a value is taken from.
    indirect enum Source: Hashable, Sendable {
        /// An index into the message's paths within a record.
        case record(Int)
        /// An index into the message's paths around a record.
        case around(Int)
        /// A part of the topic, or a name on the way to the record.
        case capture(String)
        /// The first that stands there, whatever its value.
        case first(of: [Source])
    }

    /// How the device is called that a record speaks of: its pieces one after the other.
    struct DeviceName: Hashable, Sendable {
        enum Piece: Hashable, Sendable {
            case literal(String)
            /// A part of the topic, or a name on the way to the record.
            case capture(String)
            /// Stated in the payload.
            case value(Source)
        }

        var pieces: [Piece]

        /// The places of the payload that it is made of.
        var sources: [Source] { pieces.compactMap { if case .value(let source) = $0 { source } else { nil } } }
    }

    /// When a record says that it happened.
    struct Time: Hashable, Sendable {
        enum Unit: String, CaseIterable, Sendable {
            case milliseconds = "ms"
            case seconds = "s"
            case iso8601
            /// Numbers by their size, text as ISO 8601.
            case auto
        }

        var source: Source
        var unit: Unit
        /// `+08:00`, for times that are written without one.
        var zone: String?
    }

    /// What must hold before something is read.
    struct Condition: Hashable, Sendable {
        enum Test: Hashable, Sendable {
            case isOne(of: [ProfileWord])
            case isNone(of: [ProfileWord])
            case exists(Bool)
        }

        var source: Source
        var test: Test
    }

    /// What one value means.
    struct Fact: Hashable, Sendable {
        /// Where the value comes from.
        enum Value: Hashable, Sendable {
            case source(Source)
            /// What is told whenever the conditions hold.
            case constant(ObservationValue)
            /// Systolic and diastolic pressure, which stand in two places.
            case bloodPressure(systolic: Source, diastolic: Source)
            /// Degrees, which stand in two places.
            case position(latitude: Source, longitude: Source)
        }

        /// What a word of an enumeration says: nothing, one fact or several.
        struct Meaning: Hashable, Sendable {
            var word: ProfileWord
            var facts: [Statement]
            /// Where the file says so.
            var mark: Setting.Mark?
        }

        struct Statement: Hashable, Sendable {
            var kind: ObservationKind
            var value: ObservationValue
            var nature: Observation.Nature
        }

        /// As the profile writes its place, for faults.
        var name: String
        /// Where the file says so.
        var mark: Setting.Mark?
        var value: Value
        /// Nil where the words say it.
        var kind: ObservationKind?
        var nature: Observation.Nature?
        var scale: Double = 1
        var offset: Double = 0
        /// What may stand behind the number: `%`, `bpm`.
        var units: [String] = []
        /// True means that the kind does not hold.
        var isInverted = false
        /// The enumeration; empty where the value is what it says.
        var meanings: [Meaning] = []
        /// Values that mean that nothing was measured.
        var notMeasured: [ProfileWord] = []
        var when: [Condition] = []
    }
}
