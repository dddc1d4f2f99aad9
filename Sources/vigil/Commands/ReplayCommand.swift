import ArgumentParser
import Foundation
import VigilCore
import VigilDaemon
import VigilDevices
import VigilStore

/// `vigil replay [FILE | --journal STATE_DIRECTORY]`.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Runs recorded or written inputs through the engine, and prints what comes of them.",
        discussion: """
            Reads JSON lines (docs/replay.md shows every kind) or the journal of a state directory, and prints one JSON line for each \
            effect. The same input gives the same bytes. Nothing is sent and nothing is stored.
            """)

    @Argument(help: "A file of JSON lines; standard input unless given.", completion: .file())
    var file: String?

    @Option(help: ArgumentHelp("Read the journal in this state directory instead; the daemon may run.", valueName: "directory"))
    var journal: String?

    @Option(help: ArgumentHelp("Rules, policies and topics where the input brings none.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Places, people and devices where the input brings none.", valueName: "file"))
    var registry: String?

    @Flag(help: "Use --config and --registry even where the input brings its own: what would have happened.")
    var override = false

    @Flag(help: "Print the inputs as lines instead of running them.")
    var export = false

    @OptionGroup var profiles: ProfileOptions

    func validate() throws {
        if file != nil && journal != nil { throw ValidationError("give a file or --journal, not both") }
        if override && config == nil && registry == nil { throw ValidationError("--override needs --config or --registry") }
    }

    func run() async throws {
        let configuration = try config.map { try ConfigurationFile.load($0) }
        let decoders = try profiles.registry(besides: configuration?.profiles ?? [])
        var replay = Replay(decoders: decoders.decoders, basis: try basis(configuration, decoders))
        if let journal {
            try await warn(of: journal)
            try read(journal: journal) { try take(ReplayLine($0), &replay) }
        } else {
            try readLines(&replay)
        }
    }

    private func take(_ line: ReplayLine, _ replay: inout Replay) throws {
        if export { return StandardOutput.write(try line.json()) }
        try replay.take(line) { StandardOutput.write($0) }
    }

    private func readLines(_ replay: inout Replay) throws {
        let lines = try InputLines(path: file)
        var number = 0
        while let bytes = try lines.next() {
            number += 1
            do {
                guard let text = String(validating: bytes, as: UTF8.self) else { throw ReplayFault.notText }
                guard !text.allSatisfy(\.isWhitespace) else { continue }
                try take(try ReplayLine(text: text), &replay)
            } catch let fault as ReplayFault {
                throw CommandFailure(.finding, "the replay ends here", faults: ["\(lines.name):\(number): \(fault)"])
            }
        }
    }

    private func read(journal: String, _ body: (StampedInput) throws -> Void) throws {
        do {
            try StoreReader(directory: journal).forEachInput(after: 0, body)
        } catch let error as StoreError {
            throw CommandFailure(.temporary, "\(error)")
        } catch let fault as ReplayFault {
            throw CommandFailure(.finding, "\(journal): \(fault)")
        }
    }

    /// Where the journal does not tell everything, said beside the output.
    private func warn(of journal: String) async throws {
        do {
            let reader = try StoreReader(directory: journal)
            let zone = try await reader.rules()?.timeZone ?? "UTC"
            if let ends = try await reader.journalEnds(), ends.firstSequence > 1 {
                StandardError.write(
                    "vigil: the journal begins at \(ends.firstSequence), \(LocalClock(zone: zone).text(WallTime(ends.firstAt.rawValue))); what was before is not known"
                )
            }
            for gap in try await reader.discontinuities() {
                StandardError.write("vigil: the journal may have a gap before \(gap.sequence): \(gap.reason)")
            }
        } catch {
            throw CommandFailure(.temporary, "\(error)")
        }
    }

    // MARK: What the input leaves out

    private func basis(_ configuration: Configuration?, _ decoders: DecoderRegistry) throws -> ReplayBasis {
        var basis = ReplayBasis(isOverriding: override)
        basis.rules = configuration?.ruleSet(version: 1)
        if let registry {
            basis.registry = try RegistryDocument.load(registry, decoders: decoders).registry
            basis.registry?.version = 1
        }
        if let journal { try complete(&basis, from: journal) }
        return basis
    }

    /// A journal that was pruned begins in the middle: people and rules are those of its snapshot, what devices said before is not known.
    private func complete(_ basis: inout ReplayBasis, from journal: String) throws {
        do {
            let state = try StoreReader(directory: journal).recover(reopenWindow: .zero, sources: [], unconfirmedLimit: 0)
            basis.registry = basis.registry ?? state.registryAtSnapshot ?? state.registry
            basis.rules = basis.rules ?? state.rulesAtSnapshot ?? state.rules
        } catch {
            throw CommandFailure(.temporary, "\(error)")
        }
    }
}
