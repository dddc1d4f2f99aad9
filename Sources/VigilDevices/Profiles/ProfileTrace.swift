import VigilCore

/// What a profile made of a frame, for people who ask why.
struct ProfileTrace {
    let decoded: Decoded
    private let trace: FactTrace
    /// Those that fit the topic.
    private let messages: [Profile.Message]

    init(_ facts: FactList, _ messages: [Profile.Message]) {
        decoded = facts.decodedByGateway
        trace = facts.trace ?? FactTrace()
        self.messages = messages
    }

    /// Where the file says a fact, by its place among the observations; nil where it does not.
    func origin(of index: Int) -> Setting.Mark? { trace.origins.indices.contains(index) ? trace.origins[index] : nil }

    /// Why nothing was made of a value that stands at the end of these steps.
    func unused(_ leaf: [ProfilePath.Step]) -> (why: Explanation.Unused, mark: Setting.Mark?) {
        let passedOver = messages.first { $0.role != .facts && isAsked($0.mark) && leaf.starts(along: $0.each.steps) }
        if let passedOver { return (passedOver.role == .history ? .history : .ignoredMessage, passedOver.mark) }
        let readers = messages.flatMap { message in
            message.facts.filter { message.isRead(leaf, by: $0.sources) }.map { (fact: $0, isMeant: message.means(leaf, $0)) }
        }
        if let asked = readers.first(where: { $0.isMeant && isAsked($0.fact.mark) }) { return (.saysNothing, asked.fact.mark) }
        if let first = readers.first { return (.conditions, first.fact.mark) }
        for message in messages {
            if let time = message.time, message.isRead(leaf, by: [time.source]) { return (.time, message.mark) }
            if message.isRead(leaf, by: message.device.flatMap(\.sources)) { return (.name, message.mark) }
        }
        for message in messages {
            if message.isRead(leaf, by: message.when.map(\.source)) { return (.onlyCondition, message.mark) }
            let fact = message.facts.first { message.isRead(leaf, by: $0.when.map(\.source)) }
            if let fact { return (.onlyCondition, fact.mark) }
        }
        return (.noFact, nil)
    }

    private func isAsked(_ mark: Setting.Mark?) -> Bool { mark.map { trace.asked.contains($0) } ?? false }
}

extension Profile.Fact {
    fileprivate var sources: [Profile.Source] {
        switch value {
        case .constant: []
        case .source(let source): [source]
        case .bloodPressure(let one, let other), .position(let one, let other): [one, other]
        }
    }
}

extension Profile.Message {
    /// Whether one of the sources may lead to the value.
    fileprivate func isRead(_ leaf: [ProfilePath.Step], by sources: [Profile.Source]) -> Bool {
        sources.contains { source in
            switch source {
            case .record(let index): leaf.stands(along: each.steps + recordPaths[index].steps)
            case .around(let index): leaf.indices.contains { leaf[$0...].stands(along: aroundPaths[index].steps) }
            case .capture: false
            case .first(let sources): isRead(leaf, by: sources)
            }
        }
    }

    /// Whether the names on the way to the value are those that a fact asks for.
    fileprivate func means(_ leaf: [ProfilePath.Step], _ fact: Profile.Fact) -> Bool {
        let names = leaf.names(along: each.steps)
        return (when + fact.when).allSatisfy { condition in
            guard case .capture(let capture) = condition.source, let name = names[capture] else { return true }
            return switch condition.test {
            case .isOne(let words): words.contains { $0.text == name }
            case .isNone(let words): !words.contains { $0.text == name }
            case .exists(let isWanted): isWanted
            }
        }
    }
}

extension Collection<ProfilePath.Step> {
    /// Whether the steps of a path, which may be of any member or element, lead just here.
    fileprivate func stands(along steps: some Collection<ProfilePath.Step>) -> Bool { follow(steps)?.rest.isEmpty == true }

    /// Whether they lead here or to something around it.
    fileprivate func starts(along steps: some Collection<ProfilePath.Step>) -> Bool { follow(steps) != nil }

    /// What the names are that the steps keep.
    fileprivate func names(along steps: some Collection<ProfilePath.Step>) -> [String: String] { follow(steps)?.names ?? [:] }

    private func follow(_ steps: some Collection<ProfilePath.Step>) -> (rest: SubSequence, names: [String: String])? {
        var rest = self[...]
        var names: [String: String] = [:]
        for step in steps {
            switch (step, rest.first) {
            // A lone value counts as a list of one.
            case (.everyElement, .element?): rest = rest.dropFirst()
            case (.everyElement, _): break
            case (.everyMember(let capture), .member(let name)?):
                if let capture { names[capture] = name }
                rest = rest.dropFirst()
            case (let step, let met?) where step == met: rest = rest.dropFirst()
            default: return nil
            }
        }
        return (rest, names)
    }
}
