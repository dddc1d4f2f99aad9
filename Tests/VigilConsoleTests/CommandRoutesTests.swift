import Testing
import VigilConsole
import VigilCore
import VigilNotify
import VigilStore
import VigilTesting

struct CommandRoutesTests {
    private func house() throws -> ConsoleHouse {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }
        return house
    }

    private func post(_ house: ConsoleHouse, _ body: String) async throws -> HTTPResponse {
        try await house.serve { try await Caller(socket: house.socket).post("/v1/commands", body) }
    }

    @Test("an acceptance answers with the alert as it now stands")
    func accept() async throws {
        let house = try house()

        let response = try await post(house, #"{"accept": "sos-r1-1", "by": "officer"}"#)

        let alert = try response.json(CommandAnswer.self).alert
        #expect(alert?.state == .owned)
        #expect(alert?.owner == "officer")
        #expect(alert?.leaseUntil == WallTime(EngineScript.origin.rawValue + 180_000))
    }

    @Test("a command about an alert that could not be stored answers with it, and its refusal is no 404")
    func unrecorded() async throws {
        let house = try ConsoleHouse()
        try house.happen(isStored: false) { $0.say("button1", "sos=true") }
        try house.happen(isStored: false) { script in
            let before = script.effects.count
            script.act(.accept("sos-r1-1"), by: "second")
            return Array(script.effects[before...])
        }

        let response = try await post(house, #"{"accept": "sos-r1-1", "by": "officer"}"#)

        #expect(response.status == 409)
    }

    @Test("what was recorded and changes nothing else is said in both languages")
    func recorded() async throws {
        let house = try house()

        let response = try await post(house, #"{"decline": "sos-r1-1", "by": "officer"}"#)

        let answer = try response.json(CommandAnswer.self)
        #expect(answer.alert?.state == .raised)
        #expect(answer.message?.english == "recorded that officer declines; nobody has sos-r1-1, escalation goes on")
        #expect(answer.message?.chinese.contains("officer") == true)
    }

    @Test("who asks is what the kernel says, whatever the request claims")
    func login() async throws {
        let house = try house()

        _ = try await post(house, #"{"accept": "sos-r1-1", "login": "mallory", "via": "telepathy", "id": "c1"}"#)

        let owner = try #require(try await house.store.reader.alert("sos-r1-1")?.alert.owner)
        #expect(owner.via == "cli")
        #expect(owner.login == Peer(processID: 0, userID: geteuidOfTest(), groupIDs: []).login)
    }

    @Test("a refused command changes nothing and says why")
    func refused() async throws {
        let house = try house()
        try house.happen { script in
            _ = script.act(.accept("sos-r1-1"), by: "second")
            return script.effects.suffix(4).filter { if case .alert = $0 { true } else { false } }
        }

        let response = try await post(house, #"{"accept": "sos-r1-1", "by": "officer"}"#)

        #expect(response.status == 409)
        let report = try response.json(ErrorReport.self)
        #expect(report.error == "sos-r1-1 is already taken by second")
        #expect(report.message == LocalizedText(zh: "sos-r1-1 已由 second 接警", en: "sos-r1-1 is already taken by second"))
    }

    @Test(
        "a command that is wrong is refused with its place",
        arguments: [
            (#"{"accept": "sos-r9-1"}"#, 404, #"there is no open alert "sos-r9-1""#),
            (
                #"{"close": "sos-r1-1", "outcome": "fall_no_injry"}"#, 400,
                #"outcome: unknown outcome "fall_no_injry"; did you mean "fall_no_injury"?"#
            ),
            (#"{"close": "sos-r1-1"}"#, 400, #""outcome" is missing"#),
            (#"{"acept": "sos-r1-1"}"#, 400, #"acept: unknown key "acept"; did you mean "accept"?"#),
            (#"{"by": "officer"}"#, 400, "nothing to do; write one of accept,"),
            (#"{"accept": "a", "decline": "a"}"#, 400, "accept and decline at once"),
            (#"{"accept": 7}"#, 400, "accept: a value of another type"),
            (#"{"accept": "#, 400, ""),
            ("[]", 400, ""),
            (#"{"accept": "sos-r1-1", "by": "nobody"}"#, 409, #"there is no contact "nobody""#),
            (#"{"away": "r1"}"#, 400, #""lasts" is missing"#),
            (#"{"away": "r1", "silence": {"kind": "absence"}, "lasts": 1}"#, 400, "silence and away at once"),
            (
                #"{"silence": {"kin": "absence", "grid": "g1"}, "lasts": 1}"#, 400,
                #"silence.kin: unknown key "kin"; did you mean "kind"?"#
            ),
            (#"{"silence": "absence", "lasts": 1}"#, 400, "silence: a value of another type"),
            (#"{"drill": "r1", "lasts": 1}"#, 400, #"drill: "r1" is no subject"#),
            (#"{"silence": {"kind": "sos"}, "lasts": 1, "reason": "x"}"#, 409, "red is never silenced"),
            (#"{"end_order": "away-9"}"#, 409, #"no order "away-9" is in force"#),
            (#"{"check_in": "r9"}"#, 409, #"there is no resident "r9""#),
        ])
    func wrong(body: String, status: Int, words: String) async throws {
        let house = try house()

        let response = try await post(house, body)

        #expect(response.status == status, "\(response.text)")
        #expect(try response.json(ErrorReport.self).error.contains(words), "\(response.text)")
    }

    @Test("a body that is too large is refused unread")
    func large() async throws {
        let house = try house()

        let response = try await post(house, #"{"note": "sos-r1-1", "text": ""# + String(repeating: "x", count: 70_000) + #""}"#)

        #expect(response.status == 413)
        let report = try response.json(ErrorReport.self)
        #expect(report.error == "the command is longer than 64 KiB; shorten its note")
        #expect(report.message?.chinese == "命令超过 64 KiB,请缩短备注")
    }

    @Test(
        "every command reads back from its document",
        arguments: [
            Command.Action.accept("a-1"), .decline("a-1"), .onTheWay("a-1"), .onScene("a-1"),
            .close("a-1", outcome: .sos_real, note: ""), .close("a-1", outcome: .duplicate, note: "twice"),
            .note("a-1", text: "she is well"),
            .checkIn("r1", note: ""), .checkIn("r1", note: "by phone"), .endOrder("silence-3"),
            .place(OrderRequest(.silence(AlertMatcher(kind: "absence", device: "band1")), lasts: .hours(1), reason: "roof works")),
            .place(OrderRequest(.context(.visitor, of: "r1"), startsIn: .hours(1), lasts: .hours(2))),
            .place(OrderRequest(.drill(.resident("r1")), lasts: .hours(1))),
        ])
    func roundTrip(action: Command.Action) throws {
        let command = Command(id: "c1", action: action, by: Actor(contact: "son", via: "ntfy", login: "x"))

        let text = try EffectLines.line(of: CommandDocument(command))
        let document = try HTTPResponse(status: 200, body: Array(text.utf8)).json(CommandDocument.self)

        #expect(document == CommandDocument(command))
    }
}
