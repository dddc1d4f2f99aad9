import Foundation
import VigilCore
import VigilDaemon
import VigilDevices
import VigilStore

// The daemon as `vigil run` starts it, for tests that kill it: `daemon-victim CONFIGURATION REGISTRY STATE_DIRECTORY`.
//
// VIGIL_EAGER_UPKEEP=yes looks after the database all the time. VIGIL_BOOT_SHIFT and VIGIL_WALL_SHIFT put the gateway's clocks forward by so
// many milliseconds: the daemon was away for that long, or the wall clock stepped. The sources keep to the kernel's boot clock.

/// Journals a registry as the first start of all would have left it, because there is nobody to import it once kills begin.
///
/// That start was a day and an hour ago, and there are rows enough since for the journal to be pruned. Does nothing in a later life.
func importRegistry(_ file: String, into directory: String) async throws {
    // Where one was stored ever, its copy stands beside the database, whatever became of that.
    if FileManager.default.fileExists(atPath: directory + "/registry.copy.json") { return }
    // Without a database there is none to read, and that is the first start.
    if let reader = try? StoreReader(directory: directory), try await reader.journalEnds() != nil { return }
    let bytes = Array(try Data(contentsOf: URL(filePath: file)))
    let loaded = RegistryFile.read(bytes, file: file, dialects: DecoderRegistry().entries.map(\.dialect), language: .english)
    guard var registry = loaded.registry else {
        for fault in loaded.faults.errors { print(fault) }
        exit(78)
    }
    registry.version = 1
    let store = try Store.open(directory: directory)
    let then = EngineTime(Clocks.system.wall().rawValue) - .hours(25)
    let start = Start(boot: "before", gap: nil, clock: ClockReading(wallOffset: .zero, isTrusted: true))
    let inputs: [Input] = [.registryChange(registry), .started(start)] + Array(repeating: .deadline(heardUntil: []), count: 1200)
    var turn = Turn()
    turn.journal = inputs.enumerated().map { StampedInput(sequence: Int64($0.offset + 1), at: then, input: $0.element) }
    store.commit(turn) { result in
        if case .failure(let error) = result {
            print(error)
            exit(74)
        }
    }
    try store.close()
}

let environment = ProcessInfo.processInfo.environment

/// The gateway's clocks, put forward.
func clocks() -> Clocks {
    let boot = environment["VIGIL_BOOT_SHIFT"].flatMap { Int64($0) } ?? 0
    let wall = environment["VIGIL_WALL_SHIFT"].flatMap { Int64($0) } ?? 0
    return Clocks(
        boot: { BootTime(Clocks.system.boot().rawValue + boot) }, wall: { WallTime(Clocks.system.wall().rawValue + wall) })
}

func storeOptions() -> StoreOptions {
    var options = StoreOptions()
    guard environment["VIGIL_EAGER_UPKEEP"] == "yes" else { return options }
    options.pruneInterval = Milliseconds(100)
    options.checkpointPages = 50
    return options
}

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
    print("usage: daemon-victim CONFIGURATION REGISTRY STATE_DIRECTORY")
    exit(64)
}
try await importRegistry(arguments[2], into: arguments[3])
exit(await Daemon.run(configurationFile: arguments[1], storeOptions: storeOptions(), clocks: clocks()))
