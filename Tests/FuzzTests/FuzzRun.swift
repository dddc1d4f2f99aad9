import Foundation

/// How much a run of the fuzz tests tries, and what: `VIGIL_FUZZ_INPUTS` and `VIGIL_FUZZ_SEED`.
enum FuzzRun {
    static let inputs = setting("VIGIL_FUZZ_INPUTS", 20_000)

    /// Of each input, one after the other.
    static let seeds: Range<UInt64> = {
        let first = setting("VIGIL_FUZZ_SEED", 1)
        return first..<first + inputs
    }()

    private static func setting(_ name: String, _ usual: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? usual
    }
}
