/// Text that must not be seen: printing it shows nothing of it.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself; only for the place that sends it.
    public let revealed: String

    public init(_ text: String) { revealed = text }

    public var description: String { "<secret>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Secret {
    /// The text with the secret struck out: for words that come from the other side and may repeat what they were sent.
    func redacted(from text: String) -> String { text.replacing(revealed, with: description) }
}
