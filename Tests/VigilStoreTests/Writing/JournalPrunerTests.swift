import GRDB
import Testing
import VigilCore

@testable import VigilStore

@Suite struct JournalPrunerTests {
    let directory: TemporaryDirectory
    let queue: DatabaseQueue
    var options = StoreOptions()

    /// A hundred rows a minute apart, so that the first forty are older than an hour.
    init() throws {
        directory = try TemporaryDirectory()
        options.journalAge = .hours(1)
        options.pruneSlice = 10
        queue = try WriterConnection.open(path: directory.database, options: options)
        try queue.write { database in
            let rows = (Int64(1)...100).map {
                StampedInput(sequence: $0, at: Samples.start + .minutes($0), input: Samples.frame($0).input)
            }
            try JournalTable.append(rows, in: database)
        }
    }

    /// Deletes slice after slice, and tells what the journal begins with then.
    private func prune(_ options: StoreOptions? = nil) throws -> Int64? {
        try queue.write { database in
            while let slice = try JournalPruner(options: options ?? self.options).nextSlice(in: database) {
                let before = try JournalTable.ends(in: database)?.firstSequence ?? 0
                #expect(slice.upTo < before + 10)
                try JournalTable.delete(upTo: slice.upTo, in: database)
            }
            return try JournalTable.ends(in: database)?.firstSequence
        }
    }

    private func snapshot(at sequence: Int64) throws {
        try queue.write { try SnapshotTable.write(Samples.snapshot(at: sequence), in: $0) }
    }

    private func confirm(_ source: SourceID, upTo sequence: Int64) throws {
        try queue.write { try ConfirmedTable.write([ConfirmedPosition(source: source, sequence: sequence)], in: $0) }
    }

    @Test("without a snapshot nothing is pruned")
    func keepsEverythingWithoutSnapshot() throws {
        #expect(try prune() == 1)
    }

    @Test("rows older than a day's length go, in slices")
    func prunesByAge() throws {
        try snapshot(at: 100)

        // The fortieth row is an hour old to the minute, and stays; slices are whole.
        #expect(try prune() == 31)
    }

    @Test("nothing that the snapshot needs is pruned, however old or large the journal is", arguments: [Int64(1), 15, 99])
    func neverPassesTheSnapshot(sequence: Int64) throws {
        try snapshot(at: sequence)
        var greedy = options
        greedy.databaseBytes = 0
        greedy.journalAge = .zero

        #expect(try prune(greedy) == sequence + 1)
    }

    @Test("frames that a broker may send again are kept")
    func keepsUnconfirmed() throws {
        try snapshot(at: 100)
        try confirm("local", upTo: 50)
        try confirm("other", upTo: 12)

        #expect(try prune() == 13)
    }

    @Test("above the size cap the journal goes down to the snapshot, unconfirmed or young, and its last row stays")
    func sizeCap() throws {
        try snapshot(at: 100)
        try confirm("local", upTo: 50)
        var small = options
        small.databaseBytes = 0

        #expect(try prune(small) == 100)
    }

    @Test("the writer prunes between turns, by itself")
    func writerPrunes() throws {
        try snapshot(at: 100)
        let path = directory.database
        try queue.close()
        let writer = try Writer(path: path, lock: try DirectoryLock(path: directory.path), options: options)

        var slices = 0
        while try writer.prune() { slices += 1 }

        #expect(slices == 3)
        try writer.close()
    }
}
