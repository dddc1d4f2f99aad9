import Hummingbird

/// What monitoring asks: no login, no personal data, nothing that changes anything.
struct ProbeRoutes {
    let services: ConsoleServices

    func add<Context: RequestContext>(to router: Router<Context>) {
        // The process answers: that is all that healthy means.
        router.get("/-/healthy") { _, _ in Response.text("ok\n", type: "text/plain; charset=utf-8") }
        router.get("/-/ready") { [services] _, _ in
            let readiness = services.readiness()
            let text = readiness.isReady ? "ready\n" : readiness.reasons.map { "not ready: \($0)\n" }.joined()
            return Response.text(
                text.isEmpty ? "not ready\n" : text, type: "text/plain; charset=utf-8",
                status: readiness.isReady ? .ok : .serviceUnavailable)
        }
        router.get("/metrics") { [services] _, _ in Response.text(services.metrics(), type: PrometheusText.contentType) }
    }
}
