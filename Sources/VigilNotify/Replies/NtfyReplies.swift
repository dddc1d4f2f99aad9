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
        /// A message was read. Store the position once a reply is stored: the next start begins behind it.
        case message(position: String, ReplyReading)
    }

    private let configuration: Configuration
    private let tokens: AcceptToken
    private let onEvent: @Sendable (Event) -> Void
    private let cancellation = HTTPCancellation()
    private let ended = DispatchSemaphore(value: 0)
    private let isStarted = Mutex(false)

    /// - Parameter onEvent: called from the thread, in order, one at a time.
    public init(_ configuration: Configuration, tokens: AcceptToken, onEvent: @escaping @Sendable (Event) -> Void) {
        self.configuration = configuration
        self.tokens = tokens
        self.onEvent = onEvent
    }

    /// Begins behind a stored position; nil begins with all that the server still has. Only the first call does anything.
    public func start(after position: String?) {
        let isFirst = isStarted.withLock { isStarted in
            defer { isStarted = true }
            return !isStarted
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
        guard isStarted.withLock({ $0 }) else { return }
        ended.wait()
        // For the next one who asks.
        ended.signal()
    }

    private func handle(_ news: NtfyFollower.News) {
        switch news {
        case .up: onEvent(.up)
        case .down(let reason): onEvent(.down(reason: reason))
        case .message(let id, let text):
            onEvent(.message(position: id, ReplyBody.read(text, via: NtfyChannel.kind, tokens: tokens)))
        }
    }
}
