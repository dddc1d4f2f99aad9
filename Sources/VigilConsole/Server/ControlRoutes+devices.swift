import Hummingbird
import VigilStore

extension ControlRoutes {
    func listUnclaimed(_ request: Request) async throws -> Response {
        let query = Query(request)
        let limit = try query.number("limit", in: ListLimit.range) ?? 1000
        try query.finish(known: ["limit"])
        let clock = services.clock()
        let speaking = try await services.reader.unclaimed(limit: limit)
        let announcements = try await services.reader.announcements()
        return try .json(UnclaimedList(speaking, announcements: announcements, clock: clock, limit: limit))
    }

    func listQuarantine(_ request: Request) async throws -> Response {
        let query = Query(request)
        let limit = try query.number("limit", in: ListLimit.range) ?? 100
        try query.finish(known: ["limit"])
        let counts = try await services.reader.undecodableCounts(limit: limit)
        let samples = try await services.reader.quarantine(limit: limit)
        return try .json(QuarantineReport(counts: counts, samples: samples, clock: services.clock()))
    }
}
