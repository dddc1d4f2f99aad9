import Hummingbird
import VigilCore
import VigilStore

extension ControlRoutes {
    /// Everyone, or the one resident that is named.
    func coverage(_ request: Request) async throws -> Response {
        let query = Query(request)
        let resident = query.text("resident").map { ResidentID($0) }
        try query.finish(known: ["resident"])
        guard var facts = await services.coverageFacts() else { throw ConsoleError(.serviceUnavailable, "the daemon stops") }
        facts.deliveries = try await services.reader.lastDeliveries()
        return try .json(
            CoverageReport(try residents(resident, by: CoverageJudge(facts)), madeAt: services.wall(), timeZone: services.timeZone()))
    }

    private func residents(_ id: ResidentID?, by judge: CoverageJudge) throws -> [Coverage] {
        guard let id else { return judge.everyone() }
        do {
            return [try judge.coverage(of: id)]
        } catch {
            throw ConsoleError(.notFound, error.words)
        }
    }
}
