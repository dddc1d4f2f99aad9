import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilTesting

struct CoverCommandTests {
    private func run(_ house: ConsoleHouse, _ arguments: [String], lang: String = "en") async throws -> Program.Output {
        try await house.serve { try await Program.run(["cover"] + arguments + ["--socket", house.socket, "--lang", lang]) }
    }

    /// A call for help that the officer got: proof of their channel.
    private func house() throws -> ConsoleHouse {
        let house = try ConsoleHouse()
        try house.happen { script in
            var effects = script.say("button1", "sos=true")
            for delivery in script.deliveries where delivery.state == .sending { effects += script.settle(delivery.id, .delivered) }
            return effects + script.say("band1", "worn=false")
        }
        return house
    }

    @Test("one resident is shown link by link", arguments: ["en", "zh-CN"])
    func one(lang: String) async throws {
        let output = try await run(try house(), ["r1"], lang: lang)

        #expect(output.status == 0, "\(output.err)")
        #expect(output.lines.first?.hasPrefix("r1 Wang Lan, 1-1-101: ") == true, "\(output.out)")
        #expect(output.out.contains(lang == "en" ? "worn: blind, band1 is not worn" : "佩戴: 失守, band1 未佩戴"), "\(output.out)")
        #expect(output.out.contains(lang == "en" ? "the last message over push arrived" : "渠道 push 已送达"), "\(output.out)")
    }

    @Test("everyone is listed with the weakest link, and counted", arguments: ["en", "zh-CN"])
    func all(lang: String) async throws {
        let output = try await run(try house(), ["--all"], lang: lang)

        #expect(output.lines.count == 4, "\(output.out)")
        #expect(output.lines.last == (lang == "en" ? "2 residents: 1 blind, 1 degraded, 0 covered" : "共 2 人:失守 1,不完整 1,守护中 0"))
        #expect(output.lines[1].hasPrefix("r1"), "\(output.out)")
    }

    @Test("programs get everything as one object")
    func json() async throws {
        let output = try await run(try house(), ["--all", "-o", "json"])

        let report = try JSONDecoder().decode(CoverageReport.self, from: Data(output.out.utf8))
        #expect(report.residents.map(\.resident) == ["r1", "r2"] && report.blind == 1, "\(output.out)")
        #expect(output.out.contains(#""told_within_ms":"#))
    }

    @Test("somebody who is not registered is refused, and so is a question about nobody")
    func refusals() async throws {
        let unknown = try await run(try ConsoleHouse(), ["r9"])
        let nobody = try await run(try ConsoleHouse(), [])

        #expect(unknown.status == 1)
        #expect(unknown.err.contains("there is no resident \"r9\""), "\(unknown.err)")
        #expect(nobody.status == 2)
        #expect(nobody.err.contains("give --all for everyone"))
    }
}
