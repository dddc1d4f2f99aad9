import ServiceLifecycle
import VigilIngest

/// Something that frames come from: a broker, a port that devices connect to, or a radio with its adapters.
protocol FrameSource: Sendable {
    /// What the gateway may ask of each source in it.
    var handles: [SourceHandle] { get }

    func start()
    func stop()
}

/// All sources: started once everything behind them stands, stopped first.
struct SourceFleet: Service {
    let sources: [any FrameSource]

    func run() async throws {
        for source in sources { source.start() }
        try? await gracefulShutdown()  // ends with cancellation too, and then it is time as well
        for source in sources { source.stop() }
    }
}
