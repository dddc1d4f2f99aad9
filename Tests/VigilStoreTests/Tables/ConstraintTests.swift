import GRDB
import Testing
import VigilCore

@testable import VigilStore

/// Nonsense that the schema refuses, whoever writes it.
@Suite struct ConstraintTests {
    let directory: TemporaryDirectory
    let queue: DatabaseQueue

    init() throws {
        directory = try TemporaryDirectory()
        queue = try WriterConnection.open(path: directory.database, options: StoreOptions())
        try queue.write { database in
            try AlertTable.write([Samples.alert()], in: database)
            try TimelineTable.append([Samples.entry(Samples.alert())], in: database)
            try DeliveryTable.write([Samples.delivery(Samples.alert())], in: database)
        }
    }

    @Test(
        "the schema refuses",
        arguments: [
            "INSERT INTO journal VALUES (0, 1, 2, 's', 't', 0, x'')",
            "INSERT INTO journal VALUES (1, 1, 11, NULL, NULL, 0, x'')",
            "INSERT INTO journal VALUES (1, 1, 0, NULL, NULL, 0, x'')",
            "INSERT INTO journal VALUES (1, 1, 2, NULL, 't', 0, x'')",
            "INSERT INTO journal VALUES (1, 1, 2, 's', NULL, 0, x'')",
            "INSERT INTO journal VALUES (1, 1, 3, 's', NULL, 0, x'')",
            "INSERT INTO journal VALUES (1, 1, 2, 's', 't', 8, x'')",
            "INSERT INTO journal VALUES (1, 1, 2, 's', 't', 0, NULL)",
            "INSERT INTO journal VALUES (1, 'noon', 2, 's', 't', 0, x'')",
            "UPDATE alerts SET severity = 'purple'",
            "UPDATE alerts SET state = 'gone'",
            "UPDATE alerts SET state = 'closed'",
            "UPDATE alerts SET closed_at = 1",
            "UPDATE alerts SET episode = 0",
            "UPDATE alerts SET body = ''",
            "INSERT INTO alerts SELECT 'other', kind, subject, 2, severity, state, raised_at, closed_at, body FROM alerts",
            "INSERT INTO alerts SELECT 'other', kind, subject, episode, severity, 'closed', raised_at, 1, body FROM alerts",
            "DELETE FROM alerts",
            "UPDATE timeline SET detail = 'other'",
            "DELETE FROM timeline",
            "INSERT INTO timeline VALUES (9, 'fall-r1-1', 1, 1, 1, 'raised', 'red', 'raised', NULL, 'engine', NULL, '')",
            "INSERT INTO timeline VALUES (9, 'nobody', 1, 1, 1, 'raised', 'red', 'raised', NULL, 'engine', NULL, '')",
            "INSERT INTO timeline VALUES (9, 'fall-r1-1', 0, 1, 1, 'raised', 'red', 'raised', NULL, 'engine', NULL, '')",
            "INSERT INTO timeline VALUES (9, 'fall-r1-1', 2, 1, 1, 'raised', 'pink', 'raised', NULL, 'engine', NULL, '')",
            "INSERT INTO timeline VALUES (9, 'fall-r1-1', 2, 1, 1, 'raised', 'red', 'gone', NULL, 'engine', NULL, '')",
            "UPDATE deliveries SET state = 'lost'",
            "UPDATE deliveries SET lease = 0",
            "UPDATE deliveries SET lease_until = NULL",
            "UPDATE deliveries SET lease = -1, state = 'ready'",
            "UPDATE deliveries SET alert = 'nobody'",
            "INSERT INTO snapshot VALUES (2, 1, 1, 1, 1, 1)",
            "INSERT INTO snapshot_rows VALUES ('', 'k', '{}')",
            "INSERT INTO confirmed VALUES ('', 1)",
            "INSERT INTO confirmed VALUES ('s', -1)",
            "INSERT INTO unclaimed VALUES ('', 'n', 1, 1, 1, x'', 0)",
            "INSERT INTO unclaimed VALUES ('d', 'n', 1, 1, 1, x'', 2)",
            "INSERT INTO announcements VALUES ('', 'd', 'n', '{}')",
            "INSERT INTO announcements VALUES ('t', '', 'n', '{}')",
            "INSERT INTO announcements VALUES ('t', 'd', 'n', '')",
            "INSERT INTO device_tests VALUES ('', 'n', 1, 'drill')",
            "INSERT INTO device_tests VALUES ('vigil', 'n', 1, 'luck')",
            "INSERT INTO battery_samples VALUES ('', 'n', 1, 50)",
            "INSERT INTO battery_samples VALUES ('vigil', 'n', 1, 101)",
            "INSERT INTO visits VALUES ('', 1, NULL, 'cli', NULL, '')",
            "INSERT INTO visits VALUES ('r1', 1, NULL, NULL, NULL, '')",
            "INSERT INTO cursors VALUES ('', 1)",
            "INSERT INTO meta VALUES (2, 'i', 1, NULL, NULL)",
        ])
    func refuses(sql: String) throws {
        let error = #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }

        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    @Test("a lease never falls, and what is settled is never sent again", arguments: [Delivery.State.delivered, .failed, .withdrawn])
    func settledStaysSettled(state: Delivery.State) throws {
        let alert = Samples.alert()
        try queue.write { try DeliveryTable.write([Samples.delivery(alert, state: state, lease: 3)], in: $0) }

        #expect(throws: DatabaseError.self) {
            try queue.write { try DeliveryTable.write([Samples.delivery(alert, state: state, lease: 2)], in: $0) }
        }
        #expect(throws: DatabaseError.self) {
            try queue.write { try DeliveryTable.write([Samples.delivery(alert, state: .sending, lease: 4)], in: $0) }
        }
    }

    @Test("an episode may end and the next begin in one turn, in whatever order they come")
    func nextEpisodeInOneTurn() throws {
        let closed = Samples.alert(state: .closed, closedAt: Samples.start)
        let next = Samples.alert(episode: 2)

        try queue.write { try AlertTable.write([next, closed], in: $0) }

        #expect(try queue.read { try AlertTable.fetch(AlertFilter(), in: $0) } == [next])
    }
}
