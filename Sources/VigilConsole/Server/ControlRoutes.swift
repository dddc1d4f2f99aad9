import Hummingbird
import VigilCore

/// The JSON API of the control socket; `docs/cli.md` describes it.
struct ControlRoutes {
    /// Commands and queries are small; a registry of a district is not.
    static let commandLimit = 64 * 1024
    static let registryLimit = 16 * 1024 * 1024

    let services: ConsoleServices
    /// How long a followed timeline may say nothing.
    let keepalive: Duration

    func add(to router: Router<ConsoleContext>) {
        router.get("/v1/status") { [services] _, _ in try Response.json(services.status()) }
        router.post("/v1/reload") { _, _ in try await reload() }
        router.get("/v1/alerts") { request, _ in try await listAlerts(request) }
        router.get("/v1/alerts/follow") { request, _ in try await follow(request) }
        router.get("/v1/alerts/{id}") { _, context in try await showAlert(context) }
        router.get("/v1/orders") { request, _ in try await listOrders(request) }
        router.get("/v1/blind") { [services] _, _ in
            let clock = services.clock()
            let residents = await services.blindList().map { BlindReport($0, clock: clock) }
            return try Response.json(BlindList(residents: residents, timeZone: services.timeZone()))
        }
        router.get("/v1/coverage") { request, _ in try await coverage(request) }
        router.get("/v1/report") { request, _ in try await report(request) }
        router.get("/v1/tests") { request, _ in try await tests(request) }
        router.get("/v1/visits") { request, _ in try await visits(request) }
        router.get("/v1/call-sheet") { request, _ in try await callSheet(request) }
        router.post("/v1/commands") { request, context in try await command(request, context) }
        router.get("/v1/registry") { [services] _, _ in
            Response.text(services.exportRegistry(), type: "application/yaml; charset=utf-8")
        }
        router.post("/v1/registry") { request, _ in try await importRegistry(request) }
        router.get("/v1/devices") { request, _ in try await listDevices(request) }
        router.get("/v1/devices/{id}") { request, context in try await showDevice(request, context) }
        router.get("/v1/devices/{id}/frames") { request, context in try await deviceFrames(request, context) }
        router.get("/v1/devices/unclaimed") { request, _ in try await listUnclaimed(request) }
        router.get("/v1/ble") { request, _ in try await hearBluetooth(request) }
        router.get("/v1/devices/quarantine") { request, _ in try await listQuarantine(request) }
    }

    private func reload() async throws -> Response {
        let result = await services.reload()
        guard result.rulesVersion != nil else {
            throw ConsoleError(
                .conflict,
                LocalizedText(
                    zh: "配置未被接受,原有配置继续有效", en: "the configuration was refused; the one before stays in force"), faults: result.faults,
                warnings: result.warnings)
        }
        return try .json(result)
    }

    private func importRegistry(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: Self.registryLimit)
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            throw ConsoleError(.badRequest, "the registry is no UTF-8 text")
        }
        let name = request.uri.queryParameters["file"].map(String.init) ?? "registry.yaml"
        let base = try Query(request).number("over", in: 0...Int.max)
        let result = await services.importRegistry(text, name, base)
        if let newer = result.newer { throw ConsoleError(.conflict, .outdatedRegistry(newer)) }
        guard result.version != nil else {
            throw ConsoleError(
                .badRequest,
                LocalizedText(
                    zh: "登记册未被接受,原有登记册继续有效", en: "the registry was refused, and the one before stays in force"), faults: result.faults,
                warnings: result.warnings)
        }
        return try .json(result)
    }
}
