import Testing
import VigilCore
import VigilTesting

/// What Zigbee2MQTT does to events on their way, through the whole engine.
struct BridgedEventTests {
    @Test("a press on its own topic and in the object counts once, the next press again (output: attribute_and_json)")
    func onePress() {
        var script = BridgedCommunity.script

        script.say("zigbee2mqtt/button1", #"{"action":"emergency","battery":80}"#)
        script.say("zigbee2mqtt/button1/action", "emergency")
        script.say("zigbee2mqtt/button1", #"{"action":"","battery":80}"#)
        script.say("zigbee2mqtt/button1/action", "")
        let once = script.alerts.map(\.occurrences)
        script.wait(.seconds(30))
        script.say("zigbee2mqtt/button1", #"{"action":"emergency","battery":80}"#)
        script.say("zigbee2mqtt/button1/action", "emergency")

        #expect(once == [1])
        #expect(script.alerts.map(\.occurrences) == [2])
    }

    @Test("a press that the broker kept is no press")
    func retainedPress() {
        var script = BridgedCommunity.script

        script.say("zigbee2mqtt/button1", #"{"action":"emergency","battery":80}"#, retained: true)

        #expect(script.alerts.isEmpty)
    }

    @Test("the states that come with a press are no further press: null and empty end it, the battery's report repeats nothing")
    func afterPress() {
        var script = BridgedCommunity.script
        script.say("zigbee2mqtt/button1", #"{"action":"emergency","battery":80}"#)

        script.wait(.seconds(5))
        script.say("zigbee2mqtt/button1", #"{"action":null,"battery":80}"#)
        script.say("zigbee2mqtt/button1", #"{"battery":79}"#)
        script.say("zigbee2mqtt/button1", #"{"action":"","battery":79}"#)

        #expect(script.alerts.map(\.occurrences) == [1])
    }

    @Test("smoke that a bridge repeats from its cache with every report is one fire")
    func cachedSmoke() {
        var script = BridgedCommunity.script

        for linkquality in 1...5 {
            script.say("zigbee2mqtt/smoke1", #"{"smoke":true,"battery_low":false,"linkquality":\#(linkquality)}"#)
            script.wait(.seconds(20))
        }

        #expect(script.alerts.filter { $0.key.kind == "smoke" }.map(\.occurrences) == [1])
    }

    @Test("smoke that begins in the second in which the state before it arrives is a fire, and its end a second later closes nothing")
    func falseThenTrue() throws {
        var script = BridgedCommunity.script

        script.say("zigbee2mqtt/smoke1", #"{"smoke":false}"#)
        script.say("zigbee2mqtt/smoke1", #"{"smoke":true}"#)
        script.wait(.seconds(1))
        script.say("zigbee2mqtt/smoke1", #"{"smoke":false,"device":{"status":"offline"}}"#)
        script.wait(.minutes(5))

        let alert = try #require(script.alerts.first { $0.key.kind == "smoke" })
        #expect(alert.state != .closed)
        #expect(alert.severity == .red)
    }

    @Test("a test at the detector is kept as one and rings nobody; the fire after it rings")
    func testPress() {
        var script = BridgedCommunity.script

        script.say("zigbee2mqtt/smoke1", #"{"smoke":true,"battery_low":false,"test":true}"#)
        let tests = script.effects.compactMap { if case .tested(let test) = $0 { test.way } else { nil } }
        let afterTest = script.alerts.count
        script.say("zigbee2mqtt/smoke1", #"{"smoke":false,"battery_low":false,"test":false}"#)
        script.wait(.minutes(1))
        script.say("zigbee2mqtt/smoke1", #"{"smoke":true,"battery_low":false,"test":false}"#)

        #expect(tests == [.testButton])
        #expect(afterTest == 0)
        #expect(script.alerts.map(\.key.kind) == ["smoke"])
    }

    @Test("a suspicion that becomes a fall is one story, and a settings page with a fall in its name is none")
    func radar() {
        var script = BridgedCommunity.script

        script.say("zigbee2mqtt/motion1", #"{"presence":true,"tumble_switch":"ON","fall_sensitivity":7,"fall_detection":"ON"}"#)
        let before = script.alerts.count
        script.say("zigbee2mqtt/motion1", #"{"fall_status":"fall_warning","occupancy":true}"#)
        script.wait(.seconds(10))
        script.say("zigbee2mqtt/motion1", #"{"fall_status":"fall_alarm","occupancy":true}"#)
        script.wait(.seconds(1))

        #expect(before == 0)
        #expect(script.alerts.contains { $0.key.kind == "fall" && $0.severity == .red })
    }
}
