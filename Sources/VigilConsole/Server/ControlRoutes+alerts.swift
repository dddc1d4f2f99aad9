import Foundation
import Hummingbird
import VigilCore
import VigilStore

extension ControlRoutes {
    func listAlerts(_ request: Request) async throws -> Response {
        var filter = AlertFilter()
        let query = Query(request)
        if let state = try query.choice("state", AlertFilter.State.self) { filter.state = state }
        filter.kind = query.text("kind").map { AlertKind($0) }
        filter.severity = try query.choice("severity", Severity.self)
        filter.limit = try query.number("limit", in: ListLimit.range) ?? filter.limit
        try query.finish(known: ["state", "kind", "severity", "limit"])
        let position = try await services.reader.lastTimelinePosition()
        let clock = services.clock()
        let alerts = try await services.unrecorded().list(filter) { try await services.reader.alerts($0) }
            .map { AlertReport($0.alert, isRecorded: $0.isRecorded, clock: clock) }
        return try .json(AlertList(alerts: alerts, position: position, timeZone: services.timeZone()))
    }

    func showAlert(_ context: ConsoleContext) async throws -> Response {
        let id = try context.parameters.require("id")
        let decoded = id.removingPercentEncoding ?? id
        guard let story = try await story(of: AlertID(decoded)) else {
            let name = SettingFault.quoted(decoded)
            throw ConsoleError(
                .notFound,
                LocalizedText(
                    zh: "没有警报 \(name);请查看 vigil alerts list --state all",
                    en: "there is no alert \(name); see: vigil alerts list --state all"))
        }
        return try .json(AlertStoryReport(story, clock: services.clock(), timeZone: services.timeZone()))
    }

    /// With what could not be stored.
    func story(of id: AlertID) async throws -> AlertStory? {
        let unrecorded = services.unrecorded()
        return unrecorded.story(of: id, over: try await services.reader.alert(id))
    }

    func follow(_ request: Request) async throws -> Response {
        let query = Query(request)
        let given = try query.number("after", in: 0...Int.max)
        try query.finish(known: ["after"])
        let start = if let given { Int64(given) } else { try await services.reader.lastTimelinePosition() }
        let stream = TimelineStream(services: services, keepalive: keepalive)
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson; charset=utf-8"],
            body: ResponseBody { writer in
                try await stream.write(after: start, to: &writer)
                try await writer.finish(nil)
            })
    }
}
