import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilStore
import VigilTesting

struct ReportCommandTests {
    private func run(_ house: ConsoleHouse, _ arguments: [String], lang: String = "en") async throws -> Program.Output {
        try await house.serve { try await Program.run(["report"] + arguments + ["--socket", house.socket, "--lang", lang]) }
    }

    /// One owned after 75 s and real, one pressed by accident and never owned, one drill, one that is still open.
    private func busyHouse() throws -> ConsoleHouse {
        let house = try ConsoleHouse()
        try house.happen { script in
            script.say("button1", "sos=true")
            script.say("button2", "sos=true")
            script.say("band1", "fall=true")
            script.wait(.seconds(75))
            script.act(.accept("sos-r1-1"), by: "officer")
            script.act(.close("sos-r1-1", outcome: .sos_real, note: ""), by: "officer")
            script.act(.close("sos-r2-1", outcome: .sos_accidental, note: ""), by: nil)
            script.act(.close("fall-r1-1", outcome: .drill, note: ""), by: nil)
            script.say("smoke1", "smoke=true")
            script.wait(.seconds(1))
            // Everything since the house was built is committed as one turn.
            return script.effects
        }
        return house
    }

    @Test(
        "a report without alerts says so, with the period",
        arguments: [("en", "there were no alerts in this period: "), ("zh-CN", "此期间没有任何警报:")])
    func empty(lang: String, words: String) async throws {
        let output = try await run(try ConsoleHouse(), ["--from", "2025-11-01", "--to", "2025-11-07"], lang: lang)

        #expect(output.status == 0, "\(output.err)")
        #expect(output.out.hasPrefix("\(words)2025-11-01 00:00:00+08:00"), "\(output.out)")
        #expect(output.out.hasSuffix("2025-11-08 00:00:00+08:00\n"), "\(output.out)")
    }

    @Test("the table shows times, who was never owned, and false alarms, within 100 places", arguments: ["en", "zh-CN"])
    func table(lang: String) async throws {
        let output = try await run(try busyHouse(), [], lang: lang)

        #expect(output.status == 0, "\(output.err)")
        let words =
            lang == "en"
            ? [
                "life: 3 alerts, 1 open, 2 never owned; 0 cancelled by the resident first, 1 drills", "NEVER OWNED", "First (g1)",
                "1m 15s", "50%",
            ]
            : ["人身: 警报 3,未结 1,无人接警 2;通知前本人取消 0,演练 1", "无人接警", "First (g1)", "1m 15s", "50%"]
        for word in words { #expect(output.out.contains(word), "\(word) is missing from\n\(output.out)") }
        #expect(output.lines.allSatisfy { width($0) <= 100 })
    }

    @Test("CSV has stable columns and CRLF line ends, and nothing after the last")
    func csv() async throws {
        let output = try await run(try busyHouse(), ["--by", "kind", "-o", "csv"])

        #expect(output.status == 0, "\(output.err)")
        let lines = output.out.components(separatedBy: "\r\n")
        #expect(
            lines.first
                == "from,to,by,key,name,alerts,open,never_owned,times_unknown,owned_count,owned_p50_ms,owned_p90_ms,owned_p99_ms,"
                + "on_scene_count,on_scene_p50_ms,on_scene_p90_ms,on_scene_p99_ms,closed_count,closed_p50_ms,closed_p90_ms,closed_p99_ms,"
                + "cancelled,real,false_alarms,neither,drills")
        #expect(lines.count == 5 && lines.last == "", "\(output.out)")
        #expect(
            lines[1]
                == "2025-11-15 16:27:56+08:00,2025-11-22 16:27:56+08:00,kind,sos,,2,0,1,0,1,75000,75000,75000,0,,,,2,75000,75000,75000,0,1,1,0,0"
        )
    }

    @Test("JSON is the API's own object")
    func json() async throws {
        let output = try await run(try busyHouse(), ["--by", "severity", "--format", "json"])

        let document = try JSONDecoder().decode(ReportDocument.self, from: Data(output.out.utf8))
        #expect(document.groups.map(\.key) == ["red"])
        #expect(document.groups.first?.owned == ResponseTimes([.seconds(75)]))
        #expect(document.timeZone == "Asia/Shanghai")
    }

    @Test("without a daemon the store is read, to the same report")
    func offline() async throws {
        let house = try busyHouse()
        let period = ["--from", "2025-11-20", "--to", "2025-11-23", "-o", "json"]
        let online = try await run(house, period)
        try house.store.close()
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration(state: house.directory))

        let offline = try await Program.run(["report", "--config", config] + period)

        #expect(offline.status == 0, "\(offline.err)")
        #expect(offline.out == online.out)
    }

    @Test("a store that is not there ends with 75")
    func noStore() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration())

        let output = try await Program.run(["report", "--config", config, "-o", "json"])

        #expect(output.status == 75)
        #expect(output.err == "")
        #expect(output.out.hasPrefix(#"{"error":"#), "\(output.out)")
    }

    @Test(
        "wrong usage ends with 2 without asking the daemon",
        arguments: [
            (["--days", "0"], #""0" is no number from 1 to 3660"#), (["--days", "-1"], #""-1" is no number from 1 to 3660"#),
            (["--from", "22.11.2026"], #""22.11.2026" is no day; write 2026-11-22"#), (["--to", "2026-11-22"], "--to needs --from"),
            (["--from", "2026-11-22", "--to", "2026-11-21"], "--to is before --from"),
            (["--from", "2026-11-22", "--days", "3"], "give --days, or --from and --to"), (["--by", "model"], "device_model"),
            (["-o", "yaml"], "csv"),
        ])
    func usage(arguments: [String], words: String) async throws {
        let output = try await Program.run(["report"] + arguments)

        #expect(output.status == 2)
        #expect(output.err.contains(words), "\(output.err)")
    }

    private func width(_ text: String) -> Int { text.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } }
}
