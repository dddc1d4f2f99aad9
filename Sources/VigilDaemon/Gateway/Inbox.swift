import Dispatch
import Synchronization
public import VigilCore
public import VigilIngest
public import VigilStore

/// Everything that reaches the gateway comes through here, in order.
public final class Inbox: Sendable {
    public enum Item: Sendable {
        /// From a broker's durable session, or from the spare one that stands in while storage fails.
        case source(SourceID, isSpare: Bool, SourceEvent)
        case input(Input)
        /// A person's command; the answer comes after the commit.
        case command(Command, reply: @Sendable (CommandReply) -> Void)
        /// A new registry or new rules; the answer is the version that they got, after the commit.
        case registry(Registry, done: @Sendable (Int) -> Void)
        case rules(RuleSet, done: @Sendable (Int) -> Void)
        /// A commit that took longer than the gateway waits has come to an end.
        case lateCommit(Result<Void, StoreError>)
        /// Asks for a sign of life from the other end of the loop.
        case probe(@Sendable () -> Void)
        case stop
    }

    private let items = Mutex<[Item]>([])
    private let bell = DispatchSemaphore(value: 0)

    public init() {}

    public var count: Int { items.withLock { $0.count } }

    public func put(_ item: Item) {
        let wasEmpty = items.withLock { items in
            items.append(item)
            return items.count == 1
        }
        // One ring per filling is enough: the reader takes all.
        if wasEmpty { bell.signal() }
    }

    /// Waits until something is there, `wait` has passed or, with nil, for ever; takes everything.
    func take(waitingFor wait: Milliseconds?) -> [Item] {
        let ready = items.withLock { !$0.isEmpty }
        if let wait, !ready {
            _ = bell.wait(timeout: .now() + .milliseconds(Int(clamping: max(0, wait.rawValue))))
        } else {
            bell.wait()
        }
        return items.withLock { items in
            let taken = items
            items = []
            return taken
        }
    }
}
