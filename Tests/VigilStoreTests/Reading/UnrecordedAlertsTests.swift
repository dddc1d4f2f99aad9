import Testing
import VigilCore

@testable import VigilStore

@Suite struct UnrecordedAlertsTests {
    private let recorded = Samples.alert(raisedAt: Samples.start)
    private let other = Samples.alert(kind: "sos", severity: .yellow, raisedAt: Samples.start + .seconds(1))

    private func unrecorded(_ alerts: [Alert]) -> UnrecordedAlerts {
        var unrecorded = UnrecordedAlerts()
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

    private func list(_ unrecorded: UnrecordedAlerts, _ filter: AlertFilter = AlertFilter(), over alerts: [Alert]) async throws
        -> [String]
    {
        try await unrecorded.list(filter) { Array(alerts.prefix($0.limit)) }.map { "\($0.alert.id) \($0.isRecorded)" }
    }

    @Test("an alert that the store does not know stands among the others, newest first")
    func unknown() async throws {
        #expect(try await list(unrecorded([other]), over: [recorded]) == ["sos-r1-1 false", "fall-r1-1 true"])
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
        #expect(try await list(unrecorded([other]), AlertFilter(limit: 1), over: [recorded]) == ["sos-r1-1 false"])
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
}
