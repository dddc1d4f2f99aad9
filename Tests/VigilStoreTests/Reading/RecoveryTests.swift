import Testing
import VigilCore

@testable import VigilStore

@Suite struct RecoveryTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("a new store recovers to nothing")
    func empty() throws {
        let store = try Store.open(directory)

        let state = try store.recover(reopenWindow: .hours(1))

        #expect(state.lastSequence == 0)
        #expect(state.lastTime == nil && state.lastStart == nil && state.lastClock == nil)
        #expect(state.snapshot == nil && state.registry == nil && state.rules == nil)
        #expect(state.alerts.isEmpty && state.deliveries.isEmpty && state.episodes.isEmpty && state.unconfirmed.isEmpty)
        try store.close()
    }

    @Test(
        "alerts that are open, were closed within the reopen window or are the latest of their key come back, with every episode's number"
    )
    func alerts() async throws {
        let store = try Store.open(directory)
        let open = Samples.alert(episode: 3)
        let recent = Samples.alert(kind: "sos", state: .closed, closedAt: Samples.start + .minutes(50))
        let old = Samples.alert(
            kind: "sos", subject: .dwelling("d1"), episode: 7, state: .closed, closedAt: Samples.start + .minutes(20))
        let older = Samples.alert(
            kind: "sos", subject: .dwelling("d1"), episode: 6, state: .closed, closedAt: Samples.start + .minutes(10))
        var turn = Turn()
        turn.alerts = [open, recent, older, old]
        turn.journal = [StampedInput(sequence: 1, at: Samples.start + .minutes(60), input: .deadline(heardUntil: []))]
        try await store.commit(turn)

        let state = try store.recover(reopenWindow: .minutes(30))

        #expect(state.alerts == [open, old, recent])
        #expect(state.episodes == [open.key: 3, recent.key: 1, old.key: 7])
        try store.close()
    }

    @Test("only deliveries that are not settled come back")
    func deliveries() async throws {
        let store = try Store.open(directory)
        let alert = Samples.alert()
        var turn = Samples.raising(alert, sequence: 1)
        turn.deliveries = Delivery.State.allCases.map { state in
            var delivery = Samples.delivery(alert, contact: ContactID(state.rawValue), state: state)
            if state == .grouped { delivery.digest = "digest/1" }
            return delivery
        }
        try await store.commit(turn)

        let state = try store.recover(reopenWindow: .zero)

        #expect(
            state.deliveries == turn.deliveries.filter { [.ready, .grouped, .sending].contains($0.state) }.sorted { $0.id < $1.id })
        try store.close()
    }

    @Test("what was let out within the hour comes back with them, as it counts for the cap of messages; a digest with what it tells")
    func admitted() async throws {
        let store = try Store.open(directory)
        let alert = Samples.alert()
        var turn = Samples.raising(alert, sequence: 1)
        var recent = Samples.delivery(alert, contact: "recent", state: .delivered)
        recent.admittedAt = Samples.start - .minutes(59)
        var old = Samples.delivery(alert, contact: "old", state: .delivered)
        old.admittedAt = Samples.start - .minutes(61)
        var digest = Samples.delivery(alert, contact: "digest", state: .sending)
        digest.purpose = .digest
        digest.message.alerts = [alert.id, "smoke-d2-1"]
        turn.deliveries = [recent, old, digest]
        try await store.commit(turn)

        let state = try store.recover(reopenWindow: .zero)

        #expect(state.deliveries == [digest, recent])
        try store.close()
    }

    @Test("a snapshot grows by what changed, loses what ended, and comes back with its versions")
    func snapshot() async throws {
        struct Counter: Codable, Hashable, Sendable { var count: Int }
        let store = try Store.open(directory)
        var turn = Samples.frames(1...2)
        turn.journal.append(StampedInput(sequence: 3, at: Samples.start, input: .registryChange(Samples.registry)))
        turn.journal.append(StampedInput(sequence: 4, at: Samples.start, input: .rulesChange(Samples.rules)))
        turn.snapshot = Samples.snapshot(
            at: 4,
            rows: ["a", "b", "c"].map { SnapshotRow(owner: "rule/fall", key: $0, state: Counter(count: 1)) })
        try await store.commit(turn)
        var newer = Samples.registry
        newer.version = 2
        turn = Turn()
        turn.journal = [StampedInput(sequence: 5, at: Samples.start, input: .registryChange(newer))]
        turn.snapshot = Samples.snapshot(
            at: 5,
            rows: [
                SnapshotRow(owner: "rule/fall", key: "a", state: Counter(count: 2)),
                SnapshotRow(owner: "rule/fall", key: "b", state: nil),
            ])
        try await store.commit(turn)

        let state = try store.recover(reopenWindow: .zero)

        let snapshot = try #require(state.snapshot)
        #expect(snapshot.format == Snapshot.format && snapshot.sequence == 5)
        #expect(snapshot.rows.map(\.key) == ["a", "c"])
        #expect(try snapshot.rows.map { try $0.decode(Counter.self).count } == [2, 1])
        #expect(throws: StoreError.self) { try snapshot.rows[0].decode([Int].self) }
        #expect(state.registryAtSnapshot == Samples.registry && state.rulesAtSnapshot == Samples.rules)
        #expect(state.registry == newer && state.rules == Samples.rules)
        try store.close()
    }

    @Test("the last start and the last reading of the clock outlive their journal rows")
    func startAndClock() async throws {
        let store = try Store.open(directory)
        let start = Start(boot: "b", gap: .seconds(3), clock: ClockReading(wallOffset: .zero, isTrusted: false))
        let clock = ClockReading(wallOffset: .seconds(9), isTrusted: true)
        var turn = Turn()
        turn.journal = [
            StampedInput(sequence: 1, at: Samples.start, input: .started(start)),
            StampedInput(sequence: 2, at: Samples.start + .seconds(1), input: .clock(clock)),
        ]
        try await store.commit(turn)
        try store.close()
        try DatabaseFile.execute("DELETE FROM journal", in: directory.database)

        let reopened = try Store.open(directory)
        let state = try reopened.recover(reopenWindow: .zero)

        #expect(state.lastStart == StampedStart(start: start, at: Samples.start))
        #expect(state.lastClock == clock)
        try reopened.close()
    }

    @Test("what each source may be sent again comes back in order, from its confirmed position on, and no more than the limit")
    func unconfirmed() async throws {
        let store = try Store.open(directory)
        try await store.commit(Samples.frames(1...4, source: "a"))
        try await store.commit(Samples.frames(5...8, source: "b"))
        var turn = Samples.frames(9...12, source: "a")
        turn.confirmed = [ConfirmedPosition(source: "a", sequence: 10)]
        try await store.commit(turn)
        var backwards = Turn()
        backwards.confirmed = [ConfirmedPosition(source: "a", sequence: 2)]
        try await store.commit(backwards)

        let state = try store.recover(reopenWindow: .zero, unconfirmedLimit: 3)

        #expect(state.confirmed == ["a": 10, "b": 4])
        #expect(state.unconfirmed["a"]?.map(\.sequence) == [11, 12])
        #expect(state.unconfirmed["b"]?.map(\.sequence) == [6, 7, 8])
        #expect(
            state.unconfirmed["b"]?.first?.frame == Frame(source: "b", origin: .mqtt(topic: "zigbee2mqtt/kitchen"), payload: [1, 2, 3]))
        try store.close()
    }
}
