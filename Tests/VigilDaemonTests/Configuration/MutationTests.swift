import Foundation
import Testing
import VigilCore

@testable import VigilDaemon

/// Promise C7: whatever becomes of a file, it is either used whole or refused with a place.
struct MutationTests {
    /// Set VIGIL_MUTATIONS for a longer search.
    private static let count = ProcessInfo.processInfo.environment["VIGIL_MUTATIONS"].flatMap { Int($0) } ?? 2000

    @Test("a damaged configuration is used whole or refused with a place, and never crashes", arguments: 0..<4)
    func configuration(_ part: Int) throws {
        let example = try Array(Data(contentsOf: URL(filePath: repositoryFile("config/vigil.yaml"))))
        var outcomes = (clean: 0, refused: 0)
        for seed in stride(from: part, to: Self.count, by: 4) {
            var mutator = Mutator(seed: UInt64(seed))
            let bytes = mutator.mutate(example)

            let read = ReadConfiguration(bytes)

            #expect((read.configuration == nil) == read.faults.hasErrors, "seed \(seed)")
            #expect(hasPlaces(read.faults, in: bytes, file: "v.yaml"), "seed \(seed): \(read.lines)")
            if read.configuration == nil { outcomes.refused += 1 } else { outcomes.clean += 1 }
        }
        // Both happen, or the damage is not of the kind that this is about.
        #expect(outcomes.clean > Self.count / 40 && outcomes.refused > Self.count / 40, "\(outcomes)")
    }

    @Test("a damaged registry is refused with a place, or is one that reads back from its export", arguments: 0..<4)
    func registry(_ part: Int) throws {
        let example = try Array(Data(contentsOf: URL(filePath: repositoryFile("config/demo/registry.yaml"))))
        // A few homes of each kind are enough, and quick.
        var outcomes = (clean: 0, refused: 0)
        for seed in stride(from: part, to: Self.count / 4, by: 4) {
            var mutator = Mutator(seed: UInt64(seed))
            let bytes = mutator.mutate(example)

            let loaded = RegistryFile.read(bytes, file: "r.yaml", dialects: ["vigil", "zigbee2mqtt"], language: .chinese)

            #expect((loaded.registry == nil) == loaded.faults.hasErrors, "seed \(seed)")
            #expect(hasPlaces(loaded.faults, in: bytes, file: "r.yaml"), "seed \(seed): \(loaded.faults.errors)")
            guard let registry = loaded.registry else {
                outcomes.refused += 1
                continue
            }
            outcomes.clean += 1
            let text = RegistryFile.export(registry)
            let again = RegistryFile.read(Array(text.utf8), file: "x.yaml", dialects: ["vigil", "zigbee2mqtt"], language: .chinese)
            #expect(again.registry == registry, "seed \(seed): \(again.faults.errors)")
        }
        #expect(outcomes.clean > 0 && outcomes.refused > 0, "\(outcomes)")
    }

    private func hasPlaces(_ faults: FaultList, in bytes: [UInt8], file: String) -> Bool {
        // Counts every line end that some reader knows: an upper bound.
        let lines = bytes.count { $0 == 0x0A || $0 == 0x0D || $0 == 0x85 || $0 == 0xA8 || $0 == 0xA9 } + 2
        return faults.faults.allSatisfy { fault in
            guard let mark = fault.mark else { return false }
            return mark.file == file && (1...lines).contains(mark.line) && mark.column >= 1 && !fault.message.isEmpty
        }
    }
}
