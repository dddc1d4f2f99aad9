import Glibc

/// Readings of the kernel's clocks, in nanoseconds.
enum Stopwatch {
    /// The same for all processes of the box.
    static var now: Int64 { read(CLOCK_MONOTONIC) }
    /// What the calling thread has used of a core: it does not count the work of others on a shared box.
    static var ofThread: Int64 { read(CLOCK_THREAD_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var reading = timespec()
        // Both clocks always exist.
        clock_gettime(clock, &reading)
        return Int64(reading.tv_sec) * 1_000_000_000 + Int64(reading.tv_nsec)
    }

    static func sleep(milliseconds: Int) { usleep(UInt32(milliseconds) * 1000) }
}
