import Testing
import VigilCore

@testable import VigilStore

@Suite struct UnrecordedTurnsTests {
    private let recorded = Samples.alert(raisedAt: Samples.start)
    private let other = Samples.alert(kind: "sos", severity: .yellow, raisedAt: Samples.start + .seconds(1))

    private func unrecorded(_ alerts: [Alert]) -> UnrecordedTurns {
        var unrecorded = UnrecordedTurns()
        var turn = Turn()
        turn.alerts = alerts
        turn.timeline = alerts.map { Samples.entry($0, number: $0.timelineCount, event: .noted) }
        turn.deliveries = alerts.map { Samples.delivery($0, state: .delivered) }
        unrecorded.add(turn)
        return unrecorded
    }

    private func later(_ alert: Alert, _ change: (inout Alert) -> Void = { _ in }) -> Alert {
        var alert = alert
        alert.timelineCount += 1
        change(&alert)
        return alert
    }

    private func list(_ unrecorded: UnrecordedTurns, _ filter: AlertFilter = AlertFilter(), over alerts: [Alert]) async throws
        -> [String]
    {
        try await unrecorded.list(filter) { Array(alerts.prefix($0.limit)) }.map { "\($0.alert.id) \($0.isRecorded)" }
    }

    @Test("an alert that the store does not know stands among the others, the worst first")
    func unknown() async throws {
        #expect(try await list(unrecorded([other]), over: [recorded]) == ["fall-r1-1 true", "sos-r1-1 false"])
    }

    @Test("an alert that changed is told as it is now, and goes where the filter says")
    func changed() async throws {
        let closed = later(recorded) { $0.state = .closed }

        #expect(try await list(unrecorded([closed]), over: [recorded]) == [])
        #expect(try await list(unrecorded([closed]), AlertFilter(state: .closed), over: []) == ["fall-r1-1 false"])
        #expect(try await list(unrecorded([later(other)]), AlertFilter(severity: .red), over: []) == [])
        #expect(try await list(unrecorded([later(other)]), AlertFilter(kind: "fall"), over: []) == [])
    }

    @Test("what was stored meanwhile counts as recorded")
    func storedMeanwhile() async throws {
        #expect(try await list(unrecorded([recorded]), over: [later(recorded)]) == ["fall-r1-1 true"])
        #expect(try await list(unrecorded([recorded]), over: [recorded]) == ["fall-r1-1 true"])
    }

    @Test("a list is as long as was asked for, also where some of it has to go")
    func length() async throws {
        let second = Samples.alert(episode: 2, raisedAt: Samples.start + .seconds(2))
        let closed = later(second) { $0.state = .closed }

        #expect(try await list(unrecorded([closed]), AlertFilter(limit: 1), over: [second, recorded]) == ["fall-r1-1 true"])
        #expect(try await list(unrecorded([other]), AlertFilter(state: .all, limit: 1), over: [recorded]) == ["sos-r1-1 false"])
    }

    @Test("a story goes on where the store's ends, with deliveries as they are now")
    func story() {
        let before = AlertStory(alert: recorded, timeline: [Samples.entry(recorded)], deliveries: [Samples.delivery(recorded)])

        let story = unrecorded([later(recorded)]).story(of: recorded.id, over: before)

        #expect(story?.isRecorded == false)
        #expect(story?.timeline.map(\.number) == [1, 2])
        #expect(story?.deliveries.map(\.state) == [.delivered])
    }

    @Test("a story that the store does not know begins in memory; one that nothing happened to is the store's")
    func stories() {
        let before = AlertStory(alert: recorded, timeline: [Samples.entry(recorded)], deliveries: [])
        let unrecorded = unrecorded([other])

        #expect(unrecorded.story(of: other.id, over: nil)?.isRecorded == false)
        #expect(unrecorded.story(of: recorded.id, over: before) == before)
        #expect(unrecorded.story(of: "none", over: nil) == nil)
    }

    // MARK: Standing orders

    private func order(_ number: Int, _ content: StandingOrder.Content, isOver: Bool = false) -> StandingOrder {
        StandingOrder(
            number: number, content: content, placedAt: Samples.start, from: Samples.start, until: Samples.start + .hours(1),
            by: Actor(via: "cli", login: "li"), reason: "works",
            end: isOver ? StandingOrder.End(at: Samples.start + .minutes(1), by: .engine) : nil)
    }

    private func unrecorded(orders: StandingOrder...) -> UnrecordedTurns {
        var unrecorded = UnrecordedTurns()
        var turn = Turn()
        turn.orders = orders
        unrecorded.add(turn)
        return unrecorded
    }

    private func orders(_ unrecorded: UnrecordedTurns, _ filter: OrderFilter = OrderFilter(), over stored: [StandingOrder]) async throws
        -> [String]
    {
        try await unrecorded.list(filter) { Array(stored.prefix($0.limit)) }.map { "\($0.order.id) \($0.isRecorded)" }
    }

    @Test("an order that the store does not know stands among the others, newest first, where the filter says")
    func unknownOrder() async throws {
        let away = order(1, .context(.away, of: "r1"))
        let drill = unrecorded(orders: order(2, .drill(.resident("r1"))))

        #expect(try await orders(drill, over: [away]) == ["drill-2 false", "away-1 true"])
        #expect(try await orders(drill, OrderFilter(words: ["silence"]), over: []) == [])
        #expect(drill.order("drill-2", over: nil)?.isRecorded == false)
        #expect(drill.order("away-1", over: away)?.isRecorded == true)
    }

    @Test("an order that ended meanwhile is over, and what was stored meanwhile is recorded")
    func endedOrder() async throws {
        let away = order(1, .context(.away, of: "r1"))
        let over = order(1, .context(.away, of: "r1"), isOver: true)
        let ended = unrecorded(orders: over)

        #expect(try await orders(ended, over: [away]) == [])
        #expect(try await orders(ended, OrderFilter(state: .over), over: []) == ["away-1 false"])
        #expect(try await orders(ended, OrderFilter(state: .over), over: [over]) == ["away-1 true"])
        #expect(try await orders(unrecorded(orders: away), OrderFilter(state: .over), over: [over]) == ["away-1 true"])
    }
}
