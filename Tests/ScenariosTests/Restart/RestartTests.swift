import Foundation
import Testing
import VigilCore
import VigilStore
import VigilTesting

/// What a restart owes to people (`alert-lifecycle.md`, 7): the whole daemon, ended by SIGKILL in the middle, point by point.
///
/// Point 4 has a file of its own: `UnobservedRestartTests`.
///
/// Hours pass by putting the gateway's clocks forward between two lives; nobody waits for them.
@Suite struct RestartTests {
    private static let policies = """
          - id: red
            steps: [{after: 0s, notify: [grid_officer]}, {after: 30m, notify: [building_captain]}]
            repeat_every: 1d
            lease: 1d
            attending_lease: 1d
            reopen_window: 30m
        """

    private let house: CrashHouse
    private let devices: MQTTTestClient

    init() throws {
        house = try CrashHouse(residents: 2, policies: Self.policies)
        try house.meetBroker()
        devices = try MQTTTestClient(house.broker.configuration(clientID: "devices"))
    }

    // MARK: `alert-lifecycle.md`, 7, points 1 and 2

    // 1: "Everything with a due time is stored with it before anything is sent."
    // 2: "After start: load, mark the gap, reconcile. Overdue escalation timers fire now."
    @Test("what is due later is stored before anything is sent, keeps its time over restarts, and is done at once when that has passed")
    func dueTimes() async throws {
        let first = try house.startReadyDaemon(failpoint: "beforeSend:1")
        try press(1)
        try house.expectKilled(first)
        let raised = try #require(await story("sos-r1-1")?.alert)
        #expect(house.receiver.lines.allSatisfy { $0.channel == nil })
        #expect(raised.escalation.nextStepAt == raised.raisedAt + .minutes(30))

        let second = try house.startReadyDaemon(settings: shift(.minutes(10)))
        let told = try await waitFor("sos-r1-1") { $0.deliveries.map(\.state) == [.delivered] }
        second.kill()
        #expect(told.alert.escalation.nextStepAt == raised.raisedAt + .minutes(30))

        let third = try house.startReadyDaemon(settings: shift(.minutes(31)))
        try expectTold("second", "sos-r1-1")
        third.kill()

        let step = try await story("sos-r1-1")?.timeline.last { $0.event == .step }
        #expect(step?.at == (try await house.starts().last?.at))
        #expect(copies("officer", "sos-r1-1").count == 1)
    }

    // 2: "What was sent is not sent again; what is unknown goes again with the same key."
    @Test("what was settled is not sent again; what is unknown goes again under the same key with the same words")
    func unknownGoesAgain() async throws {
        let first = try house.startReadyDaemon(failpoint: "afterSendBeforeSettle:2")
        try press(1)
        _ = try await waitFor("sos-r1-1") { $0.deliveries.map(\.state) == [.delivered] }
        try press(2)
        try house.expectKilled(first)
        #expect(try await story("sos-r2-1")?.deliveries.map(\.state) == [.sending])

        let second = try house.startReadyDaemon()
        _ = try await waitFor("sos-r2-1") { $0.deliveries.map(\.state) == [.delivered] }
        try expectTold("officer", "sos-r2-1", times: 2)
        second.kill()

        let again = copies("officer", "sos-r2-1")
        #expect(Set(again.map(\.id)).count == 1)
        #expect(Set(again.map(\.body)).count == 1)
        #expect(copies("officer", "sos-r1-1").count == 1)
    }

    // MARK: `alert-lifecycle.md`, 7, point 3

