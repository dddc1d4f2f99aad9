import VigilCore

/// How much is written down of devices that nobody registered.
///
/// Whoever invents addresses could fill the disk otherwise. Registered devices are not counted: a flood delays none of them. A beacon that is
/// registered by its ids alone, because its address changes, is a stranger here.
struct StrangerAllowance {
    /// Many more than a building has devices that are waiting to be registered.
    static let perSecond = 50.0
    static let most = 500.0

    private var left = Self.most
    private var countedAt: BootTime?

    /// Whether one more is taken.
    mutating func admits(at time: BootTime) -> Bool {
        let passed = countedAt.map { max(0, (time - $0).rawValue) } ?? 0
        left = min(Self.most, left + Double(passed) / 1000 * Self.perSecond)
        countedAt = time
        guard left >= 1 else { return false }
        left -= 1
        return true
    }
}
