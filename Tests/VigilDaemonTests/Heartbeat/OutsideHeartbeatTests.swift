import Dispatch
import InMemoryLogging
import Logging
import Synchronization
import Testing
import VigilCore
import VigilNotify
import VigilTesting

@testable import VigilDaemon

/// What the outside is told of the gateway's meters, over a real receiver.
struct OutsideHeartbeatTests {
    private let inbox = Inbox()
    private let meters = GatewayMeters()
    private let log = InMemoryLogHandler()

    private func heartbeat(_ monitor: HeartbeatMonitor? = nil, boot: @escaping @Sendable () -> BootTime = Clocks.system.boot)
        -> OutsideHeartbeat
    {
        let clocks = Clocks(boot: boot, wall: Clocks.system.wall)
        return OutsideHeartbeat(
            monitor: monitor, inbox: inbox, meters: meters, clocks: clocks, logger: Logger(label: "test") { [log] _ in log })
    }

    /// A press that no message tells anybody of.
    private func unreachable() -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.channels = []
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("button1", "sos=true")
        return script
    }

    @Test("while nobody is reached about a red alert it fails, and names it; once somebody has it all is well")
    func nobodyReachable() {
        var script = unreachable()
        let heartbeat = heartbeat()
        meters.show(script.engine, changed: script.alerts)
        let before = heartbeat.verdict(at: BootTime(0))

        script.act(.accept("sos-r1-1"), by: nil)
        meters.show(script.engine, changed: script.alerts)

        #expect(before.reasons == ["nobody_reachable 1: sos-r1-1"])
        #expect(heartbeat.verdict(at: BootTime(0)).isWell)
    }

    @Test("a yellow alert that nobody hears of is no failure of the watch")
    func yellow() {
        var rules = SmallCommunity.rules()
        rules.channels = []
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(3))
        meters.show(script.engine, changed: script.alerts)

        #expect(script.alerts.map(\.severity) == [.yellow])
        #expect(heartbeat().verdict(at: BootTime(0)).isWell)
    }

    @Test("a watch that records nothing, and a gateway that does not turn, fail it")
    func unhealthy() {
        let heartbeat = heartbeat()
        #expect(heartbeat.verdict(at: BootTime(0)).isWell)

        meters.recordingEnded("the disk is full")

        #expect(heartbeat.verdict(at: BootTime(30_000)).reasons == ["not_recording", "stalled"])
    }

    @Test("a gateway that answers is not stalled")
    func turns() {
        let heartbeat = heartbeat()
        _ = heartbeat.verdict(at: BootTime(0))

        for case .probe(let answer) in inbox.take(waitingFor: .zero) { answer() }

        #expect(heartbeat.verdict(at: BootTime(30_000)).isWell)
    }

    @Test("the monitor hears that all is well, and at once that it is not")
    func told() async throws {
        let receiver = try Receiver()
        let monitor = HeartbeatMonitor(address: Secret("\(receiver.url)/ping/box-1"), every: .seconds(600))
        let heartbeat = heartbeat(monitor)
        let run = Task { try await heartbeat.run() }
        defer { run.cancel() }
        let well = try await onOwnThread { receiver.wait(within: .seconds(120)) { $0.pinged == "box-1" } }

        let script = unreachable()
        meters.show(script.engine, changed: script.alerts)
        let failing = try await onOwnThread { receiver.wait(within: .seconds(120)) { $0.pinged == "box-1" && $0.failing == true } }

        #expect(well.map(\.failing) == [false])
        #expect(failing.first?.reasons == "nobody_reachable 1: sos-r1-1")
    }

    @Test("a monitor that is not reached is one line of the log, and nothing waits for it")
    func notReached() async throws {
        let port = try freePort()
        let heartbeat = heartbeat(HeartbeatMonitor(address: Secret("http://127.0.0.1:\(port)/ping/x"), every: .seconds(10)))
        let run = Task { try await heartbeat.run() }
        defer { run.cancel() }

        while heartbeat.state == nil { await Task.yield() }

        #expect(heartbeat.state?.failure?.contains("cannot connect to http://127.0.0.1:\(port)") == true)
        let warnings = log.entries.filter { $0.level == .warning }.map { "\($0.message)" }
        #expect(warnings.count <= 1)
        #expect(warnings.allSatisfy { $0.hasPrefix("the outside monitor is not reached") })
    }
}
