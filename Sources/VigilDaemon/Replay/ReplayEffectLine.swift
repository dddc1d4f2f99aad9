import VigilCore

/// An effect with its time, as one line: `{"at": ..., "effect": "alert", ...}`.
struct ReplayEffectLine: Encodable {
    let at: EngineTime
    let effect: Effect

    private enum CodingKeys: String, CodingKey {
        case at
    }

    func encode(to encoder: any Encoder) throws {
        try effect.encode(to: encoder)
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(at, forKey: .at)
    }
}

extension Effect {
    /// When it came about, where it tells by itself.
    var time: EngineTime? {
        switch self {
        case .finding(let finding): finding.evidence.at
        case .alert(_, let entry): entry.at
        // One that is sent again became due; what else happens to one follows from what was said before it.
        case .delivery(let delivery): delivery.state == .sending ? delivery.dueAt : nil
        case .order(let order): order.end?.at ?? order.placedAt
        case .tested, .battery, .visited, .receipt, .reply, .opened, .undecodable, .fault, .late, .unclaimed, .announcement: nil
        }
    }

    /// It comes of an input and never of a deadline.
    var isAnswer: Bool {
        switch self {
        case .tested, .battery, .visited, .receipt, .reply, .opened, .undecodable, .fault, .late, .unclaimed, .announcement: true
        case .finding, .alert, .delivery, .order: false
        }
    }
}
