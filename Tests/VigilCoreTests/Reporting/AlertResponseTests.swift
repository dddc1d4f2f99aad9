import Testing
import VigilCore
import VigilTesting

struct AlertResponseTests {
    private let id: AlertID = "sos-r1-1"

    @Test("a response is measured from the raise to the first of each")
    func wholeWay() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.wait(.seconds(40))
        script.act(.accept(id), by: "officer")
        script.wait(.seconds(20))
        script.act(.onTheWay(id), by: "officer")
        script.wait(.minutes(5))
        script.act(.onScene(id), by: "officer")
        script.wait(.minutes(10))
        script.act(.close(id, outcome: .sos_real, note: ""), by: "officer")

        let response = try #require(script.responses(of: id).first)

        let start = EngineScript.origin
        #expect(script.responses(of: id).count == 1)
        #expect(response.raisedAt == start)
        #expect(response.ownedAt == start + .seconds(40))
        #expect(response.onSceneAt == start + .seconds(360))
        #expect(response.closedAt == start + .seconds(960))
        #expect(response.outcome == .sos_real)
        #expect(response.severity == .red)
    }

    @Test("the outcome is read back from the timeline", arguments: OutcomeCode.allCases.filter { $0 != .auto_cleared })
    func outcomes(outcome: OutcomeCode) {
        var script = EngineScript()
        script.say("button1", "sos=true")

        script.act(.close(id, outcome: outcome, note: "outcome=fall_injury"), by: "officer")

        #expect(script.responses(of: id).map(\.outcome) == [outcome])
    }

    @Test("whoever sets out at once has taken it")
    func onTheWay() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.wait(.seconds(9))

        script.act(.onTheWay(id), by: "officer")

        #expect(script.responses(of: id).map(\.ownedAt) == [EngineScript.origin + .seconds(9)])
    }

    @Test("who had it first counts, also after the lease was over")
    func leaseOver() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.wait(.seconds(10))
        script.act(.accept(id), by: "officer")
        script.wait(.minutes(10))

        script.act(.accept(id), by: "second")

        #expect(script.responses(of: id).map(\.ownedAt) == [EngineScript.origin + .seconds(10)])
    }

    @Test("what the resident cancels was never raised")
    func cancelled() throws {
        var script = EngineScript()
        script.say("watch1", "fall=true")
        script.wait(.seconds(5))

        script.say("watch1", "cancel=true")

        let response = try #require(script.responses(of: "fall-r1-1").first)
        #expect(response.isCancelled)
        #expect(response.raisedAt == nil)
        #expect(response.outcome == .resident_cancelled)
    }

    @Test("after the moment to cancel, people are told and the clock runs from then")
    func windowOver() throws {
        var script = EngineScript()
        script.say("watch1", "fall=true")

        script.wait(.minutes(1))

        let response = try #require(script.responses(of: "fall-r1-1").first)
        #expect(response.beganAt == EngineScript.origin)
        #expect(response.raisedAt == EngineScript.origin + .seconds(20))
        #expect(response.isCancelled == false)
    }

    @Test("what happens again after the end is a response of its own, with an outcome of its own")
    func reopenedByFinding() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.act(.close(id, outcome: .drill, note: ""), by: "officer")
        script.wait(.minutes(5))

        script.say("button1", "sos=true")
        script.wait(.seconds(30))
        script.act(.accept(id), by: "officer")
        script.act(.close(id, outcome: .sos_real, note: ""), by: "officer")

        let responses = script.responses(of: id)
        #expect(responses.map(\.outcome) == [.drill, .sos_real])
        #expect(responses.map(\.ownedAt) == [nil, EngineScript.origin + .seconds(330)])
        #expect(responses.map(\.raisedAt) == [EngineScript.origin, EngineScript.origin + .minutes(5)])
    }

    @Test("an outcome that somebody did not agree with counts no more")
    func reopenedByHand() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.act(.close(id, outcome: .sos_accidental, note: ""), by: "officer")

        script.act(.reopen(id, note: "she does not open the door"), by: "second")

        #expect(script.responses(of: id).map(\.outcome) == [nil, nil])
        #expect(script.responses(of: id).map(\.closedAt) == [EngineScript.origin, nil])
    }

    @Test("an alert whose timeline was lost is there, and its times are not known")
    func lost() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.act(.accept(id), by: "officer")
        script.act(.close(id, outcome: .sos_real, note: ""), by: "officer")
        let history = try #require(script.histories.first)

        let nothing = AlertResponse.all(of: AlertHistory(alert: history.alert, entries: []))
        let end = AlertResponse.all(of: AlertHistory(alert: history.alert, entries: [history.entries[1], history.entries[2]]))

        #expect(nothing.map(\.isWhole) == [false])
        #expect(nothing.map(\.outcome) == [.sos_real])
        #expect(end.map(\.isWhole) == [false])
        #expect(end.map(\.outcome) == [.sos_real])
    }

    @Test("what is held back from its beginning counts from the moment that people are told")
    func held() throws {
        var script = EngineScript()
        script.act(.place(OrderRequest(.silence(AlertMatcher(kind: "device_silent")), lasts: .hours(24), reason: "works")), by: nil)
        script.wait(.hours(23))
        let alert = try #require(script.alerts.first { $0.key.kind == "device_silent" })
        let held = script.responses(of: alert.id)
        script.wait(.hours(1))

        #expect(held.map(\.isHeld) == [true])
        #expect(held.map(\.raisedAt) == [nil])
        #expect(script.responses(of: alert.id).map(\.raisedAt) == [EngineScript.origin + .hours(24)])
    }

    @Test("what is held back to its end was told nobody, and the resident has not cancelled it")
    func heldToItsEnd() throws {
        var script = EngineScript()
        script.act(.place(OrderRequest(.silence(AlertMatcher(kind: "device_silent")), lasts: .hours(24), reason: "works")), by: nil)
        script.wait(.hours(23))
        let alert = try #require(script.alerts.first { $0.key.kind == "device_silent" })

        script.act(.close(alert.id, outcome: .device_fault, note: ""), by: nil)

        let response = try #require(script.responses(of: alert.id).first)
        #expect(response.isHeld && !response.isCancelled)
        #expect(response.raisedAt == nil)
        #expect(script.report(.kind).allSatisfy { $0.key != "device_silent" || $0.falseAlarms == 0 })
    }

    @Test("an announced drill is one before anybody has closed it")
    func openDrill() {
        var script = EngineScript()
        script.act(.place(OrderRequest(.drill(.device("button1")), lasts: .hours(1))), by: nil)
        script.say("button1", "sos=true")

        #expect(script.responses(of: id).map(\.isDrill) == [true])
        #expect(script.report(.kind).first { $0.key == "sos" }?.alerts == 0)
    }
}
