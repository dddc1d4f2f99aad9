public import VigilCore

/// The life that follows on what a script left, after a crash: from its journal, its tables and maybe a snapshot.
public struct SecondLife {
    private var script: EngineScript

    public var engine: Engine { script.engine }
    /// What the start led to, and everything since.
    public var effects: [Effect] { script.effects }

    /// - Parameter snapshotAt: after this many inputs of the first life its state was written.
    public init(of first: EngineScript, after gap: Milliseconds, snapshotAt: Int? = nil) throws {
        var store = SimulatorStore()
        var engine = Engine(decoders: [TextDecoder()])
        for (index, input) in first.inputs.enumerated() {
            var turn = SimulatorTurn()
            var fresh: [Effect] = []
            engine.apply(input, into: &fresh)
            turn.add(input, fresh)
            if index + 1 == snapshotAt { turn.add(engine.takeSnapshot(whole: true)) }
            store.commit(turn.turn)
        }
        script = EngineScript(goingOnWith: try store.recover(), at: first.time + gap)
        apply(.started(Start(boot: "boot", gap: gap, clock: EngineScript.clock)))
        for source in SmallCommunity.sources { apply(.health(Health(.source(source), .up))) }
    }

    @discardableResult
    public mutating func apply(_ input: Input) -> [Effect] { script.apply(input) }

    /// A device publishes on `text/<device>`.
    @discardableResult
    public mutating func say(_ device: String, _ payload: String) -> [Effect] {
        apply(.frame(Frame(source: "home", origin: .mqtt(topic: "text/\(device)"), payload: Array(payload.utf8), isRetained: false)))
    }

    /// An operator at the box does something.
    @discardableResult
    public mutating func act(_ action: Command.Action) -> [Effect] {
        apply(.command(Command(id: "again", action: action, by: Actor(via: "cli", login: "operator"))))
    }

    /// Time passes, and the engine is called whenever it asked to be.
    @discardableResult
    public mutating func wait(_ length: Milliseconds) -> [Effect] { script.wait(length) }
}
