import VigilCore

/// How long to wait before the next attempt: exponential with full jitter.
///
/// A broker that is down is asked again within 5 s for ever, because alarms wait behind it and the attempt costs a packet
/// (promise B1: reconnected within 5 s after it is up). One that refused us will refuse us again: there it grows to 30 s.
struct Backoff {
    static let first = Milliseconds(500)
    static let longestUnreachable = Milliseconds.seconds(5)
    static let longestRefused = Milliseconds.seconds(30)

    private var failures = 0

    /// The bound of the next wait, before jitter.
    private func bound(isRefusal: Bool) -> Milliseconds {
        let longest = isRefusal ? Self.longestRefused : Self.longestUnreachable
        return min(longest, Milliseconds(Self.first.rawValue << Int64(min(failures, 10))))
    }

    mutating func next(isRefusal: Bool, using random: inout some RandomNumberGenerator) -> Milliseconds {
        defer { failures = min(failures + 1, 1000) }
        return Milliseconds(Int64.random(in: 0...bound(isRefusal: isRefusal).rawValue, using: &random))
    }

    mutating func reset() { failures = 0 }
}
