import ArgumentParser
import Glibc
import VigilCore
import VigilDevices
import VigilStore

/// Leaves behind the database of a gateway that was killed: a long journal, and the snapshots that it would have written.
struct FillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "child-fill", abstract: "Writes a journal and dies.", shouldDisplay: false)

    @Argument var directory: String
    @Option var brokerPort: Int
    @Option var rows: Int
    @Option var devices: Int

    /// The gateway's own limit (`Gateway.Settings.snapshotInputs`): the longest tail that a start can meet.
    private static let snapshotInputs = 100_000
    private static let turnRows = 1000

    func run() throws {
        let installation = try Installation(in: directory, brokerPort: brokerPort)
        let store = try Store.open(directory: installation.stateDirectory)
        let community = Community(devices: devices)
        var engine = Engine(decoders: DecoderRegistry().decoders)
        // A thousand messages a second, up to now.
        let begin = Installation.now - Milliseconds(Int64(rows))
        let opening: [Input] = [
            .registryChange(community.registry), .rulesChange(try installation.rules()),
            .health(Health(.source(Community.source), .up)),
        ]
        var turn = Turn()
        var effects: [Effect] = []
        var snapshotAt = 0
        for number in 0..<rows {
            let time = begin + Milliseconds(Int64(number))
            let input = number < opening.count ? opening[number] : .frame(community.frame(number, at: time))
            let stamped = StampedInput(sequence: Int64(number + 1), at: time, input: input)
            effects.removeAll(keepingCapacity: true)
            engine.apply(stamped, into: &effects)
            turn.journal.append(stamped)
            guard turn.journal.count == Self.turnRows || number + 1 == rows else { continue }
            turn.confirmed = [ConfirmedPosition(source: Community.source, sequence: max(0, stamped.sequence - 1000))]
            // A kill just before the next snapshot is the slowest start.
            if number + 1 - snapshotAt >= Self.snapshotInputs, number + 1 < rows {
                turn.snapshot = engine.takeSnapshot(whole: false)
                snapshotAt = number + 1
            }
            try store.commitAndWait(turn)
            turn = Turn()
        }
        kill(getpid(), SIGKILL)
    }
}
