/// What became of reading the configuration again.
public struct ReloadResult: Codable, Hashable, Sendable {
    /// The version of the rules now in force; nil when the new configuration was refused and the old one stays.
    public var rulesVersion: Int?
    /// What keeps it from being used, as `FILE:LINE:COLUMN: ...`.
    public var faults: [String]
    public var warnings: [String]

    public init(rulesVersion: Int?, faults: [String] = [], warnings: [String] = []) {
        self.rulesVersion = rulesVersion
        self.faults = faults
        self.warnings = warnings
    }

    enum CodingKeys: String, CodingKey {
        case rulesVersion = "rules_version"
        case faults, warnings
    }
}
