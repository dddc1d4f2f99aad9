/// Which entries of discoveries were told already, so that a broker that sends them all again is no news.
///
/// Capped, and never at the cost of what stands: a full list takes nothing more until something is withdrawn, so that a flood of entries
/// that somebody makes up pushes nothing out.
struct Announcements: Sendable {
    private static let limit = 2000
    /// A longer topic is nobody's.
    private static let longestTopic = 256

    private var known: [String: Announcement] = [:]

    var count: Int { known.count }

    /// Whether the change is worth telling.
    mutating func isNews(_ change: AnnouncementChange) -> Bool {
        guard change.topic.utf8.count <= Self.longestTopic else { return false }
        switch change {
        case .withdrawn(let topic):
            // What was told before a restart is not known any more; the store knows it.
            known[topic] = nil
            return true
        case .useless(let topic): return known.removeValue(forKey: topic) != nil
        case .made(let announcement):
            guard known[announcement.topic] != announcement else { return false }
            guard known.count < Self.limit || known[announcement.topic] != nil else { return false }
            known[announcement.topic] = announcement
            return true
        }
    }

    /// Forgets what is said of these devices: once they are nobody's again, it is news.
    mutating func forget(_ isClaimed: (DeviceAddress) -> Bool) {
        known = known.filter { !isClaimed($0.value.address) }
    }
}
