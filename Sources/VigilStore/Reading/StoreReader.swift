internal import GRDB

/// Reads the store beside the writer, in short transactions, so that the write-ahead log can be reset.
public final class StoreReader: Sendable {
    let path: String
    private let pool: DatabasePool

    /// Opens the store of a state directory for reading only; the daemon may run or not.
    public init(directory: String) throws(StoreError) {
        path = directory + "/" + Store.fileName
        var configuration = Configuration()
        configuration.label = "vigil.store.reader"
        configuration.readonly = true
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            let version = try pool.read { [path] in try Migrations.check($0, path: path) }
            guard version == Migrations.schemaVersion else {
                throw StoreError(
                    .other, action: "open the database", path: path,
                    cause: "its schema has version \(version) and must be upgraded by the daemon first")
            }
        } catch {
            throw StoreError(error, action: "open the database for reading", path: path)
        }
    }

    func close() {
        // Readers that are still at work keep their connection until they end; nothing is lost by that.
        try? pool.close()
    }

    /// One read transaction, for callers that may block.
    func readBlocking<Value>(_ action: String, _ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw StoreError(error, action: action, path: path)
        }
    }

    /// One read transaction, for tasks.
    func read<Value: Sendable>(_ action: String, _ body: @escaping @Sendable (Database) throws -> Value) async throws(StoreError)
        -> Value
    {
        do {
            return try await pool.read(body)
        } catch {
            throw StoreError(error, action: action, path: path)
        }
    }
}
