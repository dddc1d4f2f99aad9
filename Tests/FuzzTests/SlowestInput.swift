import Glibc

/// Which input of a run took longest.
struct SlowestInput: CustomStringConvertible {
    private var milliseconds = 0.0
    private var seed: UInt64 = 0

    mutating func measure<Result>(_ seed: UInt64, _ body: () -> Result) -> Result {
        let before = Self.processorTime()
        let result = body()
        let spent = Self.processorTime() - before
        if spent > milliseconds { (milliseconds, self.seed) = (spent, seed) }
        return result
    }

    var description: String { "the slowest, seed \(seed), took \(milliseconds) ms to check" }

    /// What this thread has had of the processor, in milliseconds: a busy machine makes no input slow.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }
}
