import VigilCore

/// `{"delivery": "...", "lease": 1, "outcome": "retryable", "reason": "...", "after_ms": 5000}`.
struct DeliveryResultForm: Codable {
    private enum Outcome: String, Codable {
        case delivered, retryable, permanent
        case notSent = "not_sent"
    }

    let result: DeliveryResult

    init(_ result: DeliveryResult) { self.result = result }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case delivery, lease, outcome, reason, cause
        case after = "after_ms"
    }

    init(from decoder: any Decoder) throws {
        try KnownKeys.check(decoder, CodingKeys.allCases.map(\.rawValue))
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let reason = try fields.decodeIfPresent(String.self, forKey: .reason) ?? ""
        let cause = try fields.decodeIfPresent(DeliveryCause.self, forKey: .cause)
        let outcome: DeliveryOutcome? =
            switch try fields.decode(Outcome.self, forKey: .outcome) {
            case .delivered: .delivered
            case .retryable:
                .retryable(
                    reason: reason, after: try fields.decodeIfPresent(Milliseconds.self, forKey: .after), cause: cause)
            case .permanent: .permanent(reason: reason, cause: cause)
            case .notSent: nil
            }
        result = DeliveryResult(
            delivery: try fields.decode(DeliveryID.self, forKey: .delivery), lease: try fields.decode(Int.self, forKey: .lease),
            outcome: outcome)
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(result.delivery, forKey: .delivery)
        try fields.encode(result.lease, forKey: .lease)
        switch result.outcome {
        case .delivered: try fields.encode(Outcome.delivered, forKey: .outcome)
        case .retryable(let reason, let after, _):
            try fields.encode(Outcome.retryable, forKey: .outcome)
            try fields.encode(reason, forKey: .reason)
            try fields.encodeIfPresent(after, forKey: .after)
        case .permanent(let reason, _):
            try fields.encode(Outcome.permanent, forKey: .outcome)
            try fields.encode(reason, forKey: .reason)
        case nil: try fields.encode(Outcome.notSent, forKey: .outcome)
        }
        try fields.encodeIfPresent(result.outcome?.cause, forKey: .cause)
    }
}
