import VigilCore
import VigilIngest

/// What devices come to by themselves: a port that watches connect to, a radio that sensors are heard by. Nobody keeps for us what they say,
/// so there is nothing to be refused and no spare: a watch says again what is not answered, a sensor what is not heard.
final class ListeningSource: FrameSource {
    /// A turn ends for its answers as it does for a broker's.
    private static let window = 2000

    private let id: SourceID
    private let source: any HeldSource

    init(_ id: SourceID, _ source: any HeldSource) {
        self.id = id
        self.source = source
    }

    /// Where what such a source tells goes.
    static func handler(
        of id: SourceID, inbox: Inbox, readiness: ReadinessBoard
    ) -> @Sendable (SourceEvent) -> Void {
        { event in
            readiness.take(event, of: id)
            inbox.put(.source(id, isSpare: false, event))
        }
    }

    var handle: SourceHandle {
        SourceHandle(
            id: id, window: Self.window, hold: source.hold, release: source.release, readOn: source.readOn, refuse: {}, resume: {},
            openSpare: {}, closeSpare: {})
    }

    func start() { source.start() }
    func stop() { source.stop() }
}
