/// When to try a delivery again: quick at first, because somebody may be lying on the floor (`channels.md`: the webhook schedule).
enum Backoff {
    private static let schedule: [Int64] = [2, 5, 10, 20, 40]
    /// No wait is longer, and none that a provider asks for: 300 s and 20 %.
    static let longest = Milliseconds.minutes(6)
    /// Of red, without what a provider asks for: 60 s and 20 %.
    static let longestForRed = Milliseconds.seconds(72)

    /// The wait after the given number of attempts, 20 % around the schedule's value.
    ///
    /// The jitter is a hash of key and attempt: it spreads the load, and a replay repeats it.
    static func delay(after attempts: Int, key: DeliveryID, severity: Severity) -> Milliseconds {
        let base = attempts <= schedule.count ? schedule[max(attempts, 1) - 1] : severity == .red ? 60 : 300
        let share = Int64(hash("\(key)#\(attempts)") % 401)
        return Milliseconds(base * 1000 * (800 + share) / 1000)
    }

    /// FNV-1a, 64 bits: stable over processes, unlike Swift's hashing.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
