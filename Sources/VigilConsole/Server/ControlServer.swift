import Hummingbird
public import Logging
import VigilCore
public import ServiceLifecycle

/// Serves the API on the control socket, to those who may command.
public struct ControlServer: Service {
    private let socket: ControlSocket
    private let services: ConsoleServices
    private let policy: PeerPolicy
    private let keepalive: Duration
    private let logger: Logger
    private let onServerRunning: @Sendable () async -> Void

    /// - Parameters:
    ///   - policy: who may command; the owners of the socket unless given.
    ///   - keepalive: how long a followed timeline may say nothing.
    ///   - onServerRunning: called once requests are answered; the daemon is ready no sooner.
    public init(
        path: String, services: ConsoleServices, policy: PeerPolicy? = nil, keepalive: Duration = .seconds(15), logger: Logger,
        onServerRunning: @escaping @Sendable () async -> Void = {}
    ) {
        socket = ControlSocket(path: path)
        self.services = services
        self.policy = policy ?? .owners(ofSocket: path)
        self.keepalive = keepalive
        self.logger = logger
        self.onServerRunning = onServerRunning
    }

    public func run() async throws {
        try socket.clear()
        let router = Router(context: ConsoleContext.self)
        router.add(middleware: ErrorMiddleware(logger: logger))
        router.add(middleware: PeerMiddleware(policy: policy))
        ProbeRoutes(services: services).add(to: router)
        ControlRoutes(services: services, keepalive: keepalive).add(to: router)
        let application = Application(
            router: router, server: .console,
            configuration: .console(.unixDomainSocket(path: socket.path), connections: 64, logger: logger),
            onServerRunning: { [socket, logger, onServerRunning] _ in
                do {
                    try socket.restrict()
                    await onServerRunning()
                } catch {
                    // The peer's credentials still keep strangers out.
                    logger.error("the control socket is open to more than its group", metadata: [LogKey.error: "\(error)"])
                    await onServerRunning()
                }
            },
            logger: logger)
        defer { socket.remove() }
        do {
            try await application.run()
        } catch {
            throw ConsoleStartError("cannot serve the control socket \(socket.path): \(error)")
        }
    }
}
