/// Every alert that is open, and those that closed so recently that they may reopen.
struct AlertBook: Sendable {
    private var alerts: [AlertID: Alert] = [:]
    private var latest: [AlertKey: AlertID] = [:]
    /// Counted by what an id begins with: a resident and a flat of one name must not share an id.
    private var episodes: [String: Int] = [:]
    /// When the latest alert under a key was closed; outlives the alert in the book.
    private var closures: [AlertKey: EngineTime] = [:]

    var open: [Alert] { alerts.values.filter(\.isOpen).sorted { $0.id < $1.id } }

    /// Open or not, in no order.
    var all: some Sequence<Alert> { alerts.values }

    subscript(id: AlertID) -> Alert? { alerts[id] }

    /// The latest alert under a key, open or recently closed.
    func latest(_ key: AlertKey) -> Alert? { latest[key].flatMap { alerts[$0] } }

    func nextEpisode(of key: AlertKey) -> Int { (episodes[Self.stem(key)] ?? 0) + 1 }

    /// The id of an episode: `kind-subject-episode`.
    static func id(_ key: AlertKey, episode: Int) -> AlertID { AlertID("\(stem(key))-\(episode)") }

    private static func stem(_ key: AlertKey) -> String { "\(key.kind)-\(key.subject.name)" }

    /// When the latest alert under a key was closed; nil when it is open or never was.
    func closed(_ key: AlertKey) -> EngineTime? { closures[key] }

    mutating func put(_ alert: Alert) {
        alerts[alert.id] = alert
        note(episode: alert.episode, of: alert.key)
        // A word on an older episode does not bring it back.
        if let current = latest(alert.key), current.episode > alert.episode { return }
        latest[alert.key] = alert.id
        closures[alert.key] = alert.closure?.at
    }

    /// The episode that a key has reached, where its alerts are not in the book any more.
    mutating func note(episode: Int, of key: AlertKey) {
        episodes[Self.stem(key)] = max(episodes[Self.stem(key)] ?? 0, episode)
    }

    /// A closed alert can reopen no more.
    mutating func forget(_ id: AlertID) {
        guard let alert = alerts.removeValue(forKey: id) else { return }
        if latest[alert.key] == id { latest[alert.key] = nil }
    }
}
