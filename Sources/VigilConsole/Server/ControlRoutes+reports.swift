import Hummingbird
import VigilCore

extension ControlRoutes {
    func report(_ request: Request) async throws -> Response {
        let query = Query(request)
        let period = try period(query)
        let grouping = try query.choice("by", ReportGrouping.self)
        try query.finish(known: ["from", "to", "days", "by"])
        let groupings = grouping.map { [$0] } ?? ReportGrouping.usual
        return try .json(try await reports.report(period, by: groupings, now: services.wall()))
    }

    func callSheet(_ request: Request) async throws -> Response {
        try Query(request).finish(known: [])
        return try .json(try await reports.callSheet(madeAt: services.wall()))
    }

    func tests(_ request: Request) async throws -> Response {
        let query = Query(request)
        let selection = try query.choice("state", TestList.Selection.self) ?? .overdue
        try query.finish(known: ["state"])
        return try .json(try await reports.tests(selection, madeAt: services.wall()))
    }

    func visits(_ request: Request) async throws -> Response {
        let query = Query(request)
        let day = try query.day("day")
        let grid = query.text("grid").map { GridID($0) }
        try query.finish(known: ["day", "grid"])
        let blind = await services.blindList()
        do {
            return try .json(try await reports.visits(on: day, in: grid, blind: blind, madeAt: services.wall()))
        } catch let refusal as RefusedQuestion {
            throw ConsoleError(.badRequest, refusal.words)
        }
    }

    var reports: StoredReports {
        StoredReports(
            reader: services.reader, clock: services.clock(), timeZone: services.timeZone(), unrecorded: services.unrecorded())
    }

    private func period(_ query: Query) throws -> ReportPeriod {
        let days = try query.number("days", in: ReportPeriod.dayCount)
        let first = try query.day("from")
        let last = try query.day("to")
        guard let first else {
            if last != nil { throw ConsoleError(.badRequest, "to: needs from; write from=2026-11-01&to=2026-11-07") }
            return days.map { .lastDays($0) } ?? .usual
        }
        if days != nil { throw ConsoleError(.badRequest, "days: ask for days, or for from and to") }
        if let last, last < first { throw ConsoleError(.badRequest, "to: is before from") }
        return .days(first, through: last)
    }
}
