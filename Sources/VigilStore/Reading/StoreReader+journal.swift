internal import Foundation
internal import GRDB
public import VigilCore

/// Bytes of a table or index, and of the files.
public struct StoreSizes: Hashable, Sendable {
    /// By name; indexes count by themselves.
    public var tables: [String: Int64]
    public var databaseFile: Int64
    public var writeAheadLog: Int64
}

extension StoreReader {
    /// Hands over every input after a sequence, in order, as a replay needs them.
    ///
    /// Blocks; each batch is a transaction of its own, so that the write-ahead log can be reset in between.
    public func forEachInput(after sequence: Int64 = 0, _ body: (StampedInput) throws -> Void) throws {
        var last = sequence
        var isMore = true
        while isMore {
            isMore = false
            // Errors of the body pass through as they are.
            var failure: (any Error)?
            try readBlocking("read the journal") { database in
                var count = 0
                try JournalTable.forEach(after: last, limit: Self.batch, in: database) { row in
                    last = row.sequence
                    count += 1
                    do { try body(row) } catch { failure = error }
                    return failure == nil
                }
                isMore = count == Self.batch
            }
            if let failure { throw failure }
        }
    }

    /// Rows after a sequence, in order.
    public func journal(after sequence: Int64 = 0, limit: Int = 1000) async throws(StoreError) -> [StampedInput] {
        try await read("read the journal") { database in
            var rows: [StampedInput] = []
            try JournalTable.forEach(after: sequence, limit: Int64(limit), in: database) {
                rows.append($0); return true
            }
            return rows
        }
    }

    /// Where the journal begins and ends; nil when it is empty.
    public func journalEnds() async throws(StoreError) -> JournalEnds? {
        try await read("find the ends of the journal") { try JournalTable.ends(in: $0) }
    }

    /// Where a replay cannot pass through, oldest first.
    public func discontinuities() async throws(StoreError) -> [Discontinuity] {
        try await read("list the journal's gaps") { try JournalTable.discontinuities(in: $0) }
    }

    /// Reads every page: for people who ask, not for a metric.
    public func sizes() async throws(StoreError) -> StoreSizes {
        try await read("measure the tables") { [path] database in
            var tables: [String: Int64] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE") {
                tables[row[0]] = row[1]
            }
            return StoreSizes(tables: tables, databaseFile: Self.size(of: path), writeAheadLog: Self.size(of: path + "-wal"))
        }
    }

    private static var batch: Int64 { 10_000 }

    private static func size(of path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }
}
