/// Why the console cannot be served.
public struct ConsoleStartError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
