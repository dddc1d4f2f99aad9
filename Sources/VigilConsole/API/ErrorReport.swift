/// Every answer that is no success: `{"error": "..."}`.
public struct ErrorReport: Codable, Hashable, Sendable {
    public var error: String

    public init(error: String) { self.error = error }
}
