import Glibc
public import VigilCore

extension BootTime {
    /// CLOCK_BOOTTIME, which goes on while the box is suspended.
    public static func now() -> BootTime {
        var reading = timespec()
        // Cannot fail: the clock exists since Linux 2.6.39.
        clock_gettime(CLOCK_BOOTTIME, &reading)
        return BootTime(Int64(reading.tv_sec) &* 1000 &+ Int64(reading.tv_nsec) / 1_000_000)
    }

    public static func + (time: Self, length: Milliseconds) -> Self { Self(time.rawValue &+ length.rawValue) }
}
