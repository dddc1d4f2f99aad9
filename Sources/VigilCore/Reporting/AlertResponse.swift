/// One answer to one call for help: from the raise of an alert, or from its reopening, to its end.
///
/// A reopened alert is the same episode and another response: people are told as at first, and the clock begins anew.
public struct AlertResponse: Hashable, Sendable {
    public var beganAt: EngineTime
    /// As it was when it began: the policy of that colour is what the times are held against.
    public var severity: Severity
    /// When people were told; nil where the resident cancelled before that, or still may, and where something holds it back.
    public var raisedAt: EngineTime?
    /// When somebody first took responsibility.
    public var ownedAt: EngineTime?
    public var onSceneAt: EngineTime?
    public var closedAt: EngineTime?
    /// What came of it; nil while it is open, and where somebody who did not agree opened it again.
    public var outcome: OutcomeCode?
    /// A silence, a cause or a storm held it back from its beginning: nobody was told.
    public var isHeld = false
    public var isDrill = false
    /// False where the beginning of the timeline was lost with a damaged database: its times are not known.
    public var isWhole: Bool

    private init(beganAt: EngineTime, severity: Severity, raisedAt: EngineTime?, isWhole: Bool = true) {
        self.beganAt = beganAt
        self.severity = severity
        self.raisedAt = raisedAt
        self.isWhole = isWhole
    }

    /// The resident ended it before anybody was told.
    public var isCancelled: Bool { raisedAt == nil && closedAt != nil && !isHeld }

    /// Every response of an alert, oldest first.
    public static func all(of history: AlertHistory) -> [AlertResponse] {
        let alert = history.alert
        var responses: [AlertResponse] = []
        for entry in history.entries {
            switch entry.event {
            case .pending: responses.append(AlertResponse(beganAt: entry.at, severity: entry.severity, raisedAt: nil))
            case .reopened:
                // By hand: how it had ended was wrong.
                if entry.by != .engine, let last = responses.indices.last { responses[last].outcome = nil }
                let raisedAt = entry.state == .raised ? entry.at : nil
                responses.append(AlertResponse(beganAt: entry.at, severity: entry.severity, raisedAt: raisedAt))
            case .raised where responses.last?.isWaiting != true:
                responses.append(AlertResponse(beganAt: entry.at, severity: entry.severity, raisedAt: entry.at))
            default:
                if responses.isEmpty { responses.append(.headless(alert)) }
                responses[responses.count - 1].take(entry)
            }
        }
        if responses.isEmpty && alert.state != .pending { responses = [.headless(alert)] }
        for index in responses.indices {
            responses[index].isDrill = responses[index].outcome == .drill || responses[index].closedAt == nil && alert.isDrill
        }
        return responses
    }

    /// The resident may still cancel.
    private var isWaiting: Bool { raisedAt == nil && closedAt == nil && !isHeld }

    private mutating func take(_ entry: TimelineEntry) {
        switch entry.event {
        case .raised: raisedAt = entry.at
        case .held where raisedAt == entry.at && ownedAt == nil:
            raisedAt = nil
            isHeld = true
        case .step where isHeld: tell(at: entry.at)
        case .accepted, .on_the_way, .on_scene:
            // Somebody at the desk saw it before anybody was told.
            if isHeld { tell(at: entry.at) }
            raisedAt = raisedAt ?? beganAt
            ownedAt = ownedAt ?? entry.at
            if entry.event == .on_scene { onSceneAt = onSceneAt ?? entry.at }
        case .closed:
            closedAt = entry.at
            outcome = entry.outcome
            // Only a resident ends what nobody was told of; a human who closes it has been told.
            if outcome != .resident_cancelled, !isHeld { raisedAt = raisedAt ?? beganAt }
        default: break
        }
    }

    /// It is let go, or somebody found it in the list.
    private mutating func tell(at time: EngineTime) {
        isHeld = false
        raisedAt = time
    }

    private static func headless(_ alert: Alert) -> AlertResponse {
        var response = AlertResponse(
            beganAt: alert.raisedAt, severity: alert.highestSeverity, raisedAt: alert.raisedAt, isWhole: false)
        response.closedAt = alert.closure?.at
        response.outcome = alert.closure?.outcome
        return response
    }
}

extension TimelineEntry {
    /// How a `closed` entry says that it ended.
    var outcome: OutcomeCode? {
        guard event == .closed, let start = detail.firstRange(of: "outcome=") else { return nil }
        return OutcomeCode(rawValue: String(detail[start.upperBound...].prefix { $0 != " " }))
    }
}
