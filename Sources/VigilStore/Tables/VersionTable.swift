internal import GRDB
internal import VigilCore

/// The versions of registry and rules that snapshots and alerts name.
enum VersionTable {
    static func write(_ registry: Registry, of stamped: StampedInput, in database: Database) throws {
        try write(registry, version: registry.version, of: stamped, to: "registry_versions", in: database)
    }

    static func write(_ rules: RuleSet, of stamped: StampedInput, in database: Database) throws {
        try write(rules, version: rules.version, of: stamped, to: "rules_versions", in: database)
    }

    static func registry(version: Int? = nil, in database: Database) throws -> Registry? {
        try fetch(Registry.self, version: version, from: "registry_versions", in: database)
    }

    static func rules(version: Int? = nil, in database: Database) throws -> RuleSet? {
        try fetch(RuleSet.self, version: version, from: "rules_versions", in: database)
    }

    /// The same version again is the same content: only the first writing counts for its place in the journal.
    private static func write(
        _ value: some Encodable, version: Int, of stamped: StampedInput, to table: String, in database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO \(table) (version, sequence, at, body) VALUES (?, ?, ?, ?)
                ON CONFLICT (version) DO UPDATE SET body = excluded.body
                """
        ).execute(arguments: [version, stamped.sequence, stamped.at.rawValue, try JSONColumn.text(value)])
    }

    private static func fetch<Value: Decodable>(
        _: Value.Type, version: Int?, from table: String, in database: Database
    ) throws -> Value? {
        let sql =
            version == nil
            ? "SELECT body FROM \(table) ORDER BY version DESC LIMIT 1" : "SELECT body FROM \(table) WHERE version = ?"
        let arguments: StatementArguments = version.map { [$0] } ?? []
        return try String.fetchOne(database, sql: sql, arguments: arguments).map { try JSONColumn.value(Value.self, from: $0) }
    }
}
