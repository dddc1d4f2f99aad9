import Testing
import VigilCore
import VigilTesting

/// `alert-lifecycle.md`, section 8: weekly button tests are recognised as such.
struct DeviceTestTests {
    private static let origin = EngineScript.origin

    private func drill(_ subject: Subject) -> EngineScript {
        var script = EngineScript()
        script.act(.place(OrderRequest(.drill(subject), lasts: .hours(1))), by: "officer")
        return script
    }

    private func test(_ device: String, _ way: DeviceTest.Way, at time: EngineTime = origin) -> DeviceTest {
        DeviceTest(device: TextDecoder.address(device), testedAt: time, way: way)
    }

    @Test("a press under a drill is a test of the device that was pressed", arguments: [Subject.resident("r1"), .device("button1")])
    func pressUnderDrill(subject: Subject) {
        var script = drill(subject)

        let press = script.say("button1", "sos=true")
        let taken = script.effects.count
        script.act(.accept("sos-r1-1"), by: "officer")

        #expect(press.tests == [test("button1", .drill)])
        #expect(Array(script.effects[taken...]).tests.isEmpty)
    }

    @Test("a press that nobody announced, a cancel and a fall are no tests")
    func noTest() {
        var script = drill(.device("button1"))
        script.say("button2", "sos=true")
        script.say("button1", "cancel=true")
        script.say("band1", "fall=true")

        #expect(script.effects.tests.isEmpty)
    }

    @Test("a press under a drill that arrives late was a test when it happened")
    func late() {
        var script = drill(.device("button1"))
        script.wait(.minutes(30))

        let press = script.tell("button1", "sos=true", ago: .minutes(20))

        #expect(press.tests == [test("button1", .drill, at: Self.origin + .minutes(10))])
    }

    @Test("what is closed as a drill was a test of everything that called, when it called")
    func closedAsDrill() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.wait(.seconds(5))
        script.say("band1", "sos=true")
        script.wait(.minutes(2))
        let before = script.effects.count

        script.act(.close("sos-r1-1", outcome: .drill, note: ""), by: "officer")

        #expect(
            Array(script.effects[before...]).tests == [
                test("button1", .outcome), test("band1", .outcome, at: Self.origin + .seconds(5)),
            ])
    }

    @Test("what is closed with another outcome, or is no call for help, was no test")
    func closedOtherwise() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.act(.close("sos-r1-1", outcome: .sos_accidental, note: ""), by: "officer")
        script.say("band1", "fall=true")
        script.act(.close("fall-r1-1", outcome: .drill, note: ""), by: "officer")

        #expect(script.effects.tests.isEmpty)
    }

    @Test("smoke that was found on connecting, and closed as a drill, tells nobody when it was")
    func foundOnConnect() {
        var script = EngineScript()
        script.say("smoke1", "smoke=true", retained: true)
        script.say("smoke2", "smoke=true")

        script.act(.close("smoke-d1-1", outcome: .drill, note: ""), by: "officer")
        script.act(.close("smoke-d2-1", outcome: .drill, note: ""), by: "officer")

        #expect(script.effects.tests == [test("smoke2", .outcome)])
    }

    @Test("a detector's own test button is a test, once until it is let go")
    func testButton() {
        var script = EngineScript()

        script.say("smoke1", "smoke_test=true")
        script.say("smoke1", "smoke_test=true")
        script.say("smoke1", "smoke_test=false")
        script.say("smoke2", "smoke_test=true", retained: true)

        #expect(script.effects.tests == [test("smoke1", .testButton)])
    }

    @Test("an effect is one line with the device's address")
    func line() throws {
        let effect = Effect.tested(DeviceTest(device: TextDecoder.address("x"), testedAt: EngineTime(7), way: .testButton))

        #expect(try EffectLines.line(effect) == #"{"device":"text:x","effect":"tested","tested_at":7,"way":"test_button"}"#)
    }
}
