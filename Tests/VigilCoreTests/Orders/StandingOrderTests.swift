import Testing
import VigilCore
import VigilTesting

/// `alert-lifecycle.md`, section 4: what people put in force has an author, an end, and a place in the record.
struct StandingOrderTests {
    private func silence(_ matcher: AlertMatcher, for length: Milliseconds = .hours(1), reason: String = "roof works") -> Command.Action
    {
        .place(OrderRequest(.silence(matcher), lasts: length, reason: reason))
    }

    private func away(_ resident: ResidentID = "r1", for length: Milliseconds = .hours(48)) -> Command.Action {
        .place(OrderRequest(.context(.away, of: resident), lasts: length))
    }

    @Test("an order is written in the turn that decides it, and its answer names it")
    func placed() throws {
        var script = EngineScript()

        let by = Actor(contact: "officer", via: "ntfy")
        let fresh = script.apply(.command(Command(id: "c1", action: silence(AlertMatcher(kind: "absence")), by: by)))

        let order = try #require(fresh.orders.first)
        #expect(order.id == "silence-1")
        #expect(order.by == by)
        #expect(order.reason == "roof works")
        #expect(order.until - order.from == .hours(1))
        #expect(fresh.contains(.reply(CommandReply(command: "c1", verdict: .done, order: "silence-1"))))
        #expect(script.engine.standingOrders == [order])
    }

    @Test("it expires at its end, by itself and not before")
    func expires() throws {
        var script = EngineScript()
        script.act(away(for: .hours(2)), by: "son")

        let early = script.wait(.hours(2) - Milliseconds(1)).orders
        let due = script.wait(Milliseconds(1)).orders

        #expect(early.isEmpty)
        let end = try #require(due.first?.end)
        #expect(end.by == .engine)
        #expect(script.engine.standingOrders.isEmpty)
    }

    @Test("it can be ended before its time, once")
    func ended() {
        var script = EngineScript()
        script.act(away(), by: "son")

        let first = script.act(.endOrder("away-1"), by: "officer")
        let again = script.act(.endOrder("away-1"), by: "officer")

        #expect(first == .done)
        #expect(script.effects.orders.last?.end?.by.contact == "officer")
        #expect(again?.refusal?.contains("no order \"away-1\" is in force") == true)
    }

