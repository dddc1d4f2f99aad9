// What is foretold of batteries, for the rules about them. It follows from the trend alone, so a life that was interrupted, whose trends come
// from a table, knows the same as one that was not.

extension Detection {
    /// A device just said how full its battery is, and its trend has another sample.
    mutating func foretell(_ address: DeviceAddress, at time: EngineTime, into effects: inout [Effect]) {
        guard let index = household.index(of: address) else { return }
        var findings: [Finding] = []
        foretell(index, at: time, into: &findings)
        effects.append(contentsOf: findings.map { .finding($0) })
    }

    /// Of every device anew: trends, rules or the registry changed. States nothing: alerts are held against what stands afterwards.
    mutating func foretellAll(at time: EngineTime) {
        var none: [Finding] = []
        for index in household.bound.indices { foretell(index, at: time, into: &none) }
    }

    private mutating func foretell(_ index: Int, at time: EngineTime, into findings: inout [Finding]) {
        let device = household.bound[index].device
        let subject = Subject.device(device.id)
        let rules = runners.indices.filter { runners[$0].foretellsBatteries && household.isInScope(subject, runners[$0].rule.scope) }
        guard !rules.isEmpty else { return }
        let forecast = batteries[device.address]?.forecast
        for rule in rules {
            let due = runners[rule].foretold(forecast, context: context(subject, at: time), into: &findings)
            if let due { deadlines.schedule(Deadline(rule: rule, subject: subject), at: due) }
        }
    }
}
