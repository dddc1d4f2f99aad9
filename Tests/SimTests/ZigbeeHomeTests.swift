import Foundation
import Testing

@testable import vigil_sim

@Suite struct ZigbeeHomeTests {
    private func home() -> ZigbeeHome { ZigbeeHome(Household(number: 21), seed: 1) }

    private func fields(_ publication: Publication) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(publication.payload.utf8)) as? [String: Any])
    }

    /// Bodies that people posted of real installations: the sources stand at the payload types.
    @Test(
        "a device's state has the keys that the real device's state has",
        arguments: [
            (Deed.motionBegins, #"{"illuminance":17,"linkquality":65,"occupancy":false,"battery":100,"voltage":3015}"#, [String]()),
            (
                .doorOpens,
                #"{"battery":100,"contact":true,"device_temperature":15,"linkquality":45,"power_outage_count":5,"trigger_count":0,"voltage":3005}"#,
                []
            ),
            (.smokeBegins, #"{"battery":100,"voltage":3115,"smoke_density":2,"linkquality":94,"smoke":false}"#, ["sensitivity"]),
            (.buttonPressed, #"{"action":"emergency","battery":80,"linkquality":144}"#, []),
        ])
    func keys(deed: Deed, real: String, alsoSeen: [String]) throws {
        var home = home()

        let published = try fields(try #require(try home.publish(deed).first))

        let known = try #require(try JSONSerialization.jsonObject(with: Data(real.utf8)) as? [String: Any])
        #expect(Set(published.keys) == Set(known.keys).union(alsoSeen))
    }

    @Test("a smoke alarm repeats itself from the bridge's cache with every later message until it ends")
    func cachedSmoke() throws {
        var home = home()
        _ = try home.publish(.smokeBegins)

        let repeated = try home.publish(.sensorBeat(.smoke))
        let ended = try home.publish(.smokeEnds)

        #expect(try repeated.map { try fields($0)["smoke"] as? Bool } == [true])
        #expect(try ended.map { try fields($0)["smoke"] as? Bool } == [false])
        #expect(repeated.map(\.topic) == ["zigbee2mqtt/smoke-0021"])
    }

    @Test("a press is an action, the same action on its own topic, and the end of the action")
    func press() throws {
        var home = home()

        let press = try home.publish(.buttonPressed)
        let beat = try home.publish(.sensorBeat(.button))

        #expect(press.map(\.topic) == ["zigbee2mqtt/button-0021", "zigbee2mqtt/button-0021/action", "zigbee2mqtt/button-0021"])
        #expect(try fields(press[0])["action"] as? String == "emergency")
        #expect(press[1].payload == "emergency")
        #expect(try fields(press[2])["action"] as? String == "")
        // Later reports must not press again.
        #expect(try fields(beat[0])["action"] is NSNull)
    }

    @Test("an open door has no contact")
    func polarity() throws {
        var home = home()

        #expect(try fields(try home.publish(.doorOpens)[0])["contact"] as? Bool == false)
        #expect(try fields(try home.publish(.doorCloses)[0])["contact"] as? Bool == true)
    }

    @Test("the bridge says that it is there, retained, before any device speaks, and that it has gone")
    func birthAndFarewell() throws {
        var network = ZigbeeNetwork(plan: Plan(households: 2, seed: 1, speed: .normal, story: .none, length: .seconds(1)))

        let birth = try network.birth()

        #expect(
            birth.first
                == Publication(
                    topic: "zigbee2mqtt/bridge/state", payload: #"{"state":"online"}"#, quality: .atLeastOnce, isRetained: true))
        #expect(birth.filter(\.isRetained).count == 1 + 2 * 4)
        #expect(birth.filter { !$0.isRetained }.allSatisfy { $0.quality == .atMostOnce })
        #expect(network.farewell().map(\.payload) == [#"{"state":"offline"}"#])
    }
}