    // 3: "What became true while down does alert."
    @Test("what became true while nobody was there alerts at the start, and the gap is on record")
    func whileAway() async throws {
        try devices.publish("zigbee2mqtt/smoke-1", #"{"smoke":true}"#)
        try press(2)

        let daemon = try house.startReadyDaemon(settings: shift(.hours(2)))
        try expectTold("officer", "smoke-d1-1")
        try expectTold("officer", "sos-r2-1")
        daemon.kill()

        guard case .started(let start) = try #require(await house.starts().last).input else { return }
        #expect(try #require(start.gap) >= .hours(2))
    }

    // 3: "Start-up grace applies to absence and offline rules only." 5: "… and none is lost by it", a jump of the clock.
    @Test(
        "the start-up grace holds back absence and nothing else; absence is lost neither by it nor by a wall clock that steps",
        arguments: [Milliseconds.zero, .hours(24 * 3650), .hours(-24 * 10_000)])
    func grace(wallStep: Milliseconds) async throws {
        // A rule so short that the grace is all that is waited for.
        let house = try CrashHouse(residents: 2, rules: "  - {id: absence, detector: absence, severity: yellow, after: 2s}")
        let devices = try MQTTTestClient(house.broker.configuration(clientID: "devices"))
        try house.meetBroker()
        try devices.publish("zigbee2mqtt/motion-1", #"{"occupancy":true}"#)
        try devices.publish("zigbee2mqtt/button-2", #"{"action":"sos"}"#)

        let daemon = try house.startReadyDaemon(settings: ["VIGIL_WALL_SHIFT": "\(wallStep.rawValue)"])
        try await onOwnThread { [receiver = house.receiver] in
            for alert in ["sos-r2-1", "absence-r1-1"] {
                let told = receiver.wait(within: .seconds(150)) { $0.body?.data.alert == alert }
                try #require(!told.isEmpty, "nobody was told of \(alert)")
            }
        }
        daemon.kill()

        let reader = try StoreReader(directory: house.state)
        let start = try #require(await house.starts().last?.at)
        #expect(try #require(await reader.alert("absence-r1-1")).alert.raisedAt - start >= .seconds(60))
        #expect(try #require(await reader.alert("sos-r2-1")).alert.raisedAt - start < .seconds(60))
    }

    // MARK: `alert-lifecycle.md`, 7, point 5

    // 5: "No absence alert is caused by a jump of the clock, and none is lost by it." The second half is in `grace`.
    @Test("a wall clock that steps, forth or back, makes nothing due and nothing late, and makes nobody absent")
    func wallSteps() async throws {
        let first = try house.startReadyDaemon()
        try devices.publish("zigbee2mqtt/motion-1", #"{"occupancy":true}"#)
        try press(1)
        try expectTold("officer", "sos-r1-1")
        first.kill()

        let second = try house.startReadyDaemon(settings: ["VIGIL_WALL_SHIFT": "\(Milliseconds.hours(24 * 3650).rawValue)"])
        try press(2)
        try expectTold("officer", "sos-r2-1")
        second.kill()
        #expect(house.receiver.lines.allSatisfy { $0.hook != "second" })

        let third = try house.startReadyDaemon(
            settings: shift(.minutes(31)).merging(["VIGIL_WALL_SHIFT": "-\(Milliseconds.hours(24 * 10_000).rawValue)"]) { $1 })
        try expectTold("second", "sos-r1-1")
        try expectTold("second", "sos-r2-1")
        third.kill()

        let alerts = try await StoreReader(directory: house.state).alerts(AlertFilter(state: .all))
        #expect(Set(alerts.map(\.id)) == ["sos-r1-1", "sos-r2-1"])
    }

    // MARK: What happens, and what is seen of it

    private func press(_ resident: Int) throws { try devices.publish("zigbee2mqtt/button-\(resident)", #"{"action":"sos"}"#) }

    /// The daemon was away for so long.
    private func shift(_ length: Milliseconds) -> [String: String] { ["VIGIL_BOOT_SHIFT": "\(length.rawValue)"] }

    private func copies(_ hook: String, _ alert: String) -> [ReceiverLine] {
        house.receiver.lines.filter { $0.hook == hook && $0.body?.data.alert == alert }
    }

    private func expectTold(_ hook: String, _ alert: String, times: Int = 1) throws {
        let told = house.receiver.wait(for: times, within: .seconds(60)) { $0.hook == hook && $0.body?.data.alert == alert }
        try #require(told.count >= times, "\(hook) was not told of \(alert): \(house.log.suffix(2000))")
    }

    private func story(_ alert: AlertID) async throws -> AlertStory? { try await StoreReader(directory: house.state).alert(alert) }

    private func waitFor(_ alert: AlertID, where fits: (AlertStory) -> Bool) async throws -> AlertStory {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if let story = try await story(alert), fits(story) { return story }
            await Task.yield()
        }
        throw ChildProcess.Failure(description: "\(alert) did not become so: \(house.log.suffix(2000))")
    }
}
