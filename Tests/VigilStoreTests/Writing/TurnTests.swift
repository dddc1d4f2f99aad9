import Testing
import VigilCore

@testable import VigilStore

/// One turn is one transaction.
@Suite struct TurnTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(directory)
    }

    /// A turn that touches every table, and breaks a rule of one of them.
    private static func turn(_ fault: Fault) -> Turn {
        let alert = Samples.alert()
        var turn = Samples.raising(alert, sequence: 1)
        turn.journal.append(StampedInput(sequence: 2, at: Samples.start, input: .registryChange(Samples.registry)))
        turn.snapshot = Samples.snapshot(at: 2, rows: [SnapshotRow(owner: "device", key: "a", state: 1)])
        turn.confirmed = [ConfirmedPosition(source: "local", sequence: 1)]
        turn.quarantine = [
            QuarantinedFrame(
                sequence: 1, at: Samples.start, address: nil,
                frame: Frame(source: "local", origin: .mqtt(topic: "x"), payload: [1]), failure: DecodeFailure(.malformed, "no"))
        ]
        turn.unclaimed = [
            UnclaimedSighting(address: DeviceAddress(dialect: "vigil", name: "new"), at: Samples.start, sample: [1])
        ]
        switch fault {
        case .duplicateTimelineNumber: turn.timeline.append(Samples.entry(alert, event: .step))
        case .deliveryOfNoAlert: turn.deliveries.append(Samples.delivery(Samples.alert(episode: 9)))
        case .secondOpenEpisode: turn.alerts.append(Samples.alert(episode: 2))
        case .closedWithoutClosure: turn.alerts.append(Samples.alert(kind: "sos", state: .closed))
        case .sendingWithoutLease: turn.deliveries.append(Samples.delivery(alert, contact: "other", lease: 0))
        case .snapshotOfTheFuture: turn.snapshot?.sequence = 3
        case .confirmationOfNobody: turn.confirmed.append(ConfirmedPosition(source: "", sequence: 1))
        case .unclaimedWithoutDialect:
            turn.unclaimed.append(
                UnclaimedSighting(address: DeviceAddress(dialect: "", name: "new"), at: Samples.start, sample: []))
        case .none: break
        }
        return turn
    }

    enum Fault: CaseIterable {
        case none, duplicateTimelineNumber, deliveryOfNoAlert, secondOpenEpisode, closedWithoutClosure, sendingWithoutLease
        case snapshotOfTheFuture, confirmationOfNobody, unclaimedWithoutDialect
    }

    @Test("an error anywhere leaves nothing of the turn", arguments: Fault.allCases.filter { $0 != .none })
    func allOrNothing(fault: Fault) async throws {
        let error = await store.refusal(of: Self.turn(fault))

        #expect(error?.kind == .refused)
        let state = try store.recover(reopenWindow: .hours(1))
        #expect(state.lastSequence == 0)
        #expect(state.alerts.isEmpty && state.deliveries.isEmpty && state.confirmed.isEmpty)
        #expect(state.snapshot == nil && state.registry == nil)
        #expect(try await store.rows().isEmpty)
        #expect(try await store.reader.timeline(after: 0).isEmpty)
        #expect(try await store.reader.quarantine().isEmpty)
        #expect(try await store.reader.undecodableCounts().isEmpty)
        #expect(try await store.reader.unclaimed().isEmpty)
    }

    @Test("after a refused turn the next one is taken", arguments: Fault.allCases)
    func goesOn(fault: Fault) async throws {
        if fault != .none { _ = await store.refusal(of: Self.turn(fault)) }

        try await store.commit(Self.turn(.none))

        #expect(try store.recover(reopenWindow: .zero).lastSequence == 2)
    }

    @Test("a refused turn says what to do, and names no value of the turn")
    func refusalIsClear() async {
        let error = await store.refusal(of: Self.turn(.duplicateTimelineNumber))

        #expect(
            error?.description
                == "\(directory.database): commit a turn: UNIQUE constraint failed: timeline.alert, timeline.number (sqlite 2067); "
                + "this is a fault of the program; please report it with this message")
    }

    @Test("after a storage failure one turn may skip numbers, with a whole snapshot and a marker")
    func discontinuity() async throws {
        var before = Samples.frames(1...3)
        before.snapshot = Samples.snapshot(at: 3, rows: [SnapshotRow(owner: "device", key: "old", state: 1)])
        try await store.commit(before)
        var turn = Turn()
        turn.journal = [Samples.frame(7), Samples.frame(9)]
        turn.snapshot = Samples.snapshot(at: 10, isWhole: true, rows: [SnapshotRow(owner: "device", key: "new", state: 2)])
        turn.discontinuity = Discontinuity(sequence: 10, at: Samples.start, reason: "disk full")

        try await store.commit(turn)
        try await store.commit(Samples.frames(11...11))

        let state = try store.recover(reopenWindow: .zero)
        #expect(state.lastSequence == 11)
        #expect(state.snapshot?.sequence == 10)
        #expect(state.snapshot?.rows.map(\.key) == ["new"])
        #expect(try await store.reader.discontinuities() == [turn.discontinuity])
        #expect(try await store.rows().map(\.sequence) == [1, 2, 3, 7, 9, 11])
    }

    @Test("a marker without a whole snapshot from there on is refused", arguments: [nil, (10, false), (9, true)] as [(Int64, Bool)?])
    func discontinuityNeedsSnapshot(snapshot: (sequence: Int64, isWhole: Bool)?) async throws {
        var turn = Turn()
        turn.journal = [Samples.frame(7)]
        turn.snapshot = snapshot.map { Samples.snapshot(at: $0.sequence, isWhole: $0.isWhole) }
        turn.discontinuity = Discontinuity(sequence: 10, at: Samples.start, reason: "disk full")

        #expect(await store.refusal(of: turn)?.kind == .refused)
    }

    @Test("a message of every purpose is stored and comes back", arguments: Delivery.Purpose.allCases)
    func everyPurpose(purpose: Delivery.Purpose) async throws {
        let alert = Samples.alert()
        var delivery = Samples.delivery(alert)
        delivery.purpose = purpose
        delivery.message.purpose = purpose
        var turn = Samples.raising(alert, sequence: 1)
        turn.deliveries = [delivery]

        try await store.commit(turn)

        #expect(try store.recover(reopenWindow: .zero).deliveries == [delivery])
    }

    @Test("an alert in every state is stored with its story and comes back", arguments: AlertState.allCases)
    func everyState(state: AlertState) async throws {
        let alert = Samples.alert(state: state, closedAt: state == .closed ? Samples.start : nil)
        var turn = Samples.raising(alert, sequence: 1)
        turn.timeline = TimelineEntry.Event.allCases.enumerated().map { Samples.entry(alert, number: $0 + 1, event: $1) }

        try await store.commit(turn)

        #expect(try store.recover(reopenWindow: .hours(1)).alerts == [alert])
        #expect(try await store.reader.timeline(after: 0).map(\.entry) == turn.timeline)
    }
}
