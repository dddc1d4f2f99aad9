import VigilCore
import VigilNotify

/// When the outside is told how the watch is: at once where that has changed, then every so often.
struct HeartbeatPlan {
    /// What is news about the telling itself.
    enum News: Equatable {
        case lost(String), found
    }

    /// What could not be told is tried again sooner than it would be told anew.
    private static let patience = Milliseconds.seconds(15)

    private let every: Milliseconds
    private var last: (verdict: HeartbeatVerdict, at: BootTime)?
    /// Why the latest could not be told; nil when it was.
    private(set) var failure: String?

    init(every: Milliseconds) { self.every = every }

    func isDue(_ verdict: HeartbeatVerdict, at now: BootTime) -> Bool {
        guard let last, last.verdict == verdict else { return true }
        return now - last.at >= (failure == nil ? every : min(every, Self.patience))
    }

    /// - Parameter why: it could not be told; nil when it was.
    /// - Returns: what is worth a line in the log: not each time, but once for each change.
    mutating func told(_ verdict: HeartbeatVerdict, at now: BootTime, failing why: String?) -> News? {
        let before = failure
        last = (verdict, now)
        failure = why
        switch (before, why) {
        case (nil, let why?): return .lost(why)
        case (.some, nil): return .found
        case (.some, .some), (nil, nil): return nil
        }
    }
}
