import VigilCore

/// Reads the records of one frame.
struct ProfileReading: Sendable {
    typealias Candidate = (message: ProfileMessage, captures: Captures)

    /// A body of more records is read to this one; the rest is counted as a fault.
    private static let mostRecords = 512
    private static let longestName = 128

    /// Whose frame it is.
    let own: DeviceAddress
    /// Whether somebody asks why.
    let isTraced: Bool

    /// What the candidates, in their order, make of a body.
    func facts(of body: ProfileRecord, _ candidates: [Candidate]) -> FactList {
        var pass = Pass()
        if isTraced { pass.facts.trace = FactTrace() }
        var rest = candidates[...]
        // Messages that find their records in the same place share them: the first that fits reads.
        while let first = rest.first {
            let each = first.message.message.each
            let alike = Array(rest.prefix { $0.message.message.each == each })
            rest = rest.dropFirst(alike.count)
            let way = Way(around: alike.map { $0.message.values(around: body) })
            let reason = forEachRecord(in: body, along: each.steps[...], way, of: alike) { record, way in
                guard pass.count < Self.mostRecords else { return pass.left += 1 }
                pass.count += 1
                read(record, alike, way, &pass)
            }
            if let reason { pass.dead.append(reason + first.message.message.place) } else { pass.isReached = true }
        }
        if pass.left > 0 { pass.facts.fault("each", "\(pass.left) more records than \(Self.mostRecords)") }
        // Of several places for records one is enough: a body seldom has them all.
        if !pass.isReached { for reason in pass.dead { pass.facts.fault("each", reason) } }
        if pass.facts.leftOut.isEmpty, pass.facts.tellsNothing, let reason = Self.emptiness(of: body, candidates) {
            pass.facts.fault("the body", reason)
        }
        return pass.facts
    }

    private struct Pass {
        var facts = FactList()
        var count = 0
        var left = 0
        /// Whether the place of some records was there, however many it holds.
        var isReached = false
        /// Why others were not.
        var dead: [String] = []
        /// Those of whom it was told already that they are alive: a long history need not say so with each record.
        var alive: Set<DeviceAddress> = []
    }

    /// What was met on the way to a record.
    private struct Way {
        var names: [(name: String, value: TextBytes)] = []
        /// For each candidate what stands around the record.
        var around: [[PathTree.Match]]
        /// The steps that were taken, as a profile writes them.
        var text = ""
    }

    /// - Returns: why the place of the records is not there; nil where it is, even if it is empty.
    private func forEachRecord(
        in record: ProfileRecord, along steps: ArraySlice<ProfilePath.Step>, _ way: Way, of candidates: [Candidate],
        _ take: (ProfileRecord, Way) -> Void
    ) -> String? {
        guard let step = steps.first, case .json(let node) = record else {
            take(record, way)
            return nil
        }
        let further = steps.dropFirst()
        var reasons: [String?] = []
        func enter(_ value: JSONNode, as name: (String, TextBytes)? = nil) {
            var way = way
            way.text = step.text(after: way.text)
            if let name { way.names.append(name) }
            if !further.isEmpty, value.isObject {
                for (index, candidate) in candidates.enumerated() {
                    way.around[index] = candidate.message.values(around: .json(value), way.around[index])
                }
            }
            reasons.append(forEachRecord(in: .json(value), along: further, way, of: candidates, take))
        }
        switch step {
        case .member(let name): for (key, value) in node.members where key.bytes.elementsEqual(name.utf8) { enter(value) }
        case .everyMember(let capture): for (key, value) in node.members { enter(value, as: capture.map { ($0, key) }) }
        case .everyElement where node.isArray: for value in node.elements { enter(value) }
        case .everyElement: return forEachRecord(in: record, along: further, way, of: candidates, take)
        case .element(let index): for (place, value) in node.elements.enumerated() where place == index { enter(value) }
        }
        guard reasons.isEmpty else { return reasons.contains(nil) ? nil : reasons[0] }
        return Self.reason(step, after: way.text, node)
    }

