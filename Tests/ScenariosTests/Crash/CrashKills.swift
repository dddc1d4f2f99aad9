import VigilCore
import VigilStore

/// What is known of the kills of one run.
struct CrashKills: Sendable {
    private(set) var count = 0
    /// Attempts that their lives were making when they were killed, in all and at the worst kill: what may be sent again.
    private(set) var underWay = 0
    private(set) var mostUnderWay = 0
    /// How long each life took to say that it keeps watch, in milliseconds.
    var readyTimes: [Int] = []
    /// Attempts that were leased and not settled at the latest kill: their rows say so until the next attempt.
    private var leased: Set<Attempt> = []

    private struct Attempt: Hashable {
        let delivery: DeliveryID
        let lease: Int
    }

    var usualReadyTime: Int { readyTimes.isEmpty ? 300 : readyTimes.sorted()[readyTimes.count / 2] }

    /// Looks at what a kill left behind.
    mutating func add(_ house: CrashHouse) {
        count += 1
        // A first life may die before there is a table, and then nothing was leased.
        guard let reader = try? StoreReader(directory: house.state),
            let state = try? reader.recover(reopenWindow: .zero, sources: [], unconfirmedLimit: 0)
        else { return }
        let now = Set(state.deliveries.filter { $0.state == .sending }.map { Attempt(delivery: $0.id, lease: $0.lease) })
        let ofThisLife = now.subtracting(leased).count
        leased = now
        underWay += ofThisLife
        mostUnderWay = max(mostUnderWay, ofThisLife)
    }
}
