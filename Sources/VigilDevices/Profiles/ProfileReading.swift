import VigilCore

/// Reads the records of one frame.
struct ProfileReading: Sendable {
    typealias Candidate = (message: ProfileMessage, captures: Captures)

    /// A body of more records is read to this one; the rest is counted as a fault.
    private static let mostRecords = 512
    private static let longestName = 128

    /// Whose frame it is.
    let own: DeviceAddress

    /// What the candidates, in their order, make of a body.
    func decoded(_ body: ProfileRecord, _ candidates: [Candidate]) -> Decoded {
        var pass = Pass()
        var rest = candidates[...]
        // Messages that find their records in the same place share them: the first that fits reads.
        while let first = rest.first {
            let alike = rest.prefix { $0.message.message.each == first.message.message.each }
            rest = rest.dropFirst(alike.count)
            forEachRecord(in: body, along: first.message.message.each.steps[...], []) { record, names in
                guard pass.count < Self.mostRecords else { return pass.left += 1 }
                pass.count += 1
                read(record, in: body, alike, names, &pass)
            }
        }
        if pass.left > 0 { pass.facts.fault("each", "\(pass.left) more records than \(Self.mostRecords)") }
        return pass.facts.decodedByGateway
    }

    private struct Pass {
        var facts = FactList()
        var count = 0
        var left = 0
        /// Those of whom it was told already that they are alive: a long history need not say so with each record.
        var alive: Set<DeviceAddress> = []
    }

    private typealias Name = (name: String, value: String)

    private func forEachRecord(
        in record: ProfileRecord, along steps: ArraySlice<ProfilePath.Step>, _ names: [Name], _ take: (ProfileRecord, [Name]) -> Void
    ) {
        guard let step = steps.first, case .json(let node) = record else { return take(record, names) }
        let further = steps.dropFirst()
        switch step {
        case .member(let name):
            for (key, value) in node.members where key.bytes.elementsEqual(name.utf8) {
                forEachRecord(in: .json(value), along: further, names, take)
            }
        case .everyMember(let capture):
            for (key, value) in node.members {
                let more = capture.map { names + [($0, key.string)] } ?? names
                forEachRecord(in: .json(value), along: further, more, take)
            }
        case .everyElement where node.isArray:
            for value in node.elements { forEachRecord(in: .json(value), along: further, names, take) }
        case .everyElement: forEachRecord(in: record, along: further, names, take)
        case .element(let index):
            for (place, value) in node.elements.enumerated() where place == index {
                forEachRecord(in: .json(value), along: further, names, take)
            }
        }
    }

    // MARK: One record

    private func read(
        _ record: ProfileRecord, in body: ProfileRecord, _ candidates: ArraySlice<Candidate>, _ names: [Name], _ pass: inout Pass
    ) {
        if case .json(let node) = record, !node.isObject, !node.isArray, !names.isEmpty || node.isNull { return }
        var bystander: DeviceAddress?
        for (message, topicCaptures) in candidates {
            var captures = topicCaptures
            for (name, value) in names { captures.add(name, value) }
            let values = message.values(of: record, in: body, captures)
            let device = device(of: message, values)
            guard values.hold(message.message.when) else {
                bystander = bystander ?? device
                continue
            }
            guard let device else {
                if message.message.role != .ignored {
                    pass.facts.fault("device", "missing, or no name of at most \(Self.longestName) bytes")
                }
                return
            }
            switch message.message.role {
            case .facts: return tell(message.message, values, of: device, &pass.facts)
            case .history: return tellAlive(device, &pass)
            case .ignored: return
            }
        }
        if let bystander { tellAlive(bystander, &pass) }
    }

    private func tellAlive(_ device: DeviceAddress, _ pass: inout Pass) {
        if pass.alive.insert(device).inserted { speak(of: device, &pass.facts) { _ in } }
    }

    private func tell(_ message: Profile.Message, _ values: ProfileValues, of device: DeviceAddress, _ facts: inout FactList) {
        speak(of: device, &facts) { facts in
            facts.eventTime = message.time.flatMap { eventTime($0, values, &facts) }
            for fact in message.facts where values.hold(fact.when) { fact.tell(values, &facts) }
        }
        facts.eventTime = nil
    }

    /// What is told of the frame's own device needs no name.
    private func speak(of device: DeviceAddress, _ facts: inout FactList, _ tell: (inout FactList) -> Void) {
        if device == own { tell(&facts) } else { facts.speak(for: device, tell) }
    }

    private func device(of message: ProfileMessage, _ values: ProfileValues) -> DeviceAddress? {
        let name: String?
        switch message.message.device {
        case .template: name = message.deviceName(values.captures)
        case .source(let source):
            name = values.first(source) { value in
                switch value {
                case .text(let text): text.isPlain && text.count <= Self.longestName ? text.string : nil
                case .number(let number): Int64(exactly: number).map(String.init)
                case .bool, .null, .nested: nil
                }
            }
        }
        guard let name, !name.isEmpty, name.utf8.count <= Self.longestName || name == own.name else { return nil }
        return DeviceAddress(dialect: own.dialect, name: name)
    }

    private func eventTime(_ time: Profile.Time, _ values: ProfileValues, _ facts: inout FactList) -> EventTime? {
        var isStated = false
        let found = values.first(time.source) { value -> EventTime? in
            isStated = !value.isNoReading && value.number != 0
            return time.eventTime(value)
        }
        if isStated, found == nil { facts.fault("time", "no time in the unit of the profile") }
        return found
    }
}
