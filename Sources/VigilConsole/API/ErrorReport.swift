public import VigilCore

/// Every answer that is no success: `{"error": "..."}`.
public struct ErrorReport: Codable, Hashable, Sendable {
    /// For programs and logs, in English.
    public var error: String
    /// The same in the languages that people speak, where it is for people.
    public var message: LocalizedText?
    /// One line each, where a whole file was refused.
    public var faults: [String]?
    public var warnings: [String]?
    /// The version in force, where a registry was refused because it is another than the one it was made from.
    public var registryVersion: Int?

    public init(
        error: String, message: LocalizedText? = nil, faults: [String]? = nil, warnings: [String]? = nil, registryVersion: Int? = nil
    ) {
        self.error = error
        self.message = message
        self.faults = faults
        self.warnings = warnings
        self.registryVersion = registryVersion
    }

    enum CodingKeys: String, CodingKey {
        case error, message, faults, warnings
        case registryVersion = "registry_version"
    }
}
