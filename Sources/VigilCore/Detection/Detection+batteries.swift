// What batteries say, and what is foretold of them for the rules about them. A forecast follows from the trend alone, so a life that was
// interrupted, whose trends come from a table, knows the same as one that was not.

extension Detection {
    /// Takes over what is stored.
    mutating func restore(_ stored: [DeviceAddress: BatteryTrend], at time: EngineTime) {
        batteries.restore(stored, of: household.bound.map(\.device.address))
        foretellAll(at: time)
    }

    /// Takes what a device says of its battery.
    mutating func noteBattery(_ observation: Observation, of index: Int, at time: EngineTime, into effects: inout [Effect]) {
        let device = household.bound[index].device.address
        guard let percent = observation.value.number, let sample = batteries.take(percent, of: device, at: index, time) else { return }
        effects.append(.battery(BatteryReading(device: device, sample: sample)))
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
        let interested = rules.runners.indices.filter {
            rules.runners[$0].foretellsBatteries && household.isInScope(subject, rules.choices[$0].scope)
        }
        guard !interested.isEmpty else { return }
        let forecast = batteries[device.address]?.forecast
        for rule in interested {
            let due = rules.runners[rule].foretold(forecast, context: context(subject, at: time), into: &findings)
            if let due { deadlines.schedule(Deadline(rule: rule, subject: subject), at: due) }
        }
    }
}
