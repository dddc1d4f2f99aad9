import GRDB
import Testing
import VigilCore

@testable import VigilStore

@Suite struct StoreReaderTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(directory)
    }

    private func commit(_ alerts: [Alert]) async throws {
        var turn = Turn()
        turn.alerts = alerts
        turn.timeline = alerts.map { Samples.entry($0) }
        turn.deliveries = alerts.map { Samples.delivery($0) }
        try await store.commit(turn)
    }

    @Test("alerts are listed by state, kind, severity and number, what is over newest first")
    func filters() async throws {
        let fall = Samples.alert(raisedAt: Samples.start)
        let sos = Samples.alert(kind: "sos", severity: .red, raisedAt: Samples.start + .seconds(1))
        let closed = Samples.alert(
            kind: "bed", severity: .yellow, state: .closed, closedAt: Samples.start, raisedAt: Samples.start + .seconds(2))
        try await commit([fall, sos, closed])
        let reader = store.reader

        #expect(try await reader.alerts() == [fall, sos])
        #expect(try await reader.alerts(AlertFilter(state: .closed)) == [closed])
        #expect(try await reader.alerts(AlertFilter(state: .all)) == [closed, sos, fall])
        #expect(try await reader.alerts(AlertFilter(state: .all, limit: 1)) == [closed])
        #expect(try await reader.alerts(AlertFilter(kind: "fall")) == [fall])
        #expect(try await reader.alerts(AlertFilter(state: .all, severity: .yellow)) == [closed])
    }

    @Test("a limit leaves out the mildest of the open alerts, and of one colour who came last")
    func worstFirst() async throws {
        let fall = Samples.alert(severity: .red, raisedAt: Samples.start)
        let sos = Samples.alert(kind: "sos", severity: .red, raisedAt: Samples.start + .seconds(1))
        let silent = Samples.alert(kind: "silent", severity: .blue, raisedAt: Samples.start + .seconds(2))
        let absence = Samples.alert(kind: "absence", severity: .yellow, raisedAt: Samples.start + .seconds(3))
        try await commit([silent, sos, absence, fall])

        #expect(try await store.reader.alerts(AlertFilter(limit: 3)) == [fall, sos, absence])
        #expect(try await store.reader.alerts(AlertFilter(state: .all, limit: 1)) == [absence])
    }

    @Test("an alert comes with its timeline and everyone who was told")
    func story() async throws {
        let alert = Samples.alert()
        try await commit([alert])
        var turn = Turn()
        turn.timeline = [Samples.entry(alert, number: 2, event: .step)]
        turn.deliveries = [Samples.delivery(alert, contact: "daughter")]
        try await store.commit(turn)

        let story = try #require(try await store.reader.alert(alert.id))

        #expect(story.alert == alert)
        #expect(story.timeline.map(\.number) == [1, 2])
        #expect(Set(story.deliveries.map(\.contact)) == ["officer", "daughter"])
        #expect(try await store.reader.alert("nobody") == nil)
    }

    @Test("a follower hears every timeline entry once, in the order of the commits")
    func follows() async throws {
        for number in 1...7 { try await commit([Samples.alert(subject: .resident(ResidentID("r\(number)")))]) }

        var heard: [AlertID] = []
        var position: Int64 = 0
        while case let batch = try await store.reader.timeline(after: position, limit: 3), let last = batch.last {
            heard += batch.map(\.entry.alert)
            position = last.position
        }

        #expect(heard == (1...7).map { AlertID("fall-r\($0)-1") })
        #expect(try await store.reader.lastTimelinePosition() == position)
    }

    @Test("the ends of the journal and the sizes of the tables are told")
    func sizes() async throws {
        #expect(try await store.reader.journalEnds() == nil)
        try await store.commit(Samples.frames(1...50))

        let ends = try await store.reader.journalEnds()
        let sizes = try await store.reader.sizes()

        #expect(ends?.rows == 50)
        #expect(ends?.lastAt == Samples.start + Milliseconds(50))
        #expect((sizes.tables["journal"] ?? 0) >= 4096)
        #expect(sizes.writeAheadLog > 0)
    }

    @Test("a reader opens beside the daemon, and after it has closed, and cannot write")
    func readsWithoutDaemon() async throws {
        try await commit([Samples.alert()])
        let beside = try StoreReader(directory: directory.path)
        #expect(try await beside.alerts().count == 1)
        #expect(throws: StoreError.self) { try beside.readBlocking("write") { try $0.execute(sql: "DELETE FROM timeline") } }
        beside.close()
        try store.close()

        let alone = try StoreReader(directory: directory.path)

        #expect(try await alone.alerts().count == 1)
    }
}
