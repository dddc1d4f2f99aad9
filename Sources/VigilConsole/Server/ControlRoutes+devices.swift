import Foundation
import Hummingbird
import VigilCore
import VigilStore

extension ControlRoutes {
    func listDevices(_ request: Request) async throws -> Response {
        var filter = DeviceFilter()
        let query = Query(request)
        filter.state = try query.choice("state", DeviceCondition.State.self)
        filter.dwelling = query.text("dwelling").map { DwellingID($0) }
        filter.resident = query.text("resident").map { ResidentID($0) }
        filter.dialect = query.text("dialect").map { Dialect($0) }
        filter.limit = try query.number("limit", in: ListLimit.range) ?? filter.limit
        try query.finish(known: ["state", "dwelling", "resident", "dialect", "limit"])
        let facts = try await deviceFacts()
        return try .json(reports.devices(facts.conditions, in: facts.registry, filter, asOf: services.wall()))
    }

    func showDevice(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try Query(request).finish(known: [])
        let id = try Self.device(context)
        let facts = try await deviceFacts()
        let report = try await reports.device(
            id, facts.conditions, in: facts.registry, rules: facts.rules, decoders: services.decoders(), asOf: services.wall(),
            verdicts: services.verdicts)
        guard let report else { throw Self.unknown(id) }
        return try .json(report)
    }

    /// What one device and everybody else said after a row of the journal.
    func deviceFrames(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let query = Query(request)
        let after = try query.number("after", in: 0...Int.max) ?? 0
        try query.finish(known: ["after"])
        let id = try Self.device(context)
        let facts = try await deviceFacts()
        guard let device = facts.registry.devices.first(where: { $0.id == id }) else { throw Self.unknown(id) }
        return try .json(
            try await reports.heard(
                after: Int64(after), of: device.address, in: facts.registry, rules: facts.rules, decoders: services.decoders(),
                verdicts: services.verdicts))
    }

    func deviceFacts() async throws -> DeviceFacts {
        guard let facts = await services.deviceFacts() else {
            throw ConsoleError(.serviceUnavailable, LocalizedText(zh: "守望正在停止", en: "vigil is stopping"))
        }
        return facts
    }

    private static func device(_ context: ConsoleContext) throws -> DeviceID {
        let id = try context.parameters.require("id")
        return DeviceID(id.removingPercentEncoding ?? id)
    }

    static func unknown(_ id: DeviceID) -> ConsoleError {
        let name = SettingFault.quoted(id.rawValue)
        return ConsoleError(
            .notFound,
            LocalizedText(
                zh: "登记册中没有设备 \(name);请查看 vigil devices list", en: "no device \(name) is registered; see: vigil devices list"))
    }

    func listUnclaimed(_ request: Request) async throws -> Response {
        let query = Query(request)
        let limit = try query.number("limit", in: ListLimit.range) ?? 1000
        try query.finish(known: ["limit"])
        let clock = services.clock()
        let speaking = try await services.reader.unclaimed(limit: ListLimit.range.upperBound)
        let announcements = try await services.reader.announcements()
        return try .json(UnclaimedList(speaking, announcements: announcements, clock: clock, limit: limit))
    }

    func listQuarantine(_ request: Request) async throws -> Response {
        let query = Query(request)
        let limit = try query.number("limit", in: ListLimit.range) ?? 100
        try query.finish(known: ["limit"])
        let counts = try await services.reader.undecodableCounts(limit: limit)
        let samples = try await services.reader.quarantine(limit: limit)
        let size = try await services.reader.quarantineSize()
        return try .json(QuarantineReport(counts: counts, samples: samples, of: size, clock: services.clock()))
    }
}
