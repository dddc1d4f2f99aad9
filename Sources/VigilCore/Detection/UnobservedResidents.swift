/// Residents whom a gap left unobserved, until they are heard or seen again; snapshotted.
struct UnobservedResidents: Codable, Hashable, Sendable {
    private var gaps: [ResidentID: UnobservedGap] = [:]

    var count: Int { gaps.count }

    subscript(resident: ResidentID) -> UnobservedGap? { gaps[resident] }

    /// Nobody listened for a while. Of who was not heard since the gap before, the time in between says nothing either.
    mutating func note(_ gap: UnobservedGap, of resident: ResidentID) {
        gaps[resident] = UnobservedGap(from: min(gaps[resident]?.from ?? gap.from, gap.from), until: gap.until)
    }

    /// They were heard or seen.
    mutating func end(_ resident: ResidentID) { if !gaps.isEmpty { gaps[resident] = nil } }

    mutating func keepOnly(_ isKnown: (ResidentID) -> Bool) { gaps = gaps.filter { isKnown($0.key) } }
}
