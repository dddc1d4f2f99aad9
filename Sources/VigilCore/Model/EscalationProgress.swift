/// Where escalation stands.
public struct EscalationProgress: Hashable, Codable, Sendable {
    /// Within this somebody has received a message, or it is said that nobody does (`promises.md`, D9: within a minute, and it takes its
    /// time to be heard).
    static let reachPatience = Milliseconds.seconds(55)

    public var policy: PolicyID
    /// The moment that the steps' delays count from: the raise, shifted when escalation resumes after a lease.
    public var startedAt: EngineTime
    /// The next step to be carried out; equal to the number of steps when all were.
    public var nextStep: Int
    public var nextStepAt: EngineTime?
    /// A message of the latest step arrived with somebody.
    public var isStepReached: Bool
    /// How often those who were told have been told again.
    public var round: Int
    public var repeatAt: EngineTime?
    /// By then a message must have arrived with somebody; nil once one did, somebody took the alert, or it was said that none does.
    public var reachBy: EngineTime?
    /// Since when nobody can be reached; nil while somebody may be, or was.
    public var unreachableSince: EngineTime?
    /// What its steps have set off; it lasts until the alert is closed.
    public var actions: [ActionID]
    /// What was set off because nobody could be reached; it lasts until somebody is.
    public var calls: [ActionID]

    public init(policy: PolicyID, startedAt: EngineTime) {
        self.policy = policy
        self.startedAt = startedAt
        self.nextStep = 0
        self.isStepReached = false
        self.round = 0
        self.actions = []
        self.calls = []
    }

    /// With the first step.
    mutating func begin(at now: EngineTime) {
        startedAt = now
        nextStep = 0
        nextStepAt = nil
        repeatAt = nil
        round = 0
        demandReach(at: now)
    }

    /// With the next step; past the last one it begins anew: never nobody.
    ///
    /// - Parameter steps: when each step is due after the raise.
    mutating func resume(_ steps: [Milliseconds], at now: EngineTime) {
        if nextStep >= steps.count { nextStep = 0 }
        startedAt = now - (nextStep < steps.count ? steps[nextStep] : .zero)
        demandReach(at: now)
    }

    /// Somebody has it, or it is over.
    mutating func rest() {
        nextStepAt = nil
        repeatAt = nil
        reachBy = nil
        unreachableSince = nil
    }

    /// From here on somebody must be reached. Who presses again and again does not hold it up.
    mutating func demandReach(at now: EngineTime) {
        guard unreachableSince == nil, reachBy == nil else { return }
        reachBy = now + Self.reachPatience
    }
}
