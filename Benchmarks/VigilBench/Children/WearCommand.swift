import ArgumentParser
import VigilCore
import VigilDevices
import VigilStore

/// The gateway's turns of a quiet site, without waiting for them: the store writes what it would write in those minutes.
struct WearCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "child-wear", abstract: "Commits the turns of some minutes.", shouldDisplay: false)

    @Argument var directory: String
    @Option var minutes: Int
    @Option var devices: Int
    @Option var rate: Int

    /// Prints bytes written and bytes of payload. One turn a second, and snapshots, as the built-in `linger` and `snapshot_every` say.
    func run() throws {
        let installation = try Installation(in: directory, brokerPort: 1883)
        let store = try Store.open(directory: installation.stateDirectory)
        let community = Community(devices: devices)
        var engine = Engine(decoders: DecoderRegistry().decoders)
        var effects: [Effect] = []
        var turn = Turn()
        func take(_ input: Input, at time: EngineTime) {
            let stamped = StampedInput(sequence: engine.sequence + 1, at: time, input: input)
            effects.removeAll(keepingCapacity: true)
            engine.apply(stamped, into: &effects)
            turn.journal.append(stamped)
        }
        let begin = Installation.now
        take(.registryChange(community.registry), at: begin)
        take(.rulesChange(try installation.rules()), at: begin)
        take(.health(Health(.source(Community.source), .up)), at: begin)
        try store.commitAndWait(turn)
        let before = try ProcessFacts.bytesWritten()
        var payload = 0
        for second in 1...(minutes * 60) {
            turn = Turn()
            for place in 0..<rate {
                let time = begin + Milliseconds(Int64(second * 1000 + place * 1000 / rate))
                let frame = community.frame((second - 1) * rate + place, at: time)
                payload += frame.payload.count
                if let due = engine.nextDeadline, due <= time {
                    take(.deadline(heardUntil: [HeardUntil(source: Community.source, time: time)]), at: time)
                }
                take(.frame(frame), at: time)
            }
            turn.confirmed = [ConfirmedPosition(source: Community.source, sequence: engine.sequence - Int64(rate))]
            if second.isMultiple(of: 300) { turn.snapshot = engine.takeSnapshot(whole: false) }
            try store.commitAndWait(turn)
        }
        try store.close()
        print("\(Int(try ProcessFacts.bytesWritten() - before)) \(payload)")
    }
}
