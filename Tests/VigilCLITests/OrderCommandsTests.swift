import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilTesting

struct OrderCommandsTests {
    private func run(_ house: ConsoleHouse, _ arguments: [String], lang: String = "en") async throws -> Program.Output {
        try await house.serve { try await Program.run(arguments + ["--socket", house.socket, "--lang", lang]) }
    }

    @Test("a silence is placed, listed and ended, and stays in the list of those that are over", arguments: ["en", "zh-CN"])
    func silence(lang: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.wait(.seconds(1)) }

        let added = try await run(
            house,
            ["silence", "add", "--kind", "absence", "--grid", "g1", "--reason", "roof works", "--until", "2h", "--as", "officer"],
            lang: lang)
        let listed = try await run(house, ["silence", "list"], lang: lang)
        let ended = try await run(house, ["silence", "end", "silence-1"], lang: lang)
        let open = try await run(house, ["silence"], lang: lang)
        let over = try await run(house, ["silence", "list", "--state", "over"], lang: lang)

        #expect(added.status == 0, "\(added.err)")
        #expect(added.out.contains("silence-1"))
        #expect(listed.out.contains("kind:absence grid:g1") && listed.out.contains("roof works") && listed.out.contains("officer"))
        #expect(ended.out == (lang == "en" ? "silence-1 is over\n" : "silence-1 已结束\n"))
        #expect(open.out == (lang == "en" ? "none\n" : "没有\n"))
        #expect(over.out.contains(lang == "en" ? "ended" : "已提前结束"))
    }

    @Test("a time of day is one of the configuration's clock, whatever the clock of the machine")
    func zone() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.wait(.seconds(1)) }

        var ends: [Int64] = []
        for machine in ["Asia/Shanghai", "UTC", "America/New_York"] {
            let set = try await house.serve {
                try await Program.run(
                    ["context", "set", "r1", "away", "--until", "18:00", "--socket", house.socket, "-o", "json"],
                    environment: ["TZ": machine])
            }
            let answer = try JSONDecoder().decode(CommandAnswer.self, from: Data(set.out.utf8))
            ends.append(try #require(answer.order, "\(set.out)").until.rawValue)
        }

        // They are typed one after the other, and it may become 18:00 meanwhile.
        let day: Int64 = 86_400_000
        let distances = ends.map { abs($0 - ends[0]) % day }.map { min($0, day - $0) }
        #expect(distances.allSatisfy { $0 < 600_000 }, "\(ends)")
    }

    @Test("an order of another kind is not ended by a slip", arguments: ["en", "zh-CN"])
    func otherKind(lang: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.wait(.seconds(1)) }
        _ = try await run(house, ["silence", "add", "--kind", "absence", "--reason", "works", "--until", "1h"])

        let slip = try await run(house, ["drill", "end", "silence-1"], lang: lang)
        let ended = try await run(house, ["silence", "end", "silence-1"], lang: lang)

        #expect(slip.status == 1)
        #expect(slip.err.contains("vigil silence end silence-1"), "\(slip.err)")
        #expect(ended.status == 0, "\(ended.err)")
    }

    @Test("a context is set by name, and told apart from silences")
    func context() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.wait(.seconds(1)) }

        let set = try await run(house, ["context", "set", "r1", "hospital", "--until", "3d", "--note", "hip"])
        let list = try await run(house, ["context", "list", "-o", "json"])
        let silences = try await run(house, ["silence", "list"])

        #expect(set.out.hasPrefix("in hospital placed as hospital-1, until "), "\(set.err)")
        #expect(list.out.contains(#""hospital":"r1""#) && list.out.contains(#""reason":"hip""#))
        #expect(silences.out == "none\n")
    }

    @Test("a drill is announced by subject")
    func drill() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.wait(.seconds(1)) }

        let wrong = try await run(house, ["drill", "begin", "button1", "--until", "1h"])
        let right = try await run(house, ["drill", "begin", "device:button1", "--until", "1h"])

        #expect(wrong.status == 2)
        #expect(wrong.err.contains("\"button1\" is neither; write resident:ID or device:ID"))
        #expect(right.out.hasPrefix("drill placed as drill-1"), "\(right.err)")
    }

    @Test("a drill is listed as one, and its acceptance says that it is over")
    func drilled() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.wait(.seconds(1)) }

        _ = try await run(house, ["drill", "begin", "device:button1", "--until", "1h"])
        try house.happen { $0.say("button1", "sos=true") }
        let list = try await run(house, ["alerts", "list"])
        let accepted = try await run(house, ["alerts", "accept", "sos-r1-1", "--as", "officer"])

        #expect(list.out.contains("call for help (drill)"))
        #expect(accepted.out == "closed: drill\n", "\(accepted.err)")
    }

    @Test("a refusal ends with 1 and the reason; a silence without one, or without an end, is wrong usage")
    func refused() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.wait(.seconds(1)) }

        let red = try await run(house, ["silence", "add", "--kind", "sos", "--reason", "noise", "--until", "1h"])
        let long = try await run(house, ["silence", "add", "--kind", "absence", "--reason", "noise", "--until", "13h"])
        let mute = try await run(house, ["silence", "add", "--kind", "absence", "--until", "1h"])
        let endless = try await run(house, ["context", "set", "r1", "away"])
        let never = try await run(house, ["context", "set", "r1", "away", "--until", "2026-02-30 10:00"])

        #expect(red.status == 1)
        #expect(red.err == "vigil: kind \"sos\" is red, and red is never silenced; for an alarm that is tried out: vigil drill\n")
        #expect(long.status == 1 && long.err.contains("lasts 12h at most"))
        #expect([mute, endless, never].map(\.status) == [2, 2, 2])
    }
}
