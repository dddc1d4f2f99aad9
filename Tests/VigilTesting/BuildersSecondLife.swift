public import VigilCore

/// The life that follows on what a script left, after a crash: from its journal, its tables and maybe a snapshot.
public struct SecondLife {
    public private(set) var engine: Engine
    /// What the start led to, and everything since.
    public private(set) var effects: [Effect] = []
    private var time: EngineTime

    /// - Parameter snapshotAt: after this many inputs of the first life its state was written.
    public init(of script: EngineScript, after gap: Milliseconds, snapshotAt: Int? = nil) throws {
        var store = SimulatorStore()
        var first = Engine(decoders: [TextDecoder()])
        for (index, input) in script.inputs.enumerated() {
            var turn = SimulatorTurn()
            var fresh: [Effect] = []
            first.apply(input, into: &fresh)
            turn.add(input, fresh)
            if index + 1 == snapshotAt { turn.add(first.takeSnapshot(whole: true)) }
            store.commit(turn.turn)
        }
        engine = try store.recover()
        time = script.time + gap
        apply(.started(Start(boot: "boot", gap: gap, clock: EngineScript.clock)))
        for source in SmallCommunity.sources { apply(.health(Health(.source(source), .up))) }
    }

    @discardableResult
    public mutating func apply(_ input: Input) -> [Effect] {
        var fresh: [Effect] = []
        engine.apply(StampedInput(sequence: engine.sequence + 1, at: time, input: input), into: &fresh)
        effects += fresh
        return fresh
    }

    /// An operator at the box does something.
    @discardableResult
    public mutating func act(_ action: Command.Action) -> [Effect] {
        apply(.command(Command(id: "again", action: action, by: Actor(via: "cli", login: "operator"))))
    }

    /// Time passes, and the engine is called whenever it asked to be.
    @discardableResult
    public mutating func wait(_ length: Milliseconds) -> [Effect] {
        let before = effects.count
        let target = time + length
        while let due = engine.nextDeadline, due <= target {
            time = max(time, due)
            tick()
        }
        time = target
        tick()
        return Array(effects[before...])
    }

    private mutating func tick() { apply(.deadline(heardUntil: SmallCommunity.sources.map { HeardUntil(source: $0, time: time) })) }
}