    /// Why a step leads nowhere; nil where there is simply nothing.
    private static func reason(_ step: ProfilePath.Step, after way: String, _ node: JSONNode) -> String? {
        let place = way.isEmpty ? "the body" : way
        switch step {
        case .member where node.isObject: return "\(step.text(after: way)) is missing"
        case .member, .everyMember: return node.isNothing || node.isObject ? nil : "\(place) is \(node.shape), not an object"
        case .element where node.isArray: return node.count == 0 ? nil : "\(step.text(after: way)) is missing"
        case .element: return node.isNothing ? nil : "\(place) is \(node.shape), not a list"
        case .everyElement: return nil
        }
    }

    // MARK: One record

    private func read(_ record: ProfileRecord, _ candidates: [Candidate], _ way: Way, _ pass: inout Pass) {
        var isBare = false
        if case .json(let node) = record {
            if node.isNull { return }
            isBare = !node.isObject && !node.isArray && !way.names.isEmpty
        }
        var bystander: DeviceAddress?
        for (index, (message, topicCaptures)) in candidates.enumerated() where !isBare || message.readsBareValues {
            var captures = topicCaptures
            for (name, value) in way.names { captures.add(name, value.string) }
            let values = message.values(of: record, around: way.around[index], captures)
            let device = device(of: message, values)
            guard values.hold(message.message.when) else {
                bystander = bystander ?? device
                continue
            }
            guard let device else {
                if message.message.role != .ignored {
                    pass.facts.fault(
                        "device",
                        "missing, or no name of at most \(Self.longestName) bytes\(record.shown); correct device:, or ignore such messages\(message.message.place)"
                    )
                }
                return
            }
            if message.message.role != .facts { pass.facts.trace?.ask(message.message.mark) }
            if message.message.role == .facts, let misfit = values.misfit {
                pass.facts.fault(
                    misfit.way.isEmpty ? "the record" : misfit.way,
                    "\(misfit.found) stands where \(misfit.wanted) is expected; correct the paths\(message.message.place)",
                    of: device == own ? nil : device)
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
            facts.eventTime = message.time.flatMap { eventTime($0, values, message.place, &facts) }
            for fact in message.facts where values.hold(fact.when) {
                facts.trace?.ask(fact.mark)
                facts.trace?.origin = fact.mark
                fact.tell(values, &facts)
            }
            facts.trace?.origin = nil
        }
        facts.eventTime = nil
    }

    /// What is told of the frame's own device needs no name.
    private func speak(of device: DeviceAddress, _ facts: inout FactList, _ tell: (inout FactList) -> Void) {
        if device == own { tell(&facts) } else { facts.speak(for: device, tell) }
    }

    private func device(of message: ProfileMessage, _ values: ProfileValues) -> DeviceAddress? {
        let stated = message.message.device.first { name in name.sources.isEmpty || name.sources.contains(where: values.stands) }
        let name = stated?.text { piece in
            switch piece {
            case .literal: nil
            case .capture(let key): values.captures[key]
            case .value(let source): values.first(source, Self.name)
            }
        }
        guard let name, name == own.name || Self.isName(name) else { return nil }
        return DeviceAddress(dialect: own.dialect, name: name)
    }

    private static func isName(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in (1...longestName).contains(bytes.count) && TextBytes(UnsafeRawBufferPointer(bytes)).isPlain }
    }

    private static func name(_ value: Scalar) -> String? {
        switch value {
        case .text(let text): text.count <= longestName ? text.string : nil
        // What a double cannot tell from its neighbours names nobody.
        case .number(let number): abs(number) <= 9_007_199_254_740_992 ? Int64(exactly: number).map(String.init) : nil
        case .large(let integer): String(integer)
        case .bool, .null, .nested: nil
        }
    }

    private func eventTime(
        _ time: Profile.Time, _ values: ProfileValues, _ place: String, _ facts: inout FactList
    ) -> EventTime? {
        var isStated = false
        let found = values.first(time.source) { value -> EventTime? in
            isStated = !value.isNoReading && value.number != 0
            return time.eventTime(value)
        }
        if isStated, found == nil {
            let shown = values.first(time.source) { $0.shown } ?? ""
            facts.fault("time", "\(shown) is no time in the unit \(time.unit.rawValue); correct unit:, or zone:\(place)")
        }
        return found
    }
}
