/// How well somebody is protected, best first.
public enum Protection: String, CaseIterable, Codable, Sendable, Comparable {
    /// Every link holds.
    case covered
    /// It should work, and something is missing or was never tried.
    case degraded
    /// It would not be noticed, or nobody would hear of it.
    case blind

    private var rank: Int {
        switch self {
        case .covered: 0
        case .degraded: 1
        case .blind: 2
        }
    }

    public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}
