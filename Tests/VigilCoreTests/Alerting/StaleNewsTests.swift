import Testing
import VigilCore
import VigilTesting

/// What was said of how an alert stands is taken back when it is not so any more (`alert-lifecycle.md`, section 5).
struct StaleNewsTests {
    private let id: AlertID = "sos-r1-1"

    /// The officer and `second` were told, `second` did what is given, and the officer's phone refuses the news of it.
    private func story(_ action: Command.Action) -> EngineScript {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.wait(.seconds(60))
        script.deliverAll()
        script.act(action, by: "second")
        for delivery in script.deliveries where delivery.state == .sending {
            script.settle(delivery.id, .retryable(reason: "503", after: nil))
        }
        return script
    }

    private func unsettled(_ script: EngineScript, _ purpose: Delivery.Purpose) -> [Delivery] {
        script.engine.deliveries.filter { $0.purpose == purpose }
    }

    /// Every send of the purpose that begins from here on, whatever the channel answers.
    private func sends(_ script: inout EngineScript, _ purpose: Delivery.Purpose, within length: Milliseconds) -> [Delivery] {
        script.wait(length).deliveries.filter { $0.purpose == purpose && $0.state == .sending }
    }

    @Test("taken by X is taken back when the lease of X ends; until then it is tried again")
    func leaseEnds() {
        var script = story(.accept(id))

        let tried = sends(&script, .taken, within: .minutes(2))
        script.wait(.minutes(1))

        #expect(!tried.isEmpty)
        #expect(script.story(of: id).contains(.lease_expired))
        #expect(unsettled(script, .taken).isEmpty)
        #expect(sends(&script, .taken, within: .minutes(30)).isEmpty)
    }

    @Test("taken by X is taken back when X gives it back")
    func declined() {
        var script = story(.accept(id))
        #expect(!unsettled(script, .taken).isEmpty)

        script.act(.decline(id), by: "second")

        #expect(unsettled(script, .taken).isEmpty)
        #expect(sends(&script, .taken, within: .minutes(30)).isEmpty)
    }

    @Test("taken by X stays when somebody else cannot come: it is true still")
    func otherDeclines() {
        var script = story(.accept(id))
        let before = unsettled(script, .taken)

        script.act(.decline(id), by: "officer")

        #expect(unsettled(script, .taken) == before)
        #expect(!before.isEmpty)
    }

    @Test("closed is taken back when the alert reopens, by a person or by what happens again", arguments: [true, false])
    func reopens(byPerson: Bool) {
        var script = story(.close(id, outcome: .sos_accidental, note: ""))
        #expect(!unsettled(script, .closed).isEmpty)

        if byPerson { script.act(.reopen(id, note: ""), by: "officer") } else { script.say("button1", "sos=true") }

        #expect(script.alert(id)?.state == .raised)
        #expect(unsettled(script, .closed).isEmpty)
        #expect(sends(&script, .closed, within: .minutes(30)).isEmpty)
        #expect(!unsettled(script, .notify).isEmpty)
    }

    @Test("closed stays when a second person agrees")
    func reviewed() {
        var script = story(.close(id, outcome: .sos_accidental, note: ""))
        let before = unsettled(script, .closed)

        script.act(.review(id, note: ""), by: "officer")

        #expect(unsettled(script, .closed) == before)
        #expect(!before.isEmpty)
    }

    @Test("news that is with a worker is withdrawn as well, and the worker asks before it sends")
    func underWay() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.act(.accept(id), by: "second")
        let news = script.deliveries.filter { $0.purpose == .taken && $0.state == .sending }.map(\.id)

        script.act(.decline(id), by: "second")

        #expect(!news.isEmpty)
        #expect(news.allSatisfy { script.delivery($0)?.state == .withdrawn })
    }
}
