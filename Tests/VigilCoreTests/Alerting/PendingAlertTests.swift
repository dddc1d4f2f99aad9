import Testing
import VigilCore
import VigilTesting

/// PENDING of `alert-lifecycle.md`, section 3: the moment in which the resident may say that it is nothing.
struct PendingAlertTests {
    private let id: AlertID = "fall-r1-1"

    private func fallen() -> EngineScript {
        var script = EngineScript()
        script.say("watch1", "fall=true")
        return script
    }

    @Test("a fall on a device that can cancel waits 20 s, and nobody is told meanwhile")
    func waits() {
        var script = fallen()

        let meanwhile = script.wait(.seconds(20) - Milliseconds(1))

        #expect(script.alert(id)?.state == .pending)
        #expect(script.deliveries.isEmpty && meanwhile.told.isEmpty)
    }

    @Test("a fall on a device that cannot cancel waits for nothing")
    func noWindow() {
        var script = EngineScript()

        let effects = script.say("band1", "fall=true")

        #expect(script.alert(id)?.state == .raised)
        #expect(effects.told == ["officer/push"])
    }

    @Test("PENDING to RAISED: the window is over")
    func windowOver() {
        var script = fallen()

        let effects = script.wait(.seconds(20))

        #expect(effects.entries.map(\.event) == [.raised, .step])
        #expect(effects.told == ["officer/push"])
        #expect(script.alert(id)?.raisedAt == script.time)
    }

    @Test("PENDING to RAISED: a second source confirms, and so does a second fall", arguments: ["band1", "watch1"])
    func confirmed(device: String) {
        var script = fallen()
        script.wait(.seconds(5))

        let effects = script.say(device, "fall=true")

        #expect(effects.entries.map(\.event) == [.reoccurred, .raised, .step])
        #expect(effects.told == ["officer/push"])
    }

    @Test("a call for help rings at once, whatever the device")
    func sos() {
        var script = EngineScript()

        #expect(script.say("watch1", "sos=true").told == ["officer/push"])
    }

    @Test("PENDING to CLOSED: the resident cancels, nobody is told, and it is counted")
    func cancelled() {
        var script = fallen()
        script.wait(.seconds(5))

        let effects = script.say("watch1", "cancel=true")
        let later = script.wait(.minutes(5))

        #expect(effects.entries.map(\.event) == [.cancelled, .closed])
        #expect(script.alert(id)?.closure?.outcome == .resident_cancelled)
        #expect(script.alert(id)?.closure?.by == .resident)
        #expect(script.deliveries.isEmpty && later.told.isEmpty)
    }

    @Test("a cancel after the window ends nothing: only a human closes red, and the story says that it came")
    func tooLate() {
        var script = fallen()
        script.wait(.seconds(20))

        let effects = script.say("watch1", "cancel=true")

        #expect(effects.entries.map(\.event) == [.cancelled])
        #expect(script.alert(id)?.state == .raised)
        #expect(script.wait(.seconds(60)).told.contains("second/push"))
    }

    @Test("a cancel of another resident's device ends nothing")
    func cancelledElsewhere() {
        var script = fallen()

        script.say("watch2", "cancel=true")

        #expect(script.alert(id)?.state == .pending)
    }

    @Test("a fall soon after a cancel is the same episode, and has its window again")
    func fallsAgain() {
        var script = fallen()
        script.say("watch1", "cancel=true")
        script.wait(.minutes(10))

        let effects = script.say("watch1", "fall=true")

        #expect(effects.entries.map(\.event) == [.reopened])
        #expect(script.alert(id)?.state == .pending)
        #expect(script.wait(.seconds(20)).told == ["officer/push"])
    }

    @Test("three cancels in 24 h are a yellow alert: please check")
    func cancelledOften() {
        var script = EngineScript()
        for _ in 0..<2 {
            script.say("watch1", "fall=true")
            script.say("watch1", "cancel=true")
            script.wait(.hours(8))
        }
        let before = script.alert("cancelled_often-r1-1")
        script.deliverAll()
        script.say("watch1", "fall=true")

        let effects = script.say("watch1", "cancel=true")

        #expect(before == nil)
        #expect(script.alert("cancelled_often-r1-1")?.severity == .yellow)
        #expect(effects.told == ["officer/push"])
    }

    @Test("three cancels in more than 24 h are nobody's business")
    func cancelledSeldom() {
        var script = EngineScript()
        for _ in 0..<3 {
            script.say("watch1", "fall=true")
            script.say("watch1", "cancel=true")
            script.wait(.hours(13))
        }

        #expect(!script.alerts.contains { $0.key.kind == "cancelled_often" })
    }

    @Test("somebody who sees it in time may take it, and escalation never begins")
    func accepted() {
        var script = fallen()

        let reply = script.act(.accept(id), by: "officer")

        #expect(reply == .done)
        #expect(script.alert(id)?.state == .owned)
        #expect(script.wait(.seconds(60)).told.isEmpty)
    }
}
