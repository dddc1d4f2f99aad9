/// A node of a configuration file: the value, and where it stands.
///
/// Configuration, rules and registry are all read through this tree, so that every fault can name line and column, and so that a rule's
/// settings travel through the journal unread.
public struct Setting: Hashable, Codable, Sendable {
    public indirect enum Value: Hashable, Codable, Sendable {
        case null
        case bool(Bool)
        case number(Double)
        /// Words in quotes, or text that a program made: never a number.
        case text(String)
        /// An unquoted word as it stands in the file. `007`, `on` and `2026-01-01` stay what somebody wrote; who asks for a number, a
        /// truth value or text decides what it is.
        case plain(String)
        case list([Setting])
        /// In the order of the file.
        case map([Entry])
    }

    public struct Entry: Hashable, Codable, Sendable {
        public var key: String
        public var mark: Mark?
        public var value: Setting

        public init(key: String, mark: Mark? = nil, value: Setting) {
            self.key = key
            self.mark = mark
            self.value = value
        }
    }

    /// A place in a file, both counted from 1.
    public struct Mark: Hashable, Codable, Sendable, Comparable {
        public var file: String
        public var line: Int
        public var column: Int

        public init(file: String, line: Int, column: Int) {
            self.file = file
            self.line = line
            self.column = column
        }

        public static func < (a: Self, b: Self) -> Bool { (a.file, a.line, a.column) < (b.file, b.line, b.column) }
    }

    public var value: Value
    public var mark: Mark?

    public init(_ value: Value, mark: Mark? = nil) {
        self.value = value
        self.mark = mark
    }

    /// What it is, in words for a fault.
    public var shape: String {
        switch value {
        case .null: "nothing"
        case .bool: "a truth value"
        case .number: "a number"
        case .text(let text): "the text \(SettingFault.quoted(text))"
        case .plain(let word): SettingFault.quoted(word)
        case .list: "a list"
        case .map: "a map"
        }
    }

    /// The same values without their places: two files that say the same are equal.
    public var withoutMarks: Setting {
        switch value {
        case .list(let elements): Setting(.list(elements.map(\.withoutMarks)))
        case .map(let entries): Setting(.map(entries.map { Entry(key: $0.key, value: $0.value.withoutMarks) }))
        default: Setting(value)
        }
    }
}
