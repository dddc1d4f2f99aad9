import Testing
import VigilCore

@testable import VigilStore

@Suite struct ReportMaterialTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(directory)
    }

    private func commit(_ alert: Alert, _ events: [TimelineEntry.Event]) async throws {
        var turn = Turn()
        turn.alerts = [alert]
        turn.timeline = events.enumerated().map { Samples.entry(alert, number: $0.offset + 1, event: $0.element) }
        try await store.commit(turn)
    }

    private func closed(_ resident: ResidentID, at time: EngineTime) -> Alert {
        Samples.alert(subject: .resident(resident), state: .closed, closedAt: time)
    }

    @Test("a report reads what is open and what was closed since, each with the beginning, the steps, the owner and the end")
    func histories() async throws {
        let before = Samples.start + .hours(1)
        try await commit(closed("r1", at: before - Milliseconds(1)), [.raised, .closed])
        try await commit(closed("r2", at: before), [.raised, .step, .delivered, .accepted, .noted, .on_scene, .closed])
        try await commit(Samples.alert(subject: .resident("r3")), [.pending, .raised, .repeated])

        let material = try await store.reader.reportMaterial(closedSince: before)

        #expect(material.histories.map(\.alert.id) == ["fall-r2-1", "fall-r3-1"])
        #expect(
            material.histories.map { $0.entries.map { $0.event } } == [
                [.raised, .step, .accepted, .on_scene, .closed], [.pending, .raised],
            ])
        #expect(material.histories.allSatisfy { history in history.entries.allSatisfy { $0.alert == history.alert.id } })
    }

    @Test("with every registry that the alerts were made under, and the one in force")
    func registries() async throws {
        for version in 1...4 {
            var registry = Samples.registry
            registry.version = version
            var turn = Turn()
            turn.journal = [
                StampedInput(sequence: Int64(version), at: Samples.start, input: .registryChange(registry))
            ]
            try await store.commit(turn)
        }
        var older = Samples.alert()
        older.registryVersion = 2
        var lost = Samples.alert(subject: .resident("r2"))
        lost.registryVersion = 9
        try await commit(older, [.raised])
        try await commit(lost, [.raised])

        #expect(try await store.reader.reportMaterial(closedSince: Samples.start).registries.map(\.version) == [2, 4])
    }

    @Test("of an empty store there is nothing, and no clock")
    func empty() async throws {
        let material = try await store.reader.reportMaterial(closedSince: EngineTime(0))

        #expect(material == ReportMaterial(histories: [], registries: []))
        #expect(try await store.reader.lastClock() == nil)
    }

    @Test("where the clock stood is told without the daemon")
    func clock() async throws {
        let reading = ClockReading(wallOffset: .seconds(8), isTrusted: true)
        var turn = Turn()
        turn.journal = [StampedInput(sequence: 1, at: Samples.start, input: .started(Start(boot: "b", gap: nil, clock: reading)))]
        try await store.commit(turn)
        try store.close()

        let reader = try StoreReader(directory: directory.path)

        #expect(try await reader.lastClock() == reading)
    }

    @Test("what could not be stored is laid over it")
    func unrecorded() async throws {
        let alert = Samples.alert(subject: .resident("r1"))
        try await commit(alert, [.raised])
        let material = try await store.reader.reportMaterial(closedSince: Samples.start)
        var owned = alert
        owned.state = .owned
        owned.timelineCount = 3
        let fresh = Samples.alert(subject: .resident("r0"))
        var turn = Turn()
        turn.alerts = [owned, fresh]
        turn.timeline = [
            Samples.entry(alert, number: 2, event: .accepted), Samples.entry(alert, number: 3, event: .noted),
            Samples.entry(fresh, number: 1, event: .raised),
        ]
        var unrecorded = UnrecordedTurns()
        unrecorded.add(turn)

        let histories = unrecorded.histories(over: material.histories)

        #expect(histories.map(\.alert) == [fresh, owned])
        #expect(histories.map { $0.entries.map { $0.event } } == [[.raised], [.raised, .accepted]])
        #expect(unrecorded.histories(over: histories) == histories)
    }
}
