import Synchronization

/// Tells every follower that the timeline grew.
public final class ConsoleSignal: Sendable {
    private let followers = Mutex<[AsyncStream<Void>.Continuation]>([])

    public func grew() { followers.withLock { for follower in $0 { follower.yield() } } }

    public func stream() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        followers.withLock { $0.append(continuation) }
        continuation.yield()
        return stream
    }
}
