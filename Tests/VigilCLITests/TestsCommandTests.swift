import Foundation
import Testing
import VigilCore
import VigilTesting

struct TestsCommandTests {
    /// `button1` was tested an hour ago, `button2` eight days ago, everything else never.
    private func house() throws -> ConsoleHouse {
        let house = try ConsoleHouse()
        func drill(_ script: inout EngineScript, _ device: String) {
            script.act(.place(OrderRequest(.drill(.device(DeviceID(device))), lasts: .minutes(5))), by: "officer")
            script.say(device, "sos=true")
        }
        try house.happen { script in
            let before = script.effects.count
            drill(&script, "button2")
            script.wait(.hours(8 * 24 - 1))
            drill(&script, "button1")
            script.wait(.hours(1))
            return Array(script.effects[before...])
        }
        return house
    }

    private func run(_ house: ConsoleHouse, _ arguments: [String], lang: String = "en") async throws -> Program.Output {
        try await house.serve { try await Program.run(["tests"] + arguments + ["--socket", house.socket, "--lang", lang]) }
    }

    @Test("a running daemon is asked: who was never tested first, then the longest ago, with counts", arguments: ["en", "zh-CN"])
    func online(lang: String) async throws {
        let output = try await run(try house(), [], lang: lang)

        #expect(output.status == 0, "\(output.err)")
        let rows = output.lines.filter { $0.hasPrefix("1-1-10") }
        #expect(rows.count == 7)
        #expect(rows.first?.contains("band1") == true && rows.first?.contains(lang == "en" ? "never" : "从未") == true)
        #expect(rows.last?.contains("button2") == true && rows.last?.contains("Li Ming") == true)
        #expect(rows.last?.contains("2025-11-22") == true && rows.last?.contains("2025-11-29") == true, "\(output.out)")
        #expect(output.lines.last == (lang == "en" ? "7 of 8 devices overdue" : "共 8 台,逾期 7 台"))
        #expect(output.lines.allSatisfy { $0.count <= 80 })
    }

    @Test("with --all also those that are not overdue are listed, and programs read the same")
    func all() async throws {
        let house = try house()

        let overdue = try await run(house, ["-o", "json"])
        let all = try await run(house, ["--all", "-o", "json"])

        let (some, every) = try (list(overdue), list(all))
        #expect(some.devices.count == 7 && every.devices.count == 8)
        #expect(every.devices.last?.device == "button1" && every.devices.last?.isOverdue == false)
        #expect(all.out.contains(#""every_ms":604800000"#) && all.out.contains(#""way":"drill""#))
    }

    private func list(_ output: Program.Output) throws -> TestList {
        try JSONDecoder().decode(TestList.self, from: Data(output.out.utf8))
    }

    @Test("without a daemon it is told from what is stored, before the first start as well")
    func offline() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration())
        let file = try folder.file("registry.yaml", text: Site.registry)
        let imported = try await Program.run(["registry", "import", file, "--config", config])
        #expect(imported.status == 0, "\(imported.err)")

        let output = try await Program.run(["tests", "--config", config])

        #expect(output.status == 0, "\(output.err)")
        #expect(output.out.contains("1-1-101  Wang Lan  kitchen  never"), "\(output.out)")
    }

    @Test("where nothing is to be tried out, or nothing is overdue, it says so in words")
    func empty() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration() + "tests: {sleepy_smoke: 0s}\n")
        let file = try folder.file("registry.yaml", text: Site.registry)
        _ = try await Program.run(["registry", "import", file, "--config", config])

        let output = try await Program.run(["tests", "--config", config])

        #expect(output.out.contains("no registered device is to be tried out; see tests in the configuration"), "\(output.out)")
    }
}
