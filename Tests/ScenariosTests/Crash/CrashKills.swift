import VigilCore
import VigilStore

/// What is known of the kills of one run.
struct CrashKills: Sendable {
    private(set) var count = 0
    /// Deliveries that were leased at the kills, in all and at the worst of them: what may be sent again.
    private(set) var underWay = 0
    private(set) var mostUnderWay = 0
    /// How long each life took to say that it keeps watch, in milliseconds.
    var readyTimes: [Int] = []

    var usualReadyTime: Int { readyTimes.isEmpty ? 300 : readyTimes.sorted()[readyTimes.count / 2] }

    /// Looks at what a kill left behind.
    mutating func add(_ house: CrashHouse) async {
        count += 1
        // A first life may die before there is a table, and then nothing was leased.
        guard let reader = try? StoreReader(directory: house.state), let counts = try? await reader.deliveryCounts() else { return }
        let leased = counts.filter { $0.state == .sending }.map(\.count).reduce(0, +)
        underWay += leased
        mostUnderWay = max(mostUnderWay, leased)
    }
}
