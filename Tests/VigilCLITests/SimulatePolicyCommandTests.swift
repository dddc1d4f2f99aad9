import Foundation
import Testing
import VigilCore

struct SimulatePolicyCommandTests {
    private func simulate(
        _ arguments: [String], configuration: String = Site.configuration(), registry: String = Site.registry
    ) async throws -> Program.Output {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: configuration)
        let file = try folder.file("registry.yaml", text: registry)
        return try await Program.run(["policy", "simulate"] + arguments + ["-c", config, "-r", file])
    }

    @Test("people read who is told when, on which channel", arguments: ["en", "zh-CN"])
    func table(lang: String) async throws {
        let output = try await simulate(["--kind", "sos", "--resident", "r1", "--at", "2026-12-01 03:00", "--lang", lang])

        #expect(output.status == 0, "\(output.err)")
        let lines = output.lines
        #expect(lines.first?.contains("2026-12-01 03:00:00+08:00") == true, "\(output.out)")
        #expect(lines.first?.contains(lang == "en" ? "call for help" : "“求救”") == true, "\(output.out)")
        #expect(lines.count == 5, "\(output.out)")
        #expect(lines[2].hasPrefix("00:00  03:00:00+08:00  0"), "\(output.out)")
        #expect(lines[3].hasPrefix("01:00  03:01:00+08:00  1"), "\(output.out)")
        #expect(lines[4].hasPrefix("03:00  03:03:00+08:00  1"), "\(output.out)")
        #expect(lines[2].contains("Zhao") && lines[2].contains("push") && lines[2].contains("zhao"))
        #expect(lines[4].hasSuffix(lang == "en" ? "again" : "再次通知"))
    }

    @Test("programs get the same as one object")
    func json() async throws {
        let output = try await simulate(["--kind", "smoke", "--dwelling", "d1", "--at", "2026-12-01 03:00", "-o", "json"])

        let simulation = try JSONDecoder().decode(PolicySimulation.self, from: Data(output.out.utf8))
        #expect(simulation.subject == .dwelling("d1") && simulation.policy == "red" && simulation.isComplete)
        #expect(simulation.lines.map(\.after) == [.zero, .seconds(60), .seconds(180)])
        #expect(output.out.contains(#""after_ms":60000"#), "\(output.out)")
    }

    @Test("what happens to the system itself tells somebody as well", arguments: ["source_down", "storage", "roster_gap"])
    func part(kind: String) async throws {
        let output = try await simulate(["--kind", kind, "--part", "mqtt", "--at", "2026-12-01 13:00", "-o", "json"])

        #expect(output.status == 0, "\(output.err)")
        let simulation = try JSONDecoder().decode(PolicySimulation.self, from: Data(output.out.utf8))
        #expect(simulation.subject == .component("mqtt") && simulation.alertClass == .technical && !simulation.lines.isEmpty)
    }

    @Test("quiet hours of a person show as a note", arguments: [("en", "quiet hours"), ("zh-CN", "免打扰")])
    func quiet(lang: String, words: String) async throws {
        let registry = Site.registry.replacingOccurrences(
            of: "language: en, methods", with: "language: en, quiet_hours: {from: \"22:00\", to: \"07:00\"}, methods")

        let yellow = try await simulate(
            ["--kind", "absence", "--resident", "r1", "--at", "2026-12-01 03:00", "--lang", lang], registry: registry)
        let day = try await simulate(
            ["--kind", "absence", "--resident", "r1", "--at", "2026-12-01 13:00", "--lang", lang], registry: registry)

        #expect(yellow.lines.dropFirst(2).first?.contains(words) == true, "\(yellow.out)\(yellow.err)")
        #expect(!day.out.contains(words))
    }

    @Test("the registry of the store is asked where no file is named")
    func stored() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration())
        let file = try folder.file("registry.yaml", text: Site.registry)
        let imported = try await Program.run(["registry", "import", file, "--config", config])
        #expect(imported.status == 0, "\(imported.err)")

        let output = try await Program.run(["policy", "simulate", "--kind", "fall", "--resident", "r1", "--config", config])

        #expect(output.status == 0, "\(output.err)")
        #expect(output.out.contains("Zhao"))
    }

    @Test(
        "what cannot be answered is refused with the reason and what to do",
        arguments: [
            (["--kind", "sos", "--resident", "r7"], 1, "there is no resident \"r7\"; see: vigil registry export"),
            (["--kind", "sso", "--resident", "r1"], 1, "did you mean \"sos\"?"),
            (["--kind", "device_silent", "--resident", "r1"], 1, "--device"),
            (["--kind", "source_down", "--resident", "r1"], 1, "name one with --part"),
            (["--kind", "sos", "--part", "mqtt"], 1, "name one with --resident"),
            (["--kind", "sso", "--part", "mqtt"], 1, "no rule raises \"sso\""),
            (["--kind", "sos"], 2, "give one of --resident, --dwelling, --device and --part"),
            (["--kind", "sos", "--resident", "r1", "--dwelling", "d1"], 2, "give one of"),
            (["--kind", "sos", "--resident", "r1", "--at", "tomorrow"], 2, "write \"2026-12-01 03:00\""),
            (["--kind", "sos", "--resident", "r1", "--at", "2026-02-30 03:00"], 2, "is no time of the calendar"),
            (["--kind", "sos", "--resident", "r1", "--severity", "pink"], 2, "pink"),
        ])
    func refusals(arguments: [String], status: Int32, words: String) async throws {
        let output = try await simulate(arguments + ["--lang", "en"])

        #expect(output.status == status)
        #expect(output.err.contains(words), "\(output.err)")
        #expect(output.out.isEmpty)
    }

    @Test("a time that the clocks leave out is refused, and the hour after it is not")
    func clockChange() async throws {
        let configuration = "time_zone: Europe/Berlin\n" + Site.configuration()
        func run(_ time: String) async throws -> Program.Output {
            try await simulate(
                ["--kind", "sos", "--resident", "r1", "--at", time, "-o", "json", "--lang", "zh-CN"], configuration: configuration)
        }

        let missing = try await run("2026-03-29 02:30")
        let there = try await run("2026-03-29 03:00")

        #expect(missing.status == 2)
        #expect(missing.out.contains("the clocks of Europe/Berlin leave out 2026-03-29 02:30"), "\(missing.out)")
        #expect(missing.out.contains("时钟在此跳过"))
        #expect(there.status == 0, "\(there.out)")
    }
}
