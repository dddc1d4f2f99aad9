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
        /// A new registry, made from version `over` where that is given; the answer comes after the commit.
        case registry(Registry, over: Int? = nil, done: @Sendable (RegistryAnswer) -> Void)
        /// New rules; the answer is the version that they got, after the commit; nil when the gateway has ended.
        case rules(RuleSet, done: @Sendable (Int?) -> Void)
        /// The same decoders with other keys.
        case decoders([any PayloadDecoder])
        /// A commit that took longer than the gateway waits has come to an end.
        case lateCommit(Result<Void, StoreError>)
        /// The ballast was set aside again, or there is no room for it.
        case ballastWasTried
        /// Asks for a sign of life from the other end of the loop.
        case probe(@Sendable () -> Void)
        /// Asks the engine what only it knows and no table holds; nil when the gateway has ended.
        case question(@Sendable (Engine?) -> Void)
        case stop
    }

    /// What became of a registry.
    public enum RegistryAnswer: Hashable, Sendable {
        /// In force and stored, as this version.
        case taken(Int)
        /// Somebody else's has come into force since: this version.
        case outdated(Int)
        /// Nothing can be recorded now, or the gateway has ended.
        case refused
    }

    private struct State {
        var items: [Item] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let bell = Bell()

    public init() {}

    public var count: Int { state.withLock { $0.items.count } }

    public func put(_ item: Item) {
        let (wasEmpty, isClosed) = state.withLock { state in
            if !state.isClosed { state.items.append(item) }
            return (state.items.count == 1, state.isClosed)
        }
        if isClosed { return Self.letGo(item) }
        // One ring per filling is enough: the reader takes all.
        if wasEmpty { bell.ring() }
    }

    /// The gateway has ended: whoever waits for its answer is let go, now and from now on.
    func close() {
        let left = state.withLock { state in
            defer { state.items = [] }
            state.isClosed = true
            return state.items
        }
        for item in left { Self.letGo(item) }
    }

    private static let isStopping = LocalizedText(
        zh: "守望正在停止;请在它重新运行后再试", en: "vigil is stopping; ask again when it runs")

    private static func letGo(_ item: Item) {
        switch item {
        case .command(let command, let reply):
            reply(CommandReply(command: command.id, verdict: .refused(isStopping)))
        case .registry(_, _, let done): done(.refused)
        case .rules(_, let done): done(nil)
        case .probe(let answer): answer()
        case .question(let answer): answer(nil)
        case .source, .input, .decoders, .lateCommit, .ballastWasTried, .stop: break
        }
    }

    /// Waits until something is there, `wait` has passed or, with nil, for ever; takes everything, which may be nothing.
    func take(waitingFor wait: Milliseconds?) -> [Item] {
        // What is there already has rung: the bell is hushed either way.
        bell.wait(for: state.withLock { $0.items.isEmpty } ? wait : .zero)
        return state.withLock { state in
            let taken = state.items
            state.items = []
            return taken
        }
    }
}
