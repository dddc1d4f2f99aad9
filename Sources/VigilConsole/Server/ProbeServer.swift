import Hummingbird
public import Logging
import NIOCore
public import ServiceLifecycle

/// Serves health and metrics on a loopback port, to whoever asks from this machine.
public struct ProbeServer: Service {
    private let host: String
    private let port: Int
    private let services: ConsoleServices
    private let logger: Logger
    private let onServerRunning: @Sendable (_ port: Int) async -> Void

    /// - Parameters:
    ///   - host: an address of this machine; the configuration refuses others.
    ///   - port: 0 takes a free one.
    ///   - onServerRunning: called once requests are answered, with the port.
    public init(
        host: String, port: Int, services: ConsoleServices, logger: Logger,
        onServerRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.services = services
        self.logger = logger
        self.onServerRunning = onServerRunning
    }

    public func run() async throws {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ErrorMiddleware(logger: logger))
        ProbeRoutes(services: services).add(to: router)
        let application = Application(
            router: router, server: .console, configuration: .console(.hostname(host, port: port), connections: 64, logger: logger),
            onServerRunning: { [onServerRunning, port] channel in await onServerRunning(channel.localAddress?.port ?? port) },
            logger: logger)
        do {
            try await application.run()
        } catch {
            throw ConsoleStartError("cannot serve health and metrics on \(host):\(port): \(error); choose another port under http")
        }
    }
}
