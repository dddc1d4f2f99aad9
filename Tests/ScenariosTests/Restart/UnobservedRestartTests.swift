import Testing
import VigilConsole
import VigilCore
import VigilTesting

/// `alert-lifecycle.md`, 7, point 4: "A gap longer than a rule's window makes its residents unobserved from .. to ..: shown, and on
/// the visit list." The whole daemon, ended by SIGKILL in the middle of telling somebody of a call for help.
///
/// The rule of absence waits for 12 h; they pass by putting the gateway's clocks forward between two lives.
@Suite struct UnobservedRestartTests {
    private let house: CrashHouse
    private let devices: MQTTTestClient

    init() throws {
        house = try CrashHouse(residents: 2, rules: "  - {id: absence, detector: absence, severity: yellow, after: 12h}")
        devices = try MQTTTestClient(house.broker.configuration(clientID: "devices"))
        try house.meetBroker()
        let first = try house.startReadyDaemon(failpoint: "beforeSend:1")
        try devices.publish("zigbee2mqtt/motion-1", #"{"occupancy":true}"#)
        try devices.publish("zigbee2mqtt/button-1", #"{"action":"sos"}"#)
        try house.expectKilled(first)
    }

    @Test("whom nobody could have missed is unobserved, from when to when, on the blind list, the visit list and in the status")
    func gap() async throws {
        let daemon = try startLater(.hours(13))
        let shown = try blindList()
        let visits = try visitList()
        let count = try counted()
        daemon.kill()

        let starts = try await starts()
        let expected = try #require(starts.last?.gap)
        let clock = try #require(starts.last?.clock)
        let (from, until) = (clock.wall(at: expected.from), clock.wall(at: expected.until))
        #expect(expected.until - expected.from >= .hours(13))
        #expect(shown.map(\.resident) == ["r1", "r2"])
        #expect(shown.allSatisfy { $0.unobserved?.from == from && $0.unobserved?.until == until })
        #expect(visits.map(\.resident.id) == ["r1", "r2"])
        let reasons = visits.flatMap(\.reasons)
        #expect(reasons.map(\.what) == [.unobserved, .unobserved])
        #expect(reasons.allSatisfy { $0.since == from && $0.until == until })
        #expect(count == 2)
    }

    @Test("it outlives the next kill as it was; a sign of life ends it for whoever gave it, and that outlives a kill as well")
    func ends() async throws {
        try startLater(.hours(13)).kill()
        let gap = try #require(await starts().last?.gap)

        let second = try startLater(.hours(13))
        let clock = try #require(await starts().last?.clock)
        let before = try blindList()
        // Quiet is no sign of life, and neither is a motion that was told already.
        try devices.publish("zigbee2mqtt/motion-1", #"{"occupancy":false}"#)
        try devices.publish("zigbee2mqtt/motion-1", #"{"occupancy":true}"#)
        let isEnded = try patiently { try counted() == 1 }
        let after = try blindList()
        second.kill()
        let third = try startLater(.hours(13))
        let staysEnded = try patiently { try counted() == 1 }
        let visits = try visitList()
        third.kill()

        #expect(before.map(\.resident) == ["r1", "r2"])
        #expect(before.allSatisfy { $0.unobserved?.until == clock.wall(at: gap.until) })
        #expect(isEnded && staysEnded)
        #expect(after.map(\.resident) == ["r2"])
        #expect(visits.map(\.resident.id) == ["r2"])
    }

    @Test("a gap that is shorter than the rule waits leaves nobody unobserved")
    func shortGap() async throws {
        let daemon = try startLater(.hours(11))
        let shown = try blindList()
        let visits = try visitList()
        let count = try counted()
        daemon.kill()

        let gap = try #require(await starts().last?.gap)
        #expect(gap.until - gap.from >= .hours(11))
        #expect(shown.isEmpty)
        #expect(visits.isEmpty)
        #expect(count == 0)
    }

    // MARK: What happens, and what is seen of it

    /// A life that starts so long after the first one, by the clock that runs and by the one on the wall.
    private func startLater(_ length: Milliseconds) throws -> ChildProcess {
        try house.startReadyDaemon(settings: ["VIGIL_BOOT_SHIFT": "\(length.rawValue)", "VIGIL_WALL_SHIFT": "\(length.rawValue)"])
    }

    private func blindList() throws -> [BlindReport] { try house.desk.ask("/v1/blind", BlindList.self).residents }

    private func visitList() throws -> [VisitList.Entry] { try house.desk.ask("/v1/visits", VisitList.self).visits }

    /// As of the last turn that ended.
    private func counted() throws -> Int { try house.desk.ask("/v1/status", StatusReport.self).unobserved }

    /// The starts that the journal tells of, with the gap before each and the clock by which people read its life.
    private func starts() async throws -> [(gap: UnobservedGap?, clock: ClockReading)] {
        try await house.starts().compactMap { input in
            guard case .started(let start) = input.input else { return nil }
            return (start.gap.map { UnobservedGap(from: input.at - $0, until: input.at) }, start.clock)
        }
    }
}
