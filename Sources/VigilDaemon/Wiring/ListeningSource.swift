import VigilCore
import VigilIngest

/// A port that watches connect to.
final class ListeningSource: FrameSource {
    private let id: SourceID
    private let source: WatchSource

    init(_ id: SourceID, _ source: WatchSource) {
        self.id = id
        self.source = source
    }

    var handles: [SourceHandle] {
        [SourceHandle(listening: id, hold: source.hold, release: source.release, readOn: source.readOn)]
    }

    func start() { source.start() }
    func stop() { source.stop() }
}

extension SourceHandle {
    /// A turn ends for its answers as it does for a broker's.
    private static let listeningWindow = 2000

    /// Of what devices come to by themselves: a port that watches connect to, a radio that sensors are heard by. Nobody keeps for us what they
    /// say, so there is nothing to be refused and no spare: a watch says again what is not answered, a sensor what is not heard.
    init(
        listening id: SourceID, hold: @escaping @Sendable () -> Void, release: @escaping @Sendable () -> Void,
        readOn: @escaping @Sendable () -> Void
    ) {
        self.init(
            id: id, window: Self.listeningWindow, hold: hold, release: release, readOn: readOn, refuse: {}, resume: {}, openSpare: {},
            closeSpare: {})
    }
}
