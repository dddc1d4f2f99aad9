/// Why a replay cannot go on.
public struct ReplayFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1; nil where it is not about a line.
    public let line: Int?
    public let words: String

    public static let notText = ReplayFault("the line is no UTF-8 text")

    init(line: Int? = nil, _ words: String) {
        self.line = line
        self.words = words
    }

    public var description: String { line.map { "line \($0): \(words)" } ?? words }
}
