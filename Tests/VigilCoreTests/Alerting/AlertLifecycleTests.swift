import Testing
import VigilCore
import VigilTesting

/// The table of `alert-lifecycle.md`, section 3, row by row.
struct AlertLifecycleTests {
    func sos() -> EngineScript {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        return script
    }

    func yellow() -> EngineScript {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(1))
        script.deliverAll()
        return script
    }

    let id: AlertID = "sos-r1-1"
    let pulse: AlertID = "heart_rate_bpm-r1-1"

    // MARK: RAISED to OWNED

    @Test("RAISED to OWNED: a named person accepts responsibility, and escalation stops")
    func accept() {
        var script = sos()

        let reply = script.act(.accept(id), by: "officer")
        let later = script.wait(.minutes(3) - Milliseconds(1))

        #expect(reply == .done)
        #expect(script.alert(id)?.state == .owned)
        #expect(script.alert(id)?.owner?.contact == "officer")
        #expect(later.told.isEmpty)
    }

    @Test("RAISED to OWNED: an acceptance by somebody unknown is refused and changes nothing")
    func acceptByUnknown() {
        var script = sos()
        let before = script.alerts

        let reply = script.act(.accept(id), by: "stranger")

        guard case .refused(let why)? = reply else { return #expect(Bool(false), "was not refused") }
        #expect(
            why
                == LocalizedText(
                    zh: "没有联系人“stranger”;请查看 vigil registry export", en: #"there is no contact "stranger"; see: vigil registry export"#)
        )
        #expect(script.alerts == before)
    }

    @Test("RAISED to OWNED: the first wins, the second is refused with the owner's name (promises C10)")
    func acceptTwice() {
        var script = sos()
        script.act(.accept(id), by: "officer")

        let reply = script.act(.accept(id), by: "second")

        guard case .refused(let why)? = reply else { return #expect(Bool(false), "was not refused") }
        #expect(why == LocalizedText(zh: "sos-r1-1 已由 officer 接警", en: "sos-r1-1 is already taken by officer"))
        #expect(script.alert(id)?.owner?.contact == "officer")
    }

    @Test("RAISED to OWNED: the same person on another phone is already the owner")
    func acceptAgain() {
        var script = sos()
        script.act(.accept(id), by: "officer")
        let before = script.alerts

        let reply = script.act(.accept(id), by: "officer")

        #expect(reply == .done)
        #expect(script.alerts == before)
    }

    @Test("an alert that never was is refused")
    func unknownAlert() {
        var script = sos()

        guard case .refused? = script.act(.accept("sos-r1-9"), by: "officer") else {
            return #expect(Bool(false), "was not refused")
        }
    }

    // MARK: OWNED to RAISED

    @Test("OWNED to RAISED: the lease is over without progress, and escalation goes on at the next step")
    func leaseOver() {
        var script = sos()
        script.act(.accept(id), by: "officer")
        let notice = script.alert(id)?.notice ?? 0

        let effects = script.wait(.minutes(3))

        #expect(effects.entries.map(\.event) == [.lease_expired, .step])
        #expect(effects.told == ["second/push"])
        #expect(script.alert(id)?.state == .raised)
        #expect(script.alert(id)?.notice == notice + 1)
    }

    @Test("OWNED to RAISED: the steps after that keep their distances")
    func leaseOverDistances() {
        var script = sos()
        script.act(.accept(id), by: "officer")
        script.wait(.minutes(3))

        let early = script.wait(.seconds(120) - Milliseconds(1)).entries.filter { $0.event == .step }
        let due = script.wait(Milliseconds(1)).entries.filter { $0.event == .step }

        #expect(early.isEmpty)
        #expect(due.count == 1)
    }

    @Test("OWNED to RAISED: past the last step it begins anew, never with nobody")
    func leaseOverAtTheEnd() {
        var script = sos()
        script.wait(.seconds(60))
        script.deliverAll()
        script.wait(.seconds(120))
        script.deliverAll()
        script.act(.accept(id), by: "lead")
        script.deliverAll()

        let effects = script.wait(.minutes(3))

        #expect(effects.told == ["officer/push"])
    }

    @Test("OWNED to RAISED: the owner declines, and the next step comes at once")
    func decline() {
        var script = sos()
        script.act(.accept(id), by: "officer")

        let before = script.effects.count
        script.act(.decline(id), by: "officer")

        #expect(Array(script.effects[before...]).told == ["second/push"])
        #expect(script.alert(id)?.state == .raised)
    }

    @Test("a decline by somebody else than the owner is refused")
    func declineByOther() {
        var script = sos()
        script.act(.accept(id), by: "officer")

        guard case .refused? = script.act(.decline(id), by: "second") else { return #expect(Bool(false), "was not refused") }
        #expect(script.alert(id)?.state == .owned)
    }

    @Test("RAISED: one of those who were told declines: that is recorded, and escalation goes on as before")
    func declineUnowned() {
        var script = sos()
        script.wait(.seconds(60))
        script.deliverAll()
        let before = script.alert(id)?.escalation

        let reply = script.act(.decline(id), by: "officer")

        #expect(
            reply
                == .recorded(
                    LocalizedText(
                        zh: "已记录 officer 无法接警;sos-r1-1 目前无人负责,继续升级",
                        en: "recorded that officer declines; nobody has sos-r1-1, escalation goes on")))
        #expect(script.story(of: id).last == .declined)
        #expect(script.alert(id)?.escalation == before)
        #expect(script.alert(id)?.state == .raised)
    }

    @Test("RAISED: somebody whom a step has named and no message could reach may decline by voice")
    func declineNamed() {
        var registry = SmallCommunity.registry()
        for index in registry.contacts.indices where registry.contacts[index].id == "officer" { registry.contacts[index].methods = [] }
        var script = EngineScript(registry)
        script.say("button1", "sos=true")

        guard case .recorded? = script.act(.decline(id), by: "officer") else { return #expect(Bool(false), "was not recorded") }
    }

    @Test(
        "RAISED: a decline by somebody whom nobody asked is refused and changes nothing",
        arguments: [
            (
                "daughter" as ContactID?,
                LocalizedText(
                    zh: "尚未就 sos-r1-1 通知过 daughter,无需退回", en: "daughter has not been asked about sos-r1-1: there is nothing to decline")
            ),
            (
                nil,
                LocalizedText(
                    zh: "尚未就 sos-r1-1 通知过 operator,无需退回;请用 --as 说明是谁无法接警",
                    en: "operator has not been asked about sos-r1-1: there is nothing to decline; say who declines with --as")
            ),
        ])
    func declineUnasked(by contact: ContactID?, words: LocalizedText) {
        var script = sos()
        let before = script.alerts

        let reply = script.act(.decline(id), by: contact)

        #expect(reply == .refused(words))
        #expect(script.alerts == before)
    }

    @Test("yellow's lease is its policy's")
    func yellowLease() {
        var script = yellow()
        script.act(.accept(pulse), by: "officer")

        let early = script.wait(.minutes(30) - Milliseconds(1)).entries.filter { $0.event == .lease_expired }
        let due = script.wait(Milliseconds(1)).entries.filter { $0.event == .lease_expired }

        #expect(early.isEmpty && due.count == 1)
    }

    // MARK: OWNED to ATTENDING

    @Test("OWNED to ATTENDING: on the way and on scene extend the lease", arguments: [true, false])
    func attending(onScene: Bool) {
        var script = sos()
        script.act(.accept(id), by: "officer")
        script.wait(.minutes(2))
        script.act(onScene ? .onScene(id) : .onTheWay(id), by: "officer")

        let early = script.wait(.minutes(15) - Milliseconds(1)).entries
        let due = script.wait(Milliseconds(1)).entries.map(\.event)

        #expect(early.isEmpty)
        #expect(due == [.lease_expired, .step])
        #expect(script.alert(id)?.state == .raised)
    }

    @Test("OWNED to ATTENDING: progress on the scene begins the lease anew")
    func progress() {
        var script = sos()
        script.act(.onTheWay(id), by: "officer")
        script.wait(.minutes(14))
        script.act(.onScene(id), by: "officer")

        let early = script.wait(.minutes(14)).entries

        #expect(early.isEmpty)
        #expect(script.alert(id)?.state == .attending)
    }

    @Test("who goes without having accepted takes responsibility by going")
    func attendingUnowned() {
        var script = sos()

        let reply = script.act(.onTheWay(id), by: "second")

        #expect(reply == .done)
        #expect(script.alert(id)?.owner?.contact == "second")
    }

    @Test("somebody else's way does not take an owned alert")
    func attendingByOther() {
        var script = sos()
        script.act(.accept(id), by: "officer")

        guard case .refused? = script.act(.onScene(id), by: "second") else { return #expect(Bool(false), "was not refused") }
        #expect(script.alert(id)?.state == .owned)
    }

    // MARK: "taken by"

    @Test("on OWNED everyone who was told hears who took it, the others do not, and what is pending is withdrawn (5)")
    func taken() {
        var script = sos()
        script.wait(.seconds(60))
        script.deliverAll()
        script.wait(.seconds(120))
        let waiting = script.deliveries.filter { $0.state == .ready || $0.state == .sending }.map(\.id)

        let before = script.effects.count
        script.act(.accept(id), by: "second")
        let fresh = Array(script.effects[before...])

        let taken = fresh.deliveries.filter { $0.purpose == .taken }
        // The lead and the family had messages on their way, so they may have read them.
        #expect(Set(taken.map(\.contact)) == ["officer", "lead", "son", "daughter"])
        #expect(Set(waiting).isSubset(of: Set(fresh.deliveries.filter { $0.state == .withdrawn }.map(\.id))))
    }

    @Test("who was named but never told hears nothing of it")
    func notTold() {
        var rules = SmallCommunity.rules()
        rules.channels = [ChannelLimits(id: "push", concurrency: 1), ChannelLimits(id: "sms", concurrency: 1)]
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("button2", "sos=true")
        script.say("button1", "sos=true")

        let before = script.effects.count
        script.act(.accept(id), by: "second")

        #expect(Array(script.effects[before...]).deliveries.filter { $0.purpose == .taken }.isEmpty)
    }

    @Test("the message names the owner")
    func takenMessage() {
        var script = sos()
        script.wait(.seconds(60))
        script.deliverAll()

        script.act(.accept(id), by: "second")

        let message = script.deliveries.last { $0.purpose == .taken }?.message
        #expect(message?.body.contains("Name of second") == true)
        #expect(message?.isAcceptable == false)
    }
}
