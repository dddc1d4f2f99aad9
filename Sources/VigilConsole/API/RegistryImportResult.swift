public import VigilCore

/// What became of a registry file: taken over whole, or refused whole.
public struct RegistryImportResult: Codable, Hashable, Sendable {
    /// What a registry holds.
    public struct Counts: Codable, Hashable, Sendable {
        public var dwellings: Int
        public var residents: Int
        public var devices: Int
        public var contacts: Int

        public init(_ registry: Registry) {
            dwellings = registry.community.grids.flatMap(\.buildings).flatMap(\.units).reduce(0) { $0 + $1.dwellings.count }
            residents = registry.residents.count
            devices = registry.devices.count
            contacts = registry.contacts.count
        }
    }

    /// The version that it got; nil when it was refused.
    public var version: Int?
    public var counts: Counts?
    /// Why it was refused, as `FILE:LINE:COLUMN: ...`.
    public var faults: [String]
    public var warnings: [String]
    /// The version in force, where it is not the one that was to be replaced: somebody else was faster.
    public var newer: Int?

    public static func imported(_ registry: Registry, warnings: [String] = []) -> Self {
        Self(version: registry.version, counts: Counts(registry), faults: [], warnings: warnings)
    }

    public static func refused(_ faults: [String], warnings: [String] = []) -> Self {
        Self(version: nil, counts: nil, faults: faults, warnings: warnings)
    }

    public static func outdated(_ inForce: Int, warnings: [String] = []) -> Self {
        Self(version: nil, counts: nil, faults: [], warnings: warnings, newer: inForce)
    }
}
