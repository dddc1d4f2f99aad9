/// How long it took, over many: counts and percentiles by nearest rank.
///
/// The p-th percentile of n lengths is the ⌈p·n/100⌉-th in their order: always a length that occurred, never one between two. Of few
/// lengths p90 and p99 are therefore the longest.
public struct ResponseTimes: Hashable, Codable, Sendable {
    public var count: Int
    /// nil where there was none.
    public var p50: Milliseconds?
    public var p90: Milliseconds?
    public var p99: Milliseconds?

    public init(_ lengths: [Milliseconds]) {
        let sorted = lengths.sorted()
        count = sorted.count
        p50 = Self.nearestRank(50, of: sorted)
        p90 = Self.nearestRank(90, of: sorted)
        p99 = Self.nearestRank(99, of: sorted)
    }

    private static func nearestRank(_ percent: Int, of sorted: [Milliseconds]) -> Milliseconds? {
        // ⌈percent·n/100⌉ in whole numbers, counted from 1.
        let rank = (percent * sorted.count + 99) / 100
        return sorted.isEmpty ? nil : sorted[rank - 1]
    }

    enum CodingKeys: String, CodingKey {
        case count
        case p50 = "p50_ms"
        case p90 = "p90_ms"
        case p99 = "p99_ms"
    }
}
