import ServiceLifecycle
struct ConsoleService: Service {
    let readiness: ReadinessBoard
    func run() async throws { readiness.consoleListens(); try? await gracefulShutdown() }
}
