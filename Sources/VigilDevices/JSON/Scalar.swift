import VigilCore

/// A single value off the wire, out of JSON or bare on a topic of its own; as short-lived as its buffer.
enum Scalar {
    case bool(Bool)
    case number(Double)
    /// A whole number beyond those that a double tells apart: somebody's serial number.
    case large(Int64)
    case text(TextBytes)
    /// `null`, or nothing at all.
    case null
    /// An array or object.
    case nested

    init(_ node: JSONNode) {
        if let text = node.text {
            self = .text(text)
        } else if let bool = node.bool {
            self = .bool(bool)
        } else if let integer = node.integer, integer.magnitude > 1 << 53 {
            self = .large(integer)
        } else if let number = node.number {
            self = .number(number)
        } else {
            self = node.isNull ? .null : .nested
        }
    }

    /// A payload that is one value: `true`, `12.5`, `emergency`. A number that is written as none is printed (`001234`, `12E3`) stays a text, which has
    /// a number as well: it may be a name.
    init(bare text: TextBytes) {
        let text = text.trimmed
        if text.isEmpty || text == "null" {
            self = .null
        } else if text == "true" || text == "false" {
            self = .bool(text == "true")
        } else if let number = text.number, text.isWrittenPlainly {
            self = .number(number)
        } else {
            self = .text(text)
        }
    }

    /// Nothing was read: `null`, the empty text, `unknown`. It keeps what was known before.
    var isNoReading: Bool {
        switch self {
        case .null: true
        case .text(let text): text.isEmpty || text == "unknown" || text == "unavailable" || text == "null" || text == "None"
        case .bool, .number, .large, .nested: false
        }
    }

    /// The number, also where it was sent as text.
    var number: Double? {
        switch self {
        case .number(let number): number
        case .large(let integer): Double(integer)
        case .text(let text): text.number
        case .bool, .null, .nested: nil
        }
    }

    /// The flag, also where it was sent as text.
    var bool: Bool? {
        switch self {
        case .bool(let bool): bool
        case .text(let text): text == "true" ? true : text == "false" ? false : nil
        case .number, .large, .null, .nested: nil
        }
    }

    /// As a fault names it: in quotes, printable, shortened when long. A value may be somebody's: it never reaches a log.
    var shown: String {
        switch self {
        case .bool(let flag): SettingFault.quoted("\(flag)")
        case .number(let number): SettingFault.quoted(Int64(exactly: number).map(String.init) ?? "\(number)")
        case .large(let integer): SettingFault.quoted("\(integer)")
        case .text(let text): SettingFault.quoted(text[0..<256].string)
        case .null: "nothing"
        case .nested: "a list or object"
        }
    }

    var text: TextBytes? { if case .text(let text) = self { text } else { nil } }
}
