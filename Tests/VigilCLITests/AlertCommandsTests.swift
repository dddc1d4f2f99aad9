import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilStore
import VigilTesting

struct AlertCommandsTests {
    private func run(_ house: ConsoleHouse, _ arguments: [String], lang: String = "en") async throws -> Program.Output {
        try await house.serve { try await Program.run(arguments + ["--socket", house.socket, "--lang", lang]) }
    }

    @Test("an empty list says so in words", arguments: [("en", "no open alerts\n"), ("zh-CN", "没有未结束的告警\n")])
    func empty(lang: String, words: String) async throws {
        let output = try await run(try ConsoleHouse(), ["alerts", "list"], lang: lang)

        #expect(output.status == 0, "\(output.err)")
        #expect(output.out == words)
    }

    @Test("the list is worst first, with subject, owner and id", arguments: ["en", "zh-CN"])
    func list(lang: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("band1", "heart_rate_bpm=140") + $0.wait(.seconds(90)) }
        try house.happen { $0.say("button2", "sos=true") }

        let output = try await run(house, ["alerts", "list"], lang: lang)

        #expect(output.lines.count == 3, "\(output.out)")
        #expect(output.lines[1].hasSuffix("sos-r2-1"))
        #expect(output.lines[1].contains("resident:r2"))
        #expect(output.lines[1].contains(lang == "en" ? "call for help" : "求救"))
        #expect(output.lines[2].contains(lang == "en" ? "yellow" : "黄"))
    }

    @Test("what could not be recorded is listed and shown as such", arguments: [("en", "unrecorded"), ("zh-CN", "未记录")])
    func unrecorded(lang: String, words: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }
        try house.happen(isStored: false) { $0.say("button2", "sos=true") }

        let outputs = try await house.serve {
            var outputs: [Program.Output] = []
            for arguments in [["list"], ["show", "sos-r2-1"], ["show", "sos-r1-1"]] {
                outputs.append(try await Program.run(["alerts"] + arguments + ["--socket", house.socket, "--lang", lang]))
            }
            return outputs
        }

        let list = outputs[0].lines
        #expect(list.first { $0.hasSuffix("sos-r2-1") }?.contains(words) == true, "\(list)")
        #expect(list.first { $0.hasSuffix("sos-r1-1") }?.contains(words) == false)
        #expect(outputs[1].out.contains(words))
        #expect(!outputs[2].out.contains(words))
    }

    @Test("an acceptance says what now holds, and until when")
    func accept() async throws {
        // The engine's time goes on from its origin; what is shown is the wall's.
        let offset = Milliseconds(LocalTimeForTests.now - EngineScript.origin.rawValue)
        let house = try ConsoleHouse(clock: ClockReading(wallOffset: offset, isTrusted: true))
        try house.happen { $0.say("button1", "sos=true") }

        let output = try await run(house, ["alerts", "accept", "sos-r1-1", "--as", "officer"])

        #expect(output.status == 0, "\(output.err)")
        let words = try #require(output.out.wholeMatch(of: /taken by officer; say on-the-way within (\d+)(s|m) or it goes back\n/))
        // Three minutes from the engine's time, less what this machine took to get here.
        let left = try #require(Int(words.1)) * (words.2 == "m" ? 60 : 1)
        #expect((1...180).contains(left))
    }

    @Test(
        "a refusal ends with 1 and the reason",
        arguments: [
            ("en", "there is no open alert \"sos-r9-1\"; see: vigil alerts list"),
            ("zh-CN", "没有未结束的告警“sos-r9-1”;请查看 vigil alerts list"),
        ])
    func refused(lang: String, words: String) async throws {
        let output = try await run(try ConsoleHouse(), ["alerts", "accept", "sos-r9-1"], lang: lang)

        #expect(output.status == 1)
        #expect(output.err == "vigil: \(words)\n")
    }

    @Test(
        "every refusal of a command speaks the operator's language",
        arguments: [
            (["accept", "sos-r1-1", "--as", "officer"], "sos-r1-1 已由 second 接警"),
            (["on-the-way", "sos-r1-1", "--as", "officer"], "sos-r1-1 由 second 负责,不是 officer"),
            (["decline", "sos-r1-1", "--as", "officer"], "sos-r1-1 由 second 负责,不是 officer"),
            (["accept", "sos-r2-1"], "sos-r2-1 已由 officer 结案:误按"),
            (["accept", "sos-r1-1", "--as", "ghost"], "没有联系人“ghost”;请查看 vigil registry export"),
            (["show", "sos-r9-1"], "没有告警 \"sos-r9-1\";请查看 vigil alerts list --state all"),
        ])
    func refusals(arguments: [String], words: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") + $0.say("button2", "sos=true") }
        for action in [Command.Action.accept("sos-r1-1"), .close("sos-r2-1", outcome: .sos_accidental, note: "")] {
            let by: ContactID = if case .accept = action { "second" } else { "officer" }
            try house.happen { $0.apply(.command(Command(id: "c", action: action, by: Actor(contact: by, via: "ntfy")))) }
        }

        let output = try await run(house, ["alerts"] + arguments, lang: "zh-CN")

        #expect(output.status == 1)
        #expect(output.err == "vigil: \(words)\n")
    }

    @Test(
        "a decline of an alert that nobody has says what was recorded",
        arguments: [
            ("en", "recorded that officer declines; nobody has sos-r1-1, escalation goes on\n"),
            ("zh-CN", "已记录 officer 无法接警;sos-r1-1 目前无人负责,继续升级\n"),
        ])
    func declineUnowned(lang: String, words: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }

        let output = try await run(house, ["alerts", "decline", "sos-r1-1", "--as", "officer"], lang: lang)

        #expect(output.status == 0, "\(output.err)")
        #expect(output.out == words)
    }

    @Test("a decline by its owner gives an alert back")
    func declineOwned() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }
        try house.happen {
            $0.apply(.command(Command(id: "c", action: .accept("sos-r1-1"), by: Actor(contact: "officer", via: "ntfy"))))
        }

        let output = try await run(house, ["alerts", "decline", "sos-r1-1", "--as", "officer"])

        #expect(output.out == "given back; escalation goes on at the next step\n", "\(output.err)")
    }

    @Test("an alert goes its whole way over the command line")
    func wholeWay() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }

        let outputs = try await house.serve {
            var outputs: [Program.Output] = []
            for arguments in [
                ["accept", "sos-r1-1", "--as", "officer"], ["on-the-way", "sos-r1-1", "--as", "officer"],
                ["on-scene", "sos-r1-1", "--as", "officer"], ["note", "sos-r1-1", "she is well"],
                ["close", "sos-r1-1", "--outcome", "sos_accidental", "--note", "sat on it"], ["show", "sos-r1-1"],
            ] { outputs.append(try await Program.run(["alerts"] + arguments + ["--socket", house.socket, "--lang", "en"])) }
            return outputs
        }

        #expect(outputs.map(\.status) == [0, 0, 0, 0, 0, 0])
        #expect(outputs[1].out.hasPrefix("officer is on the way;"))
        #expect(outputs[2].out.hasPrefix("officer is on the scene;"))
        #expect(outputs[3].out == "noted\n")
        #expect(outputs[4].out == "closed: sos_accidental\n")
        for words in ["timeline", "accepted", "on the scene", "she is well", "sat on it", "deliveries", "push"] {
            #expect(outputs[5].out.contains(words), "\(words) is missing from\n\(outputs[5].out)")
        }
    }

    @Test("a login without a contact is the operator who acts")
    func operatorActs() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }

        let output = try await run(house, ["alerts", "accept", "sos-r1-1", "-o", "json"])

        let answer = try JSONDecoder().decode(CommandAnswer.self, from: Data(output.out.utf8))
        #expect(answer.alert?.owner == NSUserName())
    }

    @Test("what comes from the wire cannot move the cursor")
    func escapes() async throws {
        let house = try ConsoleHouse()
        var turn = Turn()
        turn.unclaimed = [
            UnclaimedSighting(address: TextDecoder.address("x"), at: EngineScript.origin, sample: Array("\u{1b}[2Jboo".utf8))
        ]
        try house.commit(turn)

        let output = try await run(house, ["devices", "unclaimed"])

        #expect(output.out.contains("boo"))
        #expect(!output.out.contains("\u{1b}"))
    }

    @Test("status ends with 1 and says what is missing")
    func status() async throws {
        let output = try await run(try ConsoleHouse(), ["status"])

        #expect(output.status == 1)
        #expect(output.out.contains("not ready"))
        #expect(output.out.contains("! broker main is not connected"))
    }
}