    @Test(
        "what nobody may put in force is refused by name, and nothing is applied",
        arguments: [
            (OrderRequest(.silence(AlertMatcher(kind: "absence")), lasts: .hours(1), reason: " "), "a silence needs a reason"),
            (OrderRequest(.silence(AlertMatcher(kind: "absence")), lasts: .zero, reason: "x"), "its end lies in the past"),
            (OrderRequest(.silence(AlertMatcher(kind: "absence")), lasts: .hours(-1), reason: "x"), "its end lies in the past"),
            (
                OrderRequest(.silence(AlertMatcher(kind: "absence")), startsIn: .hours(3), lasts: .hours(-1), reason: "x"),
                "it ends before it begins"
            ),
            (OrderRequest(.silence(AlertMatcher()), lasts: .hours(1), reason: "x"), "a silence of everything is none"),
            (OrderRequest(.silence(AlertMatcher(kind: "sos")), lasts: .hours(1), reason: "x"), "kind \"sos\" is red"),
            (OrderRequest(.silence(AlertMatcher(rule: "fall")), lasts: .hours(1), reason: "x"), "rule \"fall\" is red"),
            (
                OrderRequest(.silence(AlertMatcher(kind: "storage_replaced")), lasts: .hours(1), reason: "x"),
                "kind \"storage_replaced\" is red"
            ),
            (
                OrderRequest(.silence(AlertMatcher(kind: "absense")), lasts: .hours(1), reason: "x"),
                "no rule raises \"absense\"; did you mean \"absence\"?"
            ),
            (OrderRequest(.silence(AlertMatcher(rule: "pulze")), lasts: .hours(1), reason: "x"), "there is no rule \"pulze\""),
            (
                OrderRequest(.silence(AlertMatcher(kind: "absence", rule: "pulse")), lasts: .hours(1), reason: "x"),
                "rule \"pulse\" does not raise \"absence\""
            ),
            (OrderRequest(.silence(AlertMatcher(resident: "r9")), lasts: .hours(1), reason: "x"), "there is no resident \"r9\""),
            (OrderRequest(.silence(AlertMatcher(grid: "g9")), lasts: .hours(1), reason: "x"), "there is no grid \"g9\""),
            (OrderRequest(.silence(AlertMatcher(device: "x")), lasts: .hours(1), reason: "x"), "there is no device \"x\""),
            (
                OrderRequest(.silence(AlertMatcher(kind: "absence")), lasts: .hours(12) + Milliseconds(1), reason: "x"),
                "lasts 12h at most"
            ),
            (OrderRequest(.silence(AlertMatcher(grid: "g1")), lasts: .hours(13), reason: "x"), "lasts 12h at most"),
            (
                OrderRequest(.silence(AlertMatcher(kind: "device_silent")), lasts: .hours(24) + Milliseconds(1), reason: "x"),
                "lasts 1d at most"
            ),
            (OrderRequest(.context(.hospital, of: "r9"), lasts: .hours(1)), "there is no resident \"r9\""),
            (OrderRequest(.context(.hospital, of: "r1"), lasts: .hours(400 * 24)), "lasts 366d at most"),
            (OrderRequest(.drill(.device("x")), lasts: .hours(1)), "there is no device \"x\""),
            (OrderRequest(.drill(.dwelling("d1")), lasts: .hours(1)), "a drill is about a resident or a device"),
            (OrderRequest(.drill(.device("button1")), lasts: .hours(5)), "lasts 4h at most"),
            (
                OrderRequest(.context(.away, of: "r1"), startsIn: .hours(-1), lasts: .hours(1)),
                "it begins in the past"
            ),
        ])
    func refused(request: OrderRequest, words: String) {
        var script = EngineScript()

        let answer = script.act(.place(request), by: "officer")

        #expect(answer?.refusal?.contains(words) == true, "\(answer?.refusal ?? "done")")
        if case .refused(let why) = answer { #expect(why.chinese.contains(/\p{Han}/), "\(why.chinese)") }
        #expect(script.effects.orders.isEmpty)
        #expect(script.engine.standingOrders.isEmpty)
    }

    @Test("nobody is no author")
    func nobody() {
        var script = EngineScript()

        let fresh = script.apply(.command(Command(id: "c1", action: away(), by: Actor(via: "mqtt"))))

        #expect(fresh.orders.isEmpty)
        let words = LocalizedText(
            zh: "无人署名;请以登录用户或联系人的身份提出", en: "nobody stands for it; say who asks, by login or as a contact")
        #expect(fresh.contains(.reply(CommandReply(command: "c1", verdict: .refused(words)))))
    }

    @Test(
        "what lies just inside the caps is done",
        arguments: [
            OrderRequest(.silence(AlertMatcher(kind: "absence")), lasts: .hours(12), reason: "x"),
            OrderRequest(.silence(AlertMatcher(kind: "device_silent")), lasts: .hours(24), reason: "x"),
            // The shortage of room is yellow; what cannot be recorded is red, and tells all the same.
            OrderRequest(.silence(AlertMatcher(kind: "storage")), lasts: .hours(24), reason: "x"),
            OrderRequest(.silence(AlertMatcher(kind: "roster_gap")), lasts: .hours(24), reason: "x"),
            OrderRequest(.silence(AlertMatcher(grid: "g1", device: "motion1")), lasts: .hours(12), reason: "x"),
            OrderRequest(.drill(.resident("r1")), lasts: .hours(4)),
            OrderRequest(.context(.visitor, of: "r1"), startsIn: .hours(1), lasts: .hours(1)),
        ])
    func accepted(request: OrderRequest) {
        var script = EngineScript()

        #expect(script.act(.place(request), by: nil) == .done)
    }

    @Test("a kind that some rule raises red and another one yellow can be silenced: the red alert tells all the same")
    func mixed() {
        var rules = SmallCommunity.rules()
        rules.rules.append(SmallCommunity.pulse(.red, above: 150, clearBelow: 140, for: "10s", id: "racing"))
        var script = EngineScript(SmallCommunity.registry(), rules)

        #expect(script.act(silence(AlertMatcher(kind: "heart_rate_bpm")), by: nil) == .done)
    }

    @Test("numbers go on after a restart, and what was over stays over", arguments: [nil, 6, 8, 9])
    func restart(snapshotAt: Int?) throws {
        var script = EngineScript()
        script.act(away(for: .hours(2)), by: "son")
        script.act(silence(AlertMatcher(kind: "absence")), by: "officer")
        script.act(.endOrder("silence-2"), by: "officer")

        var life = try SecondLife(of: script, after: .hours(3), snapshotAt: snapshotAt)
        let ended = life.effects.orders
        let fresh = life.act(silence(AlertMatcher(kind: "absence")))

        #expect(ended.map(\.id) == ["away-1"])
        #expect(ended.first?.end?.by == .engine)
        #expect(fresh.orders.map(\.id) == ["silence-3"])
    }
}
