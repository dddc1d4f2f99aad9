import Testing
import VigilCore
import VigilTesting

/// The second person's look at a red alert, and what else people say of one (`alert-lifecycle.md`, section 3).
struct ReviewTests {
    private let id: AlertID = "sos-r1-1"

    private func closed(by contact: ContactID = "officer") -> EngineScript {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.act(.accept(id), by: contact)
        script.act(.close(id, outcome: .sos_real, note: ""), by: contact)
        script.deliverAll()
        return script
    }

    @Test("CLOSED: a second person agrees, once")
    func reviewed() {
        var script = closed()
        let awaited = script.alert(id)?.awaitsReview

        let reply = script.act(.review(id, note: "spoke to her"), by: "lead")

        #expect(awaited == true)
        #expect(reply == .done)
        #expect(script.alert(id)?.review?.by.contact == "lead")
        #expect(script.alert(id)?.awaitsReview == false)
        #expect(script.act(.review(id, note: ""), by: "second")?.refusal?.contains("lead") == true)
    }

    @Test("there is a week for it")
    func reviewedLater() {
        var script = closed()
        script.wait(.hours(7 * 24) - Milliseconds(1))

        #expect(script.act(.review(id, note: ""), by: "lead") == .done)
        #expect(script.alert(id)?.review?.by.contact == "lead")
    }

    @Test("who closed it cannot review it")
    func samePerson() {
        var script = closed()

        #expect(script.act(.review(id, note: ""), by: "officer")?.refusal?.contains("second person") == true)
    }

    @Test("what is open, and what was never red, is not reviewed")
    func nothingToReview() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(1))
        script.act(.close("heart_rate_bpm-r1-1", outcome: .ok_confirmed_by_phone, note: ""), by: "officer")

        #expect(script.act(.review(id, note: ""), by: "lead")?.refusal?.contains("open") == true)
        #expect(script.act(.review("heart_rate_bpm-r1-1", note: ""), by: "lead")?.refusal?.contains("never red") == true)
        #expect(script.alert("heart_rate_bpm-r1-1")?.awaitsReview == false)
    }

    @Test("CLOSED to RAISED: somebody who does not agree opens it again, and people are told as at first")
    func reopened() {
        var script = closed()

        let reply = script.act(.reopen(id, note: "she does not open the door"), by: "lead")

        #expect(reply == .done)
        #expect(script.alert(id)?.state == .raised)
        #expect(script.alert(id)?.closure == nil)
        #expect(script.deliveries.last.map { "\($0.contact) \($0.purpose) \($0.state)" } == "officer notify sending")
        script.deliverAll()
        #expect(script.wait(.seconds(60)).told == ["second/push"])
    }

    @Test("what was followed by another episode is not opened again: one is open under each key")
    func reopenedTooLate() {
        var script = closed()
        script.wait(.minutes(31))
        script.say("button1", "sos=true")

        #expect(script.act(.reopen(id, note: ""), by: "lead")?.refusal != nil)
        #expect(script.alerts.filter(\.isOpen).map(\.id) == ["sos-r1-2"])
    }

    @Test("\"seen\" is written down and stops nothing")
    func seen() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()

        let reply = script.act(.seen(id), by: "officer")

        #expect(reply == .done)
        #expect(script.story(of: id).last == .seen)
        #expect(script.alert(id)?.state == .raised)
        #expect(script.wait(.seconds(60)).told == ["second/push"])
    }

    @Test("the last one who was asked can't come: the next step, at once")
    func everybodyDeclines() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()

        script.act(.decline(id), by: "officer")

        #expect(script.deliveries.last?.contact == "second")
        #expect(script.alert(id)?.state == .raised)
    }

    @Test("while others are asked, one who can't come moves nothing, and is not rung again with them")
    func oneDeclines() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.wait(.seconds(60))
        script.deliverAll()
        let before = script.deliveries.count

        script.act(.decline(id), by: "officer")
        let after = script.deliveries.count
        let repeated = script.wait(.seconds(119))
        script.deliverAll()

        #expect(after == before)
        #expect(!repeated.told.contains("officer/push"))
    }

    @Test("a note needs words", arguments: ["", " \n"])
    func wordless(text: String) {
        var script = closed()
        let before = script.alert(id)?.timelineCount

        #expect(script.act(.note(id, text: text), by: "lead")?.refusal?.contains("without words") == true)
        #expect(script.alert(id)?.timelineCount == before)
    }

    @Test("a human cannot say that it cleared by itself")
    func autoCleared() {
        var script = EngineScript()
        script.say("button1", "sos=true")

        #expect(script.act(.close(id, outcome: .auto_cleared, note: ""), by: "officer")?.refusal?.contains("auto_cleared") == true)
    }

    @Test("who was never asked may help, and the record says so")
    func helper() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()

        script.act(.accept(id), by: "lead")

        let accepted = script.effects.entries.last { $0.event == .accepted }
        #expect(accepted?.detail.contains("was_not_asked") == true)
    }
}
