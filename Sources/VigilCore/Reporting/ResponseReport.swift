/// How people answered, and how often they were called for nothing, over a period.
///
/// A response belongs to the period in which it began. Drills are counted and never measured; what was held back and told nobody is not
/// counted, and rules in the shadow raise no alert.
public struct ResponseReport: Hashable, Sendable {
    /// The responses that have one thing in common.
    public struct Group: Hashable, Codable, Sendable {
        public var by: ReportGrouping
        /// The grid's, rule's or resident's id, the kind, colour or model; nil where none is known.
        public var key: String?
        /// The grid's. Nobody's: a report goes from hand to hand.
        public var name: String?
        /// People were told, and it was no drill. The counts and times below are of these.
        public var alerts = 0
        /// Not closed yet.
        public var open = 0
        /// Nobody took responsibility, whether it was closed without or still waits.
        public var neverOwned = 0
        /// Their timeline was lost with a damaged database: without times, and in no count of those who were never owned.
        public var timesUnknown = 0
        /// From the raise until somebody took responsibility, was on the scene, closed it.
        public var owned = ResponseTimes([])
        public var onScene = ResponseTimes([])
        public var closed = ResponseTimes([])
        /// Ended by the resident before anybody was told; a false alarm too.
        public var cancelled = 0
        /// What was closed, those that the resident cancelled among them, by what it says of the alarm.
        public var real = 0
        public var falseAlarms = 0
        public var neither = 0
        public var drills = 0

        /// One without anything in it.
        public init(_ by: ReportGrouping, _ key: String?, name: String? = nil) {
            self.by = by
            self.key = key
            self.name = name
        }

        enum CodingKeys: String, CodingKey {
            case by, key, name, alerts, open
            case neverOwned = "never_owned"
            case timesUnknown = "times_unknown"
            case owned
            case onScene = "on_scene"
            case closed, cancelled, real
            case falseAlarms = "false_alarms"
            case neither, drills
        }
    }

    /// In the order of the groupings asked for; in each the colours worst first, everything else by how many there were.
    public let groups: [Group]

    /// - Parameter registries: Every version that an alert was made under, as far as they are known, and the one in force.
    public init(_ histories: [AlertHistory], registries: [Registry], period: Range<EngineTime>, by groupings: [ReportGrouping]) {
        let census = Census(registries)
        let responses = histories.flatMap { history in
            AlertResponse.all(of: history).filter { period.contains($0.beganAt) && !$0.isHeld }.map {
                (alert: history.alert, response: $0)
            }
        }
        groups = groupings.flatMap { grouping in
            Dictionary(grouping: responses) { census.key(grouping, of: $0.alert, $0.response) }
                .map { key, responses in
                    let name = grouping == .grid ? key.flatMap { census.name(ofGrid: $0) } : nil
                    return Group(grouping, key: key, name: name, responses.map { ($0.alert.alertClass, $0.response) })
                }
                .sorted(by: Group.isBefore)
        }
    }
}

extension ResponseReport.Group {
    fileprivate init(
        _ by: ReportGrouping, key: String?, name: String?, _ responses: [(alertClass: AlertClass, response: AlertResponse)]
    ) {
        self.init(by, key, name: name)
        drills = responses.count { $0.response.isDrill }
        let judged = responses.filter { !$0.response.isDrill }
        let verdicts = judged.compactMap { $0.response.outcome?.verdict(on: $0.alertClass) }
        real = verdicts.count { $0 == .real }
        falseAlarms = verdicts.count { $0 == .falseAlarm }
        neither = verdicts.count { $0 == .neither }
        cancelled = judged.count { $0.response.isCancelled }
        let answered = judged.map(\.response).filter { $0.raisedAt != nil }
        alerts = answered.count
        open = answered.count { $0.closedAt == nil }
        let whole = answered.filter(\.isWhole)
        timesUnknown = answered.count - whole.count
        neverOwned = whole.count { $0.ownedAt == nil }
        owned = Self.times(whole, until: \.ownedAt)
        onScene = Self.times(whole, until: \.onSceneAt)
        closed = Self.times(whole, until: \.closedAt)
    }

    private static func times(_ responses: [AlertResponse], until end: KeyPath<AlertResponse, EngineTime?>) -> ResponseTimes {
        ResponseTimes(
            responses.compactMap { response in
                guard let start = response.raisedAt, let end = response[keyPath: end] else { return nil }
                return end - start
            })
    }

    fileprivate static func isBefore(_ a: Self, _ b: Self) -> Bool {
        let colours = [a, b].map { group in group.by == .severity ? group.key.flatMap { Severity(rawValue: $0) } : nil }
        if let first = colours[0], let second = colours[1] { return first > second }
        // Those of the watch itself, and those of nobody knows what, stand at the end.
        let ranks = [a, b].map { $0.key == nil ? 2 : $0.key == ReportGrouping.technical ? 1 : 0 }
        return (ranks[0], -a.alerts, a.key ?? "") < (ranks[1], -b.alerts, b.key ?? "")
    }
}
