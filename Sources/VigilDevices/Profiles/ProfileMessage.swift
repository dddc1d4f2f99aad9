import VigilCore

/// A message of a profile, made ready to be read quickly.
struct ProfileMessage: Sendable {
    let message: Profile.Message
    private let recordTree: PathTree
    private let bodyTree: PathTree

    init(_ message: Profile.Message) {
        self.message = message
        recordTree = PathTree(message.recordPaths)
        bodyTree = PathTree(message.bodyPaths)
    }

    var format: Profile.Format { message.format }

    /// What the places of the topic hold; nil where it is none of this message's.
    func captures(of topic: String) -> Captures? {
        for pattern in message.topics {
            if let captures = pattern.match(topic) { return captures }
        }
        return nil
    }

    /// The device, where topic and names tell it.
    func deviceName(_ captures: Captures) -> String? {
        guard case .template(let pieces) = message.device else { return nil }
        var name = ""
        for piece in pieces {
            switch piece {
            case .literal(let text): name += text
            case .capture(let key):
                guard let value = captures[key] else { return nil }
                name += value
            }
        }
        return name
    }

    /// The values of a record that this message asks for.
    func values(of record: ProfileRecord, in body: ProfileRecord, _ captures: Captures) -> ProfileValues {
        ProfileValues(
            record: message.recordPaths.isEmpty ? [] : recordTree.matches(in: record),
            body: message.bodyPaths.isEmpty ? [] : bodyTree.matches(in: body), captures: captures)
    }
}

/// The values that a message asks for, as one record holds them.
struct ProfileValues {
    let record: [PathTree.Match]
    let body: [PathTree.Match]
    let captures: Captures

    /// Hands over every value of a source.
    func each(_ source: Profile.Source, _ take: (Scalar) -> Void) {
        switch source {
        case .record(let path): for match in record where match.path == path { take(match.value) }
        case .body(let path): for match in body where match.path == path { take(match.value) }
        case .capture(let name):
            guard var text = captures[name] else { return }
            text.withUTF8 { take(Scalar(bare: TextBytes(UnsafeRawBufferPointer($0)))) }
        }
    }

    /// Asks about the first value of a source.
    func first<Result>(_ source: Profile.Source, _ body: (Scalar) -> Result?) -> Result? {
        var result: Result?
        var isFirst = true
        each(source) { value in
            if isFirst { result = body(value) }
            isFirst = false
        }
        return result
    }

    func hold(_ conditions: [Profile.Condition]) -> Bool { conditions.allSatisfy(holds) }

    private func holds(_ condition: Profile.Condition) -> Bool {
        switch condition.test {
        case .isOne(let words): return isAny(condition.source) { value in words.contains { $0.matches(value) } }
        case .isNone(let words): return !isAny(condition.source) { value in words.contains { $0.matches(value) } }
        case .exists(let wanted):
            return isAny(condition.source) { if case .null = $0 { false } else { true } } == wanted
        }
    }

    private func isAny(_ source: Profile.Source, _ test: (Scalar) -> Bool) -> Bool {
        var isAny = false
        each(source) { if test($0) { isAny = true } }
        return isAny
    }
}
