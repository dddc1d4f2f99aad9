import Foundation
import VigilCore
import VigilDaemon
import VigilDevices
import VigilStore

// The daemon as `vigil run` starts it, for tests that kill it: `daemon-victim CONFIGURATION REGISTRY STATE_DIRECTORY`.
//
// The registry is journaled before the first start, as an import does it, because there is nobody to import it once kills begin.

/// Journals the registry as the first input of all; does nothing where one is stored already.
func importRegistry(_ file: String, into directory: String) throws {
    // Where one was stored ever, its copy stands beside the database, whatever became of that.
    if FileManager.default.fileExists(atPath: directory + "/registry.copy.json") { return }
    // Without a database there is none to read, and that is the first start.
    if let reader = try? StoreReader(directory: directory), try reader.recoveredSequence() > 0 { return }
    let bytes = Array(try Data(contentsOf: URL(filePath: file)))
    let loaded = RegistryFile.read(bytes, file: file, dialects: DecoderRegistry().entries.map(\.dialect), language: .english)
    guard var registry = loaded.registry else {
        for fault in loaded.faults.errors { print(fault) }
        exit(78)
    }
    registry.version = 1
    let store = try Store.open(directory: directory)
    var turn = Turn()
    let now = EngineTime(Int64(Date().timeIntervalSince1970 * 1000))
    turn.journal = [StampedInput(sequence: 1, at: now, input: .registryChange(registry))]
    store.commit(turn) { result in
        if case .failure(let error) = result {
            print(error)
            exit(74)
        }
    }
    try store.close()
}

extension StoreReader {
    /// The end of the journal.
    func recoveredSequence() throws -> Int64 {
        var last: Int64 = 0
        try forEachInput { last = max(last, $0.sequence) }
        return last
    }
}

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
    print("usage: daemon-victim CONFIGURATION REGISTRY STATE_DIRECTORY")
    exit(64)
}
try importRegistry(arguments[2], into: arguments[3])
exit(await Daemon.run(configurationFile: arguments[1]))
