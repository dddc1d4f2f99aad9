import Foundation
import Testing
import VigilCore
import VigilIngest
import VigilNotify
import VigilStore
import VigilTesting

/// The whole daemon and a real broker: what a step sets off at the site (`alert-lifecycle.md`, section 5).
@Suite struct ActionScenarioTests {
    private static let policies = """
          - id: red
            steps: [{after: 0s, notify: [grid_officer], act: [siren, valve]}]
            repeat_every: 1d
            lease: 1d
            attending_lease: 1d
            reopen_window: 30m
        """

    private static let actions = """
        actions:
          - id: siren
            topic: site/siren/set
            payload: "ON"
            release: "OFF"
            acknowledge: {topic: site/siren, payload: "ON"}
            timeout: 1s
          - {id: valve, topic: site/valve/set, payload: "CLOSE"}
          - {id: lamp, topic: site/lamp/set, payload: "ON", release: "OFF"}
        nobody_reachable: {act: [lamp]}
        heartbeat: {url: "%RECEIVER%/ping/box", every: 10s}

        """

    private let house: CrashHouse
    private let site: MQTTTestClient

    init() throws {
        house = try CrashHouse(residents: 1, policies: Self.policies, extra: Self.actions)
        try house.meetBroker()
        site = try MQTTTestClient(house.broker.configuration(clientID: "site"), subscriptions: ["site/+/set"])
    }

    @Test("it is published, tried again until the site acknowledges it, and released at the close; the valve stays shut")
    func wholeWay() async throws {
        let daemon = try house.startReadyDaemon()
        try site.publish("zigbee2mqtt/button-1", #"{"action":"sos"}"#)

        // Nobody answers in time: it failed, and is published again.
        try await onOwnThread { [site, log = house.log] in
            try #require(site.firstHeard { $0.topic == "site/valve/set" } != nil, "\(log.suffix(2000))")
            try #require(site.heard(times: 2) { $0.topic == "site/siren/set" }, "\(log.suffix(2000))")
        }
        try await answerUntil("sos-r1-1") { $0.timeline.contains { $0.event == .action_done && $0.detail.hasPrefix("act=siren") } }
        try close("sos-r1-1")
        let closed = try await waitFor("sos-r1-1") {
            $0.timeline.contains { $0.event == .action_done && $0.detail.hasPrefix("release=siren") }
        }
        daemon.kill()

        let siren = site.heard.filter { $0.topic == "site/siren/set" }.map { String(decoding: $0.payload, as: UTF8.self) }
        #expect(siren.last == "OFF" && siren.dropLast().allSatisfy { $0 == "ON" })
        #expect(site.heard.filter { $0.topic == "site/valve/set" }.map { String(decoding: $0.payload, as: UTF8.self) } == ["CLOSE"])
        #expect(site.heard.allSatisfy { !$0.isRetained })
        let story = closed.timeline.filter { [.action, .action_failed].contains($0.event) }.map(\.detail)
        #expect(
            story == [
                "act=siren step=0", "act=valve step=0", "act=siren attempt=1 retrying", "release=siren", "act=valve stays as it is",
            ])
        let log = try String(contentsOfFile: house.directory + "/alerts.log", encoding: .utf8)
        #expect(log.contains(" action_failed sos-r1-1 ") && log.contains(" action_done sos-r1-1 "))
    }

    @Test("a daemon that is killed in the middle of it sets it off again under the same key")
    func killed() async throws {
        let first = try house.startReadyDaemon()
        try site.publish("zigbee2mqtt/button-1", #"{"action":"sos"}"#)
        try await onOwnThread { [site, log = house.log] in
            try #require(site.firstHeard { $0.topic == "site/siren/set" } != nil, "\(log.suffix(2000))")
        }
        first.kill()
        let before = try #require(try await story("sos-r1-1")?.deliveries.first { $0.address == "siren" })

        let second = try house.startReadyDaemon()
        try await answerUntil("sos-r1-1") { $0.deliveries.contains { $0.address == "siren" && $0.state == .delivered } }
        second.kill()

        let after = try #require(try await story("sos-r1-1")?.deliveries.filter { $0.address == "siren" })
        #expect(after.map(\.id) == [before.id])
        #expect(after.allSatisfy { $0.lease > before.lease })
    }

    @Test("nobody is reached: the site calls, the outside hears it at once, and both end when somebody has it")
    func nobodyReachable() async throws {
        try house.receiver.misbehave(.status(410), at: "/hook/officer", count: 1000)
        let daemon = try house.startReadyDaemon()
        let well = try await pings(failing: false)
        try site.publish("zigbee2mqtt/button-1", #"{"action":"sos"}"#)

        let failing = try await pings(failing: true)
        try await onOwnThread { [site] in try #require(site.heard(times: 1) { $0.topic == "site/lamp/set" }) }
        let before = house.receiver.lines.filter { $0.pinged == "box" && $0.failing == false }.count
        try command(#"{"accept":"sos-r1-1"}"#)
        try await onOwnThread { [site] in try #require(site.heard(times: 2) { $0.topic == "site/lamp/set" }) }
        _ = try await pings(failing: false, times: before + 1)
        daemon.kill()

        #expect(well.allSatisfy { $0.reasons?.isEmpty == true })
        #expect(failing.first?.reasons == "nobody_reachable 1: sos-r1-1")
        let lamp = site.heard.filter { $0.topic == "site/lamp/set" }.map { String(decoding: $0.payload, as: UTF8.self) }
        #expect(lamp == ["ON", "OFF"])
        let log = try String(contentsOfFile: house.directory + "/alerts.log", encoding: .utf8)
        #expect(log.contains(" red nobody_reachable sos-r1-1 raised engine "))
    }

    // MARK: What happens, and what is seen of it

    private func pings(failing: Bool, times: Int = 1) async throws -> [ReceiverLine] {
        let lines = try await onOwnThread { [receiver = house.receiver] in
            receiver.wait(for: times, within: .seconds(60)) { $0.pinged == "box" && $0.failing == failing }
        }
        try #require(lines.count >= times, "\(house.log.suffix(2000))")
        return lines
    }

    private func story(_ alert: AlertID) async throws -> AlertStory? { try await StoreReader(directory: house.state).alert(alert) }

    /// The siren says that it is on, again and again, until the story has what is waited for.
    private func answerUntil(_ alert: AlertID, where fits: (AlertStory) -> Bool) async throws {
        _ = try await waitFor(alert, asking: { try site.publish("site/siren", "ON") }, where: fits)
    }

    private func waitFor(
        _ alert: AlertID, asking ask: () throws -> Void = {}, where fits: (AlertStory) -> Bool
    ) async throws -> AlertStory {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            try ask()
            if let story = try await story(alert), fits(story) { return story }
            await Task.yield()
        }
        throw ChildProcess.Failure(description: "\(alert) did not become so: \(house.log.suffix(2000))")
    }

    private func close(_ alert: AlertID) throws { try command(#"{"close":"\#(alert)","outcome":"sos_real"}"#) }

    private func command(_ document: String) throws {
        let client = HTTPClient(HTTPClient.Configuration(unixSocket: house.directory + "/vigil.sock"))
        let response = try client.send(.postingJSON(Array(document.utf8), to: "http://vigil/v1/commands")).get()
        try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
    }
}
