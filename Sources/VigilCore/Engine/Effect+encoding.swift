// One JSON object per effect, told apart by the key `effect`; what `vigil replay` prints (`detection.md`, section 2).

extension Effect: Encodable {
    private enum CodingKeys: String, CodingKey {
        case effect, entry, command, recorded, refused, order, device, way, percent, resident, by, note, reason, detail
        case testedAt = "tested_at"
        case visitedAt = "visited_at"
        case happenedAt = "happened_at"
        case speaksForOthers = "speaks_for_others"
    }

    /// The word under the key `effect`.
    public var name: String {
        switch self {
        case .finding: "finding"
        case .alert: "alert"
        case .delivery: "delivery"
        case .order: "order"
        case .tested: "tested"
        case .battery: "battery"
        case .visited: "visited"
        case .receipt: "receipt"
        case .reply: "reply"
        case .opened: "opened"
        case .undecodable: "undecodable"
        case .fault: "fault"
        case .late: "late"
        case .unclaimed: "unclaimed"
        case .announcement: "announcement"
        }
    }

    /// Findings, alerts, deliveries, orders and receipts bring their own fields; an alert has what happened to it under `entry`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .effect)
        switch self {
        case .finding(let finding): try finding.encode(to: encoder)
        case .alert(let alert, let entry):
            try alert.encode(to: encoder)
            try container.encode(entry, forKey: .entry)
        case .delivery(let delivery): try delivery.encode(to: encoder)
        case .order(let order): try order.encode(to: encoder)
        case .tested(let test):
            try container.encode(test.device.description, forKey: .device)
            try container.encode(test.testedAt, forKey: .testedAt)
            try container.encode(test.way, forKey: .way)
        case .battery(let reading):
            try container.encode(reading.device.description, forKey: .device)
            try container.encode(reading.sample.percent, forKey: .percent)
        case .visited(let visit):
            try container.encode(visit.resident, forKey: .resident)
            try container.encode(visit.visitedAt, forKey: .visitedAt)
            try container.encode(visit.by, forKey: .by)
            if !visit.note.isEmpty { try container.encode(visit.note, forKey: .note) }
        case .receipt(let receipt): try receipt.encode(to: encoder)
        case .reply(let reply):
            try container.encode(reply.command, forKey: .command)
            try container.encodeIfPresent(reply.order, forKey: .order)
            switch reply.verdict {
            case .done: break
            case .recorded(let what): try container.encode(what.english, forKey: .recorded)
            case .refused(let why): try container.encode(why.english, forKey: .refused)
            }
        case .opened(let address): try container.encode(address.description, forKey: .device)
        case .undecodable(let address, let failure):
            try container.encodeIfPresent(address?.description, forKey: .device)
            try container.encode(failure.reason, forKey: .reason)
            try container.encode(failure.detail, forKey: .detail)
        case .fault(let address, let detail):
            try container.encode(address.description, forKey: .device)
            try container.encode(detail, forKey: .detail)
        case .late(let address, let happenedAt):
            try container.encode(address.description, forKey: .device)
            try container.encode(happenedAt, forKey: .happenedAt)
        case .unclaimed(let address, let speaksForOthers):
            try container.encode(address.description, forKey: .device)
            if speaksForOthers { try container.encode(true, forKey: .speaksForOthers) }
        case .announcement(.made(let announcement)):
            try container.encode(announcement.address.description, forKey: .device)
            try container.encode(announcement.topic, forKey: .detail)
        // Without a device: it is gone.
        case .announcement(let change): try container.encode(change.topic, forKey: .detail)
        }
    }
}
