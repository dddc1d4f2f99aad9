/// A node of a configuration file: the value, and where it stands.
///
/// Configuration, rules and registry are all read through this tree, so that every fault can name line and column, and so that a rule's
/// settings travel through the journal unread.
public struct Setting: Hashable, Codable, Sendable {
    public indirect enum Value: Hashable, Codable, Sendable {
        case null
        case bool(Bool)
        case number(Double)
        case text(String)
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
        case .text: "text"
        case .list: "a list"
        case .map: "a map"
        }
    }
}
