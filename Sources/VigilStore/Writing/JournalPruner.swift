internal import GRDB
internal import VigilCore

/// Says which journal rows nobody needs any more.
///
/// Never past the snapshot, whatever the age or the size: what comes after it rebuilds the engine. What a broker may send again stays as
/// long as there is room. The last row stays in any case: it says where the journal is.
struct JournalPruner {
    /// The oldest rows of the journal, few enough that no turn notices.
    struct Slice: Equatable {
        let upTo: Int64
    }

    let options: StoreOptions

    func nextSlice(in database: Database) throws -> Slice? {
        guard let ends = try JournalTable.ends(in: database), let snapshot = try SnapshotTable.sequence(in: database) else {
            return nil
        }
        let isTooLarge = try size(of: database) > options.databaseBytes
        var bound = min(snapshot, ends.lastSequence - 1)
        if !isTooLarge, let confirmed = try ConfirmedTable.lowest(in: database) { bound = min(bound, confirmed) }
        let upTo = min(bound, ends.firstSequence + options.pruneSlice - 1)
        guard upTo >= ends.firstSequence else { return nil }
        if !isTooLarge {
            guard let newest = try JournalTable.time(at: upTo, in: database), newest < ends.lastAt - options.journalAge else {
                return nil
            }
        }
        return Slice(upTo: upTo)
    }

    /// Bytes in use; the file itself never shrinks, and its free pages are used again.
    private func size(of database: Database) throws -> Int64 {
        let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let free = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        let pageSize = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        return (pages - free) * pageSize
    }
}
