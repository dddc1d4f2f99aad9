import Testing
import VigilConsole
import VigilCore
import VigilNotify
import VigilTesting

struct ReportRoutesTests {
    private func get<Value: Decodable & Sendable>(_ house: ConsoleHouse, _ path: String, _: Value.Type) async throws -> Value {
        try await house.serve { try await Caller(socket: house.socket).get(path).json(Value.self) }
    }

    @Test("a report covers the last seven days up to now, unless asked for another time")
    func period() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") + $0.wait(.minutes(1)) }
        let now = EngineScript.origin.rawValue + 60_000

        let report = try await get(house, "/v1/report", ReportDocument.self)

        #expect(report.from == WallTime(now - 7 * 86_400_000))
        #expect(report.to == WallTime(now))
        #expect(report.timeZone == "Asia/Shanghai")
        #expect(report.groups.map(\.by) == [.alertClass, .grid, .kind, .severity, .rule, .deviceModel])
    }

    @Test("days are those of the clock that people go by, the last one whole")
    func days() async throws {
        let house = try ConsoleHouse()
        // 2025-11-22 16:26:40 in Shanghai.
        try house.happen { $0.say("button1", "sos=true") }

        let there = try await get(house, "/v1/report?from=2025-11-22&to=2025-11-22&by=kind", ReportDocument.self)
        let before = try await get(house, "/v1/report?from=2025-11-01&to=2025-11-21&by=kind", ReportDocument.self)

        #expect(there.from == WallTime(1_763_740_800_000))
        #expect(there.to == WallTime(1_763_740_800_000 + 86_400_000))
        #expect(there.groups.map(\.key) == ["sos"])
        #expect(before.groups.isEmpty)
    }

    @Test("what could not be stored is counted all the same")
    func unrecorded() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }
        try house.happen(isStored: false) { $0.say("button2", "sos=true") + $0.wait(.seconds(1)) }

        let report = try await get(house, "/v1/report?by=resident", ReportDocument.self)
        let sheet = try await get(house, "/v1/call-sheet", CallSheet.self)

        #expect(report.groups.map(\.key) == ["r1", "r2"])
        #expect(sheet.homes.map { $0.alerts.map { $0.id } } == [["sos-r1-1"], ["sos-r2-1"]])
    }

    @Test("the call sheet holds the registry's people, urgent flats first")
    func callSheet() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button2", "sos=true") }

        let sheet = try await get(house, "/v1/call-sheet", CallSheet.self)

        #expect(sheet.community == "Riverside")
        #expect(sheet.homes.map(\.address) == ["1-1-102", "1-1-101"])
        #expect(sheet.homes.first?.alerts.map(\.id) == ["sos-r2-1"])
        #expect(sheet.homes.last?.calls.map(\.contact) == ["officer", "second", "lead", "son", "daughter"])
    }

    @Test(
        "a question that is not understood is refused with its place",
        arguments: [
            ("/v1/report?from=22.11.2026", #"from: "22.11.2026" is no day; write 2026-11-22"#),
            ("/v1/report?from=2026-02-30", #"from: "2026-02-30" is no day; write 2026-11-22"#),
            ("/v1/report?to=2026-02-03", "to: needs from"), ("/v1/report?from=2026-02-03&to=2026-02-02", "to: is before from"),
            ("/v1/report?from=2026-02-03&days=3", "days: ask for days, or for from and to"),
            ("/v1/report?days=0", #"days: "0" is no number from 1 to 3660"#),
            ("/v1/report?by=model", #"by: unknown value "model""#), ("/v1/call-sheet?x=1", #"unknown parameter "x""#),
            ("/v1/tests?state=al", #"state: unknown value "al""#),
        ])
    func refusals(path: String, words: String) async throws {
        let house = try ConsoleHouse()

        let response = try await house.serve { try await Caller(socket: house.socket).get(path) }

        #expect(response.status == 400)
        #expect(try response.json(ErrorReport.self).error.hasPrefix(words), "\(response.text)")
    }
}
