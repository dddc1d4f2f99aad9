/// Every alert that is open, and those that closed so recently that they may reopen.
struct AlertBook: Sendable {
    private var alerts: [AlertID: Alert] = [:]
    private var latest: [AlertKey: AlertID] = [:]
    private var episodes: [AlertKey: Int] = [:]

    var open: [Alert] { alerts.values.filter(\.isOpen).sorted { $0.id < $1.id } }

    subscript(id: AlertID) -> Alert? { alerts[id] }

    /// The latest alert under a key, open or recently closed.
    func latest(_ key: AlertKey) -> Alert? { latest[key].flatMap { alerts[$0] } }

    func nextEpisode(of key: AlertKey) -> Int { (episodes[key] ?? 0) + 1 }

    mutating func put(_ alert: Alert) {
        alerts[alert.id] = alert
        latest[alert.key] = alert.id
        episodes[alert.key] = max(episodes[alert.key] ?? 0, alert.episode)
    }

    /// The episode that a key has reached, where its alerts are not in the book any more.
    mutating func note(episode: Int, of key: AlertKey) { episodes[key] = max(episodes[key] ?? 0, episode) }

    /// A closed alert can reopen no more.
    mutating func forget(_ id: AlertID) {
        guard let alert = alerts.removeValue(forKey: id) else { return }
        if latest[alert.key] == id { latest[alert.key] = nil }
    }
}
