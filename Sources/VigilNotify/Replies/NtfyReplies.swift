internal import Dispatch
internal import Foundation
internal import Synchronization
internal import VigilCore

/// Reads the acceptances that the buttons of ntfy messages post to the reply topic, on a thread of its own.
///
/// It follows the topic's stream and comes back to it for ever; where something between buffers streams, it polls. It asks for what came
/// since the last message that it handled, so nothing is lost while the server still has it (12 hours by default) and nothing is read twice.
public final class NtfyReplies: Sendable {
    public struct Configuration: Sendable {
        /// Without a trailing slash.
        var server: String
        var topic: String
        var credential: NtfySettings.Credential?
        var http: HTTPClient.Configuration
        /// ntfy sends a keepalive every 45 s unless told otherwise.
        var patience = HTTPClient.Patience(first: .seconds(10), later: .seconds(100))
        /// Between two attempts: doubles from the first to the last.
        var backOff = Milliseconds(500)...Milliseconds.seconds(15)
        var pollEvery = Milliseconds.seconds(3)
        /// So many polls before a stream is tried again.
        var pollsPerStream = 20
    }

    public enum Event: Hashable, Sendable {
        /// The topic is being followed.
        case up
        /// It is not. Words for an operator, once per outage.
        case down(reason: String)
        /// A message was read, and it was a verified reply or not. Store the position once the reply is stored: the next start begins behind it.
        case message(position: String, Reply?)
    }

    /// What was read since the start.
    public struct Counts: Hashable, Sendable {
        public var replies = 0
        public var garbage = 0
        /// Well-formed, with a token that this box did not give.
        public var forged = 0
    }

    private struct State {
        var counts = Counts()
        var isStarted = false
    }

    private let configuration: Configuration
    private let tokens: AcceptToken
    private let onEvent: @Sendable (Event) -> Void
    private let cancellation = HTTPCancellation()
    private let ended = DispatchSemaphore(value: 0)
    private let state = Mutex(State())

    /// - Parameter onEvent: called from the thread, in order, one at a time.
    public init(_ configuration: Configuration, tokens: AcceptToken, onEvent: @escaping @Sendable (Event) -> Void) {
        self.configuration = configuration
        self.tokens = tokens
        self.onEvent = onEvent
    }

    public var counts: Counts { state.withLock { $0.counts } }

    /// Begins behind a stored position; nil begins with all that the server still has. Only the first call does anything.
    public func start(after position: String?) {
        let isFirst = state.withLock { state in
            defer { state.isStarted = true }
            return !state.isStarted
        }
        guard isFirst else { return }
        let thread = Thread { [self] in
            NtfyFollower(configuration, after: position, cancellation: cancellation) { self.handle($0) }.run()
            ended.signal()
        }
        thread.name = "ntfy-replies"
        thread.start()
    }

    /// Ends the thread and waits for it; no event comes after that.
    public func stop() {
        cancellation.cancel()
        guard state.withLock({ $0.isStarted }) else { return }
        ended.wait()
        // For the next one who asks.
        ended.signal()
    }

    private func handle(_ news: NtfyFollower.News) {
        switch news {
        case .up: onEvent(.up)
        case .down(let reason): onEvent(.down(reason: reason))
        case .message(let id, let text):
            let reading = ReplyBody.read(text, via: NtfyChannel.kind, tokens: tokens)
            state.withLock { state in
                switch reading {
                case .reply: state.counts.replies += 1
                case .garbage: state.counts.garbage += 1
                case .forged: state.counts.forged += 1
                }
            }
            if case .reply(let reply) = reading {
                onEvent(.message(position: id, reply))
            } else {
                onEvent(.message(position: id, nil))
            }
        }
    }
}
