import Logging
import Synchronization
import VigilCore
import VigilIngest
import VigilTesting

/// A source with somebody behind it who remembers everything, and who releases at once or not at all.
final class Listener: Sendable {
    struct Heard: Sendable {
        /// The events' names in order, for tests of the order.
        var events: [String] = []
        var resumed: [Bool] = []
        var reasons: [String] = []
        var frames: [Frame] = []
        var lastRead: UInt64 = 0
        var held: [UInt64] = []
        var confirmed: UInt64 = 0
        var heardUntil: [BootTime] = []
        /// What the broker does not let us hear.
        var refused: [String] = []

        /// The broker has answered on the present connection: the subscriptions stand.
        var isHearing: Bool { events.last { $0 == "connected" || $0 == "heard" } == "heard" }
        var texts: [String] { frames.map { String(decoding: $0.payload, as: UTF8.self) } }
    }

    /// What the handler needs before there is a source to capture.
    private final class Own: Sendable {
        let source = Mutex<MQTTSource?>(nil)
    }

    let source: MQTTSource
    private let own: Own
    private let state: WatchedState<Heard>

    /// - Parameter releasing: release every batch at once, as a consumer without a journal would.
    init(
        _ configuration: BrokerConfiguration, releasing: Bool = false,
        logger: Logger = Logger(label: "listener") { _ in SwiftLogNoOpLogHandler() }
    ) {
        let state = WatchedState(Heard())
        self.state = state
        let own = Own()
        self.own = own
        source = MQTTSource(
            configuration: configuration,
            handler: { event in
                state.update { $0.note(event) }
                guard releasing else { return }
                switch event {
                case .frames: own.source.withLock { $0?.hold() }
                case .held: own.source.withLock { $0?.release() }
                default: break
                }
            }, logger: logger)
        own.source.withLock { $0 = source }
        source.start()
    }

    deinit {
        source.stop()
        own.source.withLock { $0 = nil }
    }

    var heard: Heard { state.value }

    func wait(seconds: Int = 30, for holds: (Heard) -> Bool) -> Bool { state.wait(seconds: seconds, for: holds) }

    /// Waits until a session stands and the broker has answered on it.
    func waitUntilHearing() -> Bool { wait(for: \.isHearing) }
}

extension Listener.Heard {
    mutating func note(_ event: SourceEvent) {
        switch event {
        case .connected(let isResumed):
            events.append("connected")
            resumed.append(isResumed)
        case .disconnected(let reason):
            events.append("disconnected")
            reasons.append(reason)
        case .refused(let filters):
            events.append("refused")
            refused = filters
        case .frames(let batch, let last):
            events.append("frames")
            frames += batch
            lastRead = last
        case .held(let last):
            events.append("held")
            held.append(last)
        case .heard(let until):
            events.append("heard")
            heardUntil.append(until)
        case .confirmed(let upTo):
            events.append("confirmed")
            confirmed = upTo
        }
    }
}
