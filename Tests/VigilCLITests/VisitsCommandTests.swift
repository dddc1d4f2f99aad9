import Foundation
import Testing
import VigilCore
import VigilTesting

struct VisitsCommandTests {
    /// Nothing is heard any more, and `r2` was seen since.
    private func house() throws -> ConsoleHouse {
        let house = try ConsoleHouse()
        try house.happen { script in
            let before = script.effects.count
            script.hearing = []
            for source in SmallCommunity.sources { script.apply(.health(Health(.source(source), .down))) }
            script.wait(.minutes(30))
            script.act(.checkIn("r2", note: "well"), by: "officer")
            script.wait(.minutes(30))
            return Array(script.effects[before...])
        }
        return house
    }

    private func run(_ house: ConsoleHouse, _ arguments: [String], lang: String = "en") async throws -> Program.Output {
        try await house.serve { try await Program.run(["visits"] + arguments + ["--socket", house.socket, "--lang", lang]) }
    }

    @Test("a running daemon is asked: the most urgent first, with reasons, last visit, family and counts", arguments: ["en", "zh-CN"])
    func online(lang: String) async throws {
        let output = try await run(try house(), [], lang: lang)

        #expect(output.status == 0, "\(output.err)")
        let english = [
            "VISITS 2025-11-22  Riverside", "First  (g1)", "1   1-1-101  Wang Lan  (r1)", "    - blind for 59m: nothing would tell",
            "Name of son", "2   1-1-102  Li Ming  (r2)", "last visit 2025-11-22 16:56 by officer  well",
            "2 of 2: 2 blind, 0 unobserved, 0 due, 0 degraded, 0 with blue alerts; 0 away",
        ]
        let chinese = ["走访清单 2025-11-22", "失守 59m", "上次走访 2025-11-22 16:56(officer)  well", "走访 2 / 2 人"]
        var rest = output.out[...]
        for words in lang == "en" ? english : chinese {
            let found = try #require(rest.range(of: words), "\(words) is missing from\n\(rest)")
            rest = rest[found.upperBound...]
        }
    }

    @Test("programs read the same, of one grid as well; a grid and a day that are none are refused")
    func questions() async throws {
        let house = try house()

        let json = try await run(house, ["--grid", "g1", "-o", "json"])
        let grid = try await run(house, ["--grid", "g7"], lang: "zh-CN")
        let day = try await run(house, ["--day", "2025-11-21"])
        let word = try await run(house, ["--day", "monday"])

        let list = try JSONDecoder().decode(VisitList.self, from: Data(json.out.utf8))
        #expect(list.visits.map(\.resident.id) == ["r1", "r2"])
        #expect(json.out.contains(#""last_visit":{"at":"#) && json.out.contains(#""watched":true"#))
        #expect(grid.status == 1 && grid.err.contains("登记册中没有网格"), "\(grid.err)")
        #expect(day.status == 1 && day.err.contains("2025-11-21 is over; write today or a later day"), "\(day.err)")
        #expect(word.status == 2)
    }

    @Test("without a daemon it is told from what is stored, and that nobody is watched")
    func offline() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration())
        let text = Site.registry.replacingOccurrences(
            of: "name: Wang Lan, dwelling: d1}", with: "name: Wang Lan, dwelling: d1, risk: high}")
        let file = try folder.file("registry.yaml", text: text)
        let imported = try await Program.run(["registry", "import", file, "--config", config])
        #expect(imported.status == 0, "\(imported.err)")

        let output = try await Program.run(["visits", "--config", config])
        let refused = try await Program.run(["visits", "--grid", "g7", "--config", config, "-o", "json"])

        #expect(output.status == 0, "\(output.err)")
        #expect(output.out.contains("1-1-101  Wang Lan  (r1)  high") && output.out.contains("a visit is due: there never was one"))
        #expect(output.out.contains("No daemon runs: nobody is watched"), "\(output.out)")
        #expect(refused.status == 1 && refused.out.contains("the registry has no grid"), "\(refused.out)")
    }

    @Test("where nobody needs a visit it says so")
    func nobody() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("motion1", "motion=true") }

        let output = try await run(house, [])

        #expect(output.out.contains("\nnobody needs a visit\n"), "\(output.out)")
    }

    @Test("help says that it is personal data, and how to record a visit")
    func help() async throws {
        let output = try await Program.run(["visits", "--help"])

        #expect(output.out.contains("personal data") && output.out.contains("vigil check-in"))
    }
}
