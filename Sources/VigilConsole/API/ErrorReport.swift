/// Every answer that is no success: `{"error": "..."}`.
public struct ErrorReport: Codable, Hashable, Sendable {
    public var error: String
    /// One line each, where a whole file was refused.
    public var faults: [String]?
    public var warnings: [String]?

    public init(error: String, faults: [String]? = nil, warnings: [String]? = nil) {
        self.error = error
        self.faults = faults
        self.warnings = warnings
    }
}
