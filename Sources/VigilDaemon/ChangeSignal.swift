import Synchronization

/// Tells everyone who follows something that it has changed. A signal that nobody has taken yet stands for all before it.
public final class ChangeSignal: Sendable {
    private let followers = Mutex<[Int: AsyncStream<Void>.Continuation]>([:])
    private let nextID = Atomic(0)

    public init() {}

    public func changed() {
        followers.withLock { for follower in $0.values { follower.yield() } }
    }

    /// One signal at once, to read what is there, and then one after each change.
    public func signals() -> AsyncStream<Void> {
        let id = nextID.add(1, ordering: .relaxed).newValue
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        continuation.onTermination = { [weak self] _ in self?.followers.withLock { _ = $0.removeValue(forKey: id) } }
        followers.withLock { $0[id] = continuation }
        continuation.yield()
        return stream
    }
}
