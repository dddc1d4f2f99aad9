import Logging
import VigilCore
import VigilIngest

/// A port that watches connect to. Nobody keeps for us what they say, so there is nothing to be refused and no spare: what is not answered
/// is said again.
final class ListeningSource: FrameSource {
    /// A turn ends for its answers as it does for a broker's.
    private static let window = 2000

    private let id: SourceID
    private let source: WatchSource

    init(configuration: WatchListenerConfiguration, inbox: Inbox, readiness: ReadinessBoard, logger: Logger) {
        id = configuration.id
        let id = id
        source = WatchSource(
            configuration: configuration,
            handler: { event in
                readiness.take(event, of: id)
                inbox.put(.source(id, isSpare: false, event))
            }, logger: logger)
    }

    var handle: SourceHandle {
        SourceHandle(
            id: id, window: Self.window, hold: source.hold, release: source.release, readOn: source.readOn, refuse: {}, resume: {},
            openSpare: {}, closeSpare: {})
    }

    func start() { source.start() }
    func stop() { source.stop() }
}
