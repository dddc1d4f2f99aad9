import Testing
import VigilConsole
import VigilCore
import VigilTesting

struct BlindCommandTests {
    private func run(_ house: ConsoleHouse, _ arguments: [String], lang: String = "en") async throws -> Program.Output {
        try await house.serve { try await Program.run(arguments + ["--socket", house.socket, "--lang", lang]) }
    }

    @Test("where everything is heard, it says so", arguments: [("en", "everyone can be heard\n"), ("zh-CN", "所有住户都在守护中\n")])
    func none(lang: String, words: String) async throws {
        let output = try await run(try ConsoleHouse(), ["blind"], lang: lang)

        #expect(output.out == words, "\(output.err)")
    }

    @Test("whoever is not heard is listed with the cause", arguments: ["en", "zh-CN"])
    func listed(lang: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { script in
            script.hearing = []
            let down = SmallCommunity.sources.flatMap { script.apply(.health(Health(.source($0), .down))) }
            return down + script.wait(.minutes(1))
        }

        let table = try await run(house, ["blind"], lang: lang)
        let json = try await run(house, ["blind", "-o", "json"])

        #expect(table.lines.count == 3, "\(table.out)")
        #expect(table.lines[1].hasPrefix("r1") && table.lines[1].contains(lang == "en" ? "blind" : "失守"))
        #expect(table.lines[1].contains("source_down"))
        #expect(json.out.contains(#""resident":"r2""#) && json.out.contains(#""whole":true"#))
    }

    @Test(
        "whoever nobody observed while vigil was away is listed with from when to when",
        arguments: [
            ("en", "nobody watched from 2025-11-22 16:26 to 2025-11-23 12:26"), ("zh-CN", "2025-11-22 16:26 至 2025-11-23 12:26 无人值守"),
        ])
    func unobserved(lang: String, words: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { script in
            script.skip(.hours(20))
            let start = script.apply(.started(Start(boot: "boot", gap: .hours(20), clock: EngineScript.clock)))
            return start + SmallCommunity.sources.flatMap { script.apply(.health(Health(.source($0), .up))) }
        }

        let table = try await run(house, ["blind"], lang: lang)
        let json = try await run(house, ["blind", "-o", "json"])

        #expect(table.out.contains(words), "\(table.out)")
        #expect(json.out.contains(#""unobserved":{"from":"#), "\(json.out)")
    }
}
