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

    @Test("an empty list says so in words", arguments: [("en", "no open alerts\n"), ("zh-CN", "没有未结束的警报\n")])
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

    @Test(
        "what arrived late is shown with when it happened",
        arguments: [("en", "(arrived late: happened 11-22 15:26:40+08:00)"), ("zh-CN", "(迟到:11-22 15:26:40+08:00 发生)")])
    func late(lang: String, words: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.tell("button1", "sos=true", ago: .hours(1)) }

        let output = try await run(house, ["alerts", "show", "sos-r1-1"], lang: lang)

        #expect(output.out.contains(words), "\(output.out)")
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
            ("zh-CN", "没有未结束的警报“sos-r9-1”;请查看 vigil alerts list"),
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
            (["show", "sos-r9-1"], "没有警报 \"sos-r9-1\";请查看 vigil alerts list --state all"),
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
        // The configuration's clock, whatever that of the terminal.
        #expect(outputs[5].out.contains("raised 2025-11-22 16:26:40+08:00"), "\(outputs[5].out)")
        #expect(outputs[5].out.contains("11-22 16:26:40+08:00  accepted"), "\(outputs[5].out)")
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

    /// Nothing that a terminal would obey, but the ends of lines.
    private func isHarmless(_ text: String) -> Bool { text.printableLines == text }

    @Test("what devices say of themselves can neither move the cursor nor turn the text around it")
    func unclaimed() async throws {
        let house = try ConsoleHouse()
        var turn = Turn()
        turn.unclaimed = [
            UnclaimedSighting(
                address: TextDecoder.address("ki\u{202E}tchen\n"), at: EngineScript.origin, sample: Array("\u{1b}[2Jboo".utf8))
        ]
        try house.commit(turn)

        let output = try await run(house, ["devices", "unclaimed"])

        #expect(isHarmless(output.out), "\(output.out)")
        #expect(output.lines.count == 3)
        #expect(output.lines[1].contains(#"ki\u{202E}tchen\n"#), "\(output.out)")
        #expect(output.lines[1].contains(#"\u{1B}[2Jboo"#), "\(output.out)")
        #expect(output.lines[2] == "a line moves with the first message, after a minute, then every ten minutes")
    }

    @Test(
        "a gateway that only speaks for others is listed apart, and is not offered as somebody's device",
        arguments: [("en", "they speak for others"), ("zh-CN", "只替其他设备转发")])
    func spokesman(lang: String, words: String) async throws {
        let house = try ConsoleHouse()
        var turn = Turn()
        turn.unclaimed = [("antenna", true), ("pendant", false)].map { name, speaksForOthers in
            UnclaimedSighting(
                address: TextDecoder.address(name), at: EngineScript.origin, sample: [], speaksForOthers: speaksForOthers)
        }
        try house.commit(turn)

        let output = try await run(house, ["devices", "unclaimed"], lang: lang)

        let (own, others) = (output.out.range(of: "pendant"), output.out.range(of: "antenna"))
        let middle = try #require(output.out.range(of: words), "\(output.out)")
        #expect(own.map { $0.upperBound < middle.lowerBound } == true && others.map { $0.lowerBound > middle.upperBound } == true)
    }

    @Test("what is announced of a device stands beside its address, in words that a terminal may show")
    func announced() async throws {
        let house = try ConsoleHouse()
        var turn = Turn()
        let reading = Announcement.Reading(kind: .smoke, deviceClass: "smoke", topic: "t", field: "smoke", on: "true", off: "false")
        turn.announcements = [
            .made(
                Announcement(
                    topic: "homeassistant/x/config", address: DeviceAddress(dialect: "zigbee2mqtt", name: "hall"), name: "Ha\u{202E}ll",
                    manufacturer: "Develco", model: "SMSZB-120", readings: [reading, reading]))
        ]
        try house.commit(turn)

        let english = try await run(house, ["devices", "unclaimed"])
        let chinese = try await run(house, ["devices", "unclaimed"], lang: "zh-CN")

        #expect(isHarmless(english.out), "\(english.out)")
        #expect(english.lines[0].contains("ANNOUNCED"))
        #expect(english.lines[1].contains(#"Ha\u{202E}ll: smoke (Develco SMSZB-120)"#), "\(english.out)")
        #expect(chinese.lines[0].contains("通告"))
    }

    @Test("a device that speaks nothing Vigil decodes gets a draft of a profile, any other a reason")
    func draft() async throws {
        let house = try ConsoleHouse()
        var turn = Turn()
        turn.announcements = [(Announcement.dialect, "mat-7"), ("zigbee2mqtt", "hall")].map { dialect, name in
            let reading = Announcement.Reading(kind: .in_bed, deviceClass: "occupancy", topic: "mats/\(name)/state", field: "bed")
            return .made(
                Announcement(
                    topic: "homeassistant/\(name)/config", address: DeviceAddress(dialect: dialect, name: name), readings: [reading]))
        }
        try house.commit(turn)

        let draft = try await run(house, ["devices", "draft", "mat-7"])
        let whole = try await run(house, ["devices", "draft", "homeassistant-discovery:mat-7"])
        let known = try await run(house, ["devices", "draft", "hall"])

        #expect(draft.out.contains(#"topic: "mats/{device}/state""#), "\(draft.out) \(draft.err)")
        #expect(draft.out.contains(#"{path: "bed", kind: in_bed}"#))
        #expect(whole.out == draft.out)
        #expect(known.status == 1, "\(known.err)")
        #expect(known.err.contains("nothing to draft from"))
        // The draft is a profile as it stands.
        let folder = try TemporaryFolder()
        let profile = try folder.file("mats.yaml", text: draft.out)
        let line = #"{"topic": "mats/mat-7/state", "payload": "{\"bed\":true}"}"# + "\n"
        let decoded = try await Program.run(["decode", "--profile", profile], input: Data(line.utf8))
        #expect(decoded.out.contains(#""device":"mat-7","kind":"in_bed""#), "\(decoded.out) \(decoded.err)")
    }

    @Test("what a list leaves out is said, with how to see more", arguments: ["en", "zh-CN"])
    func cut(lang: String) async throws {
        let house = try ConsoleHouse()
        var turn = Turn()
        let frame = Frame(source: "home", origin: .mqtt(topic: "text/a"), payload: [])
        turn.quarantine = ["a", "b", "c"].map { name in
            QuarantinedFrame(
                sequence: 1, at: EngineScript.origin, address: TextDecoder.address(name), frame: frame,
                failure: DecodeFailure(.malformed, "x"))
        }
        turn.unclaimed = ["a", "b"].map {
            UnclaimedSighting(address: TextDecoder.address($0), at: EngineScript.origin, sample: [])
        }
        try house.commit(turn)

        let short = try await run(house, ["devices", "quarantine", "--limit", "2"], lang: lang)
        let whole = try await run(house, ["devices", "quarantine"], lang: lang)
        let unclaimed = try await run(house, ["devices", "unclaimed", "--limit", "1"], lang: lang)

        let words = lang == "en" ? ["the 2 of 3 senders", "the newest 2 of 3 samples"] : ["最多的 2 / 3 台", "最新的 2 / 3 条样本"]
        #expect(words.allSatisfy { short.out.contains($0) }, "\(short.out)")
        #expect(!whole.out.contains("--limit"), "\(whole.out)")
        #expect(unclaimed.out.contains(lang == "en" ? "1 of 2 devices" : "1 / 2 台"), "\(unclaimed.out)")
    }

    @Test("neither can what was not understood")
    func quarantine() async throws {
        let house = try ConsoleHouse()
        var turn = Turn()
        let frame = Frame(source: "home", origin: .mqtt(topic: "text/a\u{2066}b"), payload: Array("pay\u{200F}load".utf8))
        let stamped = StampedInput(sequence: 1, at: EngineScript.origin, input: .frame(frame))
        turn.journal = [stamped]
        turn.quarantine = [
            QuarantinedFrame(
                sequence: 1, at: stamped.at, address: TextDecoder.address("de\u{202E}vice"), frame: frame,
                failure: DecodeFailure(.malformed, "a\u{9b}b"))
        ]
        try house.commit(turn)

        let output = try await run(house, ["devices", "quarantine"])

        #expect(isHarmless(output.out), "\(output.out)")
        for words in [#"a\u{2066}b"#, #"pay\u{200F}load"#, #"de\u{202E}vice"#, #"a\u{009B}b"#] {
            #expect(output.out.contains(words), "\(words) is missing from\n\(output.out)")
        }
    }

    @Test("neither can what people write into an alert's story")
    func notes() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }

        let outputs = try await house.serve {
            var outputs: [Program.Output] = []
            for arguments in [
                ["note", "sos-r1-1", "two\nlines \u{202E}"], ["close", "sos-r1-1", "--outcome", "drill", "--note", "o\u{202D}k\nso"],
                ["show", "sos-r1-1"],
            ] { outputs.append(try await Program.run(["alerts"] + arguments + ["--socket", house.socket, "--lang", "en"])) }
            return outputs
        }

        #expect(outputs.map(\.status) == [0, 0, 0])
        #expect(isHarmless(outputs[2].out), "\(outputs[2].out)")
        #expect(outputs[2].out.contains(#"two\nlines \u{202E}"#), "\(outputs[2].out)")
        #expect(outputs[2].out.contains(#"o\u{202D}k\nso"#), "\(outputs[2].out)")
    }

    @Test("status ends with 1 and says what is missing")
    func status() async throws {
        let output = try await run(try ConsoleHouse(), ["status"])

        #expect(output.status == 1)
        #expect(output.out.contains("not ready"))
        #expect(output.out.contains("! broker main is not connected"))
    }
}
