import Glibc
import Logging
import Synchronization
import VigilCore
import VigilIngest

/// A consumer that keeps what it hears in a file, a line per frame, and kills itself where it is told to.
final class Victim: Sendable {
    /// Where it dies, once that many frames have come so far.
    enum Point: Equatable {
        /// Nowhere: it ends when it has heard everything and all of it is confirmed.
        case nowhere
        /// Frames were handed over and are not in the file.
        case beforeCommit(Int)
        /// Frames are in the file and not acknowledged.
        case beforeAcknowledgement(Int)
        /// The broker confirmed the acknowledgements.
        case afterConfirmation(Int)
        /// The control: it acknowledges first, commits a batch later, and dies between. It must lose messages.
        case acknowledgingFirst(Int)

        init?(_ text: String) {
            let parts = text.split(separator: ":")
            let count = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
            switch parts.first {
            case "nowhere": self = .nowhere
            case "before-commit": self = .beforeCommit(count)
            case "before-acknowledgement": self = .beforeAcknowledgement(count)
            case "after-confirmation": self = .afterConfirmation(count)
            case "acknowledging-first": self = .acknowledgingFirst(count)
            default: return nil
            }
        }
    }

    private struct State {
        var buffer: [Frame] = []
        var read = 0
        var committed = 0
        var isHolding = false
    }

    private let configuration: BrokerConfiguration
    private let point: Point
    private let file: Int32
    private let state = Mutex(State())
    private let source = Mutex<MQTTSource?>(nil)

    init(arguments: [String]) {
        guard arguments.count == 5, let port = Int(arguments[1]),
            let version = BrokerConfiguration.ProtocolVersion(rawValue: arguments[2]), let point = Point(arguments[4])
        else {
            print("usage: ingest-victim <port> <protocol> <file> <point>")
            exit(64)
        }
        configuration = BrokerConfiguration(
            id: "victim", host: "127.0.0.1", port: port, protocolVersion: version, clientID: "victim", subscriptions: ["test/#"])
        self.point = point
        file = open(arguments[3], O_WRONLY | O_CREAT | O_APPEND, 0o600)
    }

    func run() -> Never {
        let listening = MQTTSource(
            configuration: configuration, handler: { [self] in handle($0) },
            logger: Logger(label: "victim") { _ in SwiftLogNoOpLogHandler() })
        source.withLock { $0 = listening }
        listening.start()
        while true { pause() }
    }

    private func handle(_ event: SourceEvent) {
        guard let source = source.withLock({ $0 }) else { return }
        switch event {
        case .frames(let frames, _): received(frames, source)
        case .held: held(source)
        case .confirmed(let upTo):
            if case .afterConfirmation(let count) = point, upTo >= count { die() }
            if case .acknowledgingFirst(let count) = point, upTo >= count { die() }
        case .heard:
            if point == .nowhere, state.withLock({ $0.buffer.isEmpty && !$0.isHolding }) { exit(0) }
        case .connected, .disconnected, .refused: break
        }
    }

    private func received(_ frames: [Frame], _ source: MQTTSource) {
        let (read, mustHold) = state.withLock { state in
            state.buffer += frames
            state.read += frames.count
            defer { state.isHolding = true }
            return (state.read, !state.isHolding)
        }
        if case .beforeCommit(let count) = point, read >= count { die() }
        if mustHold { source.hold() }
    }

    private func held(_ source: MQTTSource) {
        state.withLock { $0.isHolding = false }
        if case .acknowledgingFirst(let count) = point {
            source.release()
            // The broker has forgotten what it never commits: it dies once that is confirmed.
            if state.withLock({ $0.read }) < count { commit() }
            return
        }
        commit()
        if case .beforeAcknowledgement(let count) = point, state.withLock({ $0.committed }) >= count { die() }
        source.release()
    }

    private func commit() {
        let frames = state.withLock { state in
            defer {
                state.committed += state.buffer.count
                state.buffer = []
            }
            return state.buffer
        }
        var lines: [UInt8] = []
        for frame in frames { lines += frame.payload + Array(frame.isRedelivery ? " dup\n".utf8 : "\n".utf8) }
        guard write(file, lines, lines.count) == lines.count, fsync(file) == 0 else { exit(74) }
    }

    private func die() -> Never {
        raise(SIGKILL)
        exit(70)
    }
}
