import ServiceLifecycle
import VigilIngest

/// Something that frames come from: a broker, or a port that devices connect to.
protocol FrameSource: Sendable {
    /// What the gateway may ask of it.
    var handle: SourceHandle { get }

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
