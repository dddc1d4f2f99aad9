import VigilCore

/// A message of a profile, made ready to be read quickly.
struct ProfileMessage: Sendable {
    let message: Profile.Message
    private let recordTree: PathTree
    private let aroundTree: PathTree
    /// Whether a bare value may be a record: a number where others write `{"value": 7}`.
    let readsBareValues: Bool

    init(_ message: Profile.Message) {
        self.message = message
        recordTree = PathTree(message.recordPaths, separator: message.separator)
        aroundTree = PathTree(message.aroundPaths)
        readsBareValues = message.recordPaths.contains(.itself)
    }

    var format: Profile.Format { message.format }

    /// Whether a body that holds nothing is one that the message expects: no records, or a bare value that was not measured.
    func mayRead(nothing root: JSONNode) -> Bool {
        switch message.each.steps.first {
        case nil: message.role == .ignored || readsBareValues && !root.isObject && !root.isArray
        case .everyElement?, .element?: root.isArray
        case .everyMember?: root.isObject
        case .member?: false
        }
    }

    /// What the places of the topic hold; nil where it is none of this message's.
    func captures(of topic: TopicLevels) -> Captures? {
        for pattern in message.topics {
            if let captures = pattern.match(topic) { return captures }
        }
        return nil
    }

    /// Who brings the message, where the topic tells it: its device, or a gateway for the devices that the payload names.
    func speaker(_ captures: Captures) -> String? {
        let named = message.device.first { $0.sources.isEmpty }?.text { piece in
            if case .capture(let key) = piece { captures[key] } else { nil }
        }
        return named ?? captures["device"]
    }

    /// The values of a record that this message asks for.
    ///
    /// - Parameter around: what `values(around:_:)` found on the way to it.
    func values(of record: ProfileRecord, around: [PathTree.Match], _ captures: Captures) -> ProfileValues {
        var misfit: PathTree.Misfit?
        let found = message.recordPaths.isEmpty ? [] : recordTree.matches(in: record, misfit: &misfit)
        let text: TextBytes? = if message.separator != nil, case .text(let text) = record { text } else { nil }
        return ProfileValues(record: found, around: around, captures: captures, misfit: misfit, splitText: text)
    }

    /// What stands in something around a record, and for the rest what was found farther out.
    func values(around record: ProfileRecord, _ outer: [PathTree.Match] = []) -> [PathTree.Match] {
        guard !message.aroundPaths.isEmpty else { return [] }
        // Farther out stands what is missing nearer by: a shape that does not fit is no fault there.
        var misfit: PathTree.Misfit?
        let nearer = aroundTree.matches(in: record, misfit: &misfit)
        guard !nearer.isEmpty, !outer.isEmpty else { return nearer + outer }
        let found = Set(nearer.map(\.path))
        return nearer + outer.filter { !found.contains($0.path) }
    }
}

extension Profile.DeviceName {
    /// Its pieces put together; nil where one of them has no text.
    func text(_ text: (Piece) -> String?) -> String? {
        var name = ""
        for piece in pieces {
            if case .literal(let literal) = piece {
                name += literal
            } else {
                guard let part = text(piece), !part.isEmpty else { return nil }
                name += part
            }
        }
        return name
    }
}

/// The values that a message asks for, as one record holds them.
struct ProfileValues {
    let record: [PathTree.Match]
    let around: [PathTree.Match]
    let captures: Captures
    /// Where the record has another shape than the message's paths.
    let misfit: PathTree.Misfit?
    /// The whole text, where it is read in parts.
    var splitText: TextBytes?

    /// Hands over every value of a source.
    func each(_ source: Profile.Source, _ take: (Scalar) -> Void) {
        switch source {
        case .record(let path): for match in record where match.path == path { take(match.value) }
        case .around(let path): for match in around where match.path == path { take(match.value) }
        case .capture(let name):
            guard var text = captures[name] else { return }
            text.withUTF8 { take(Scalar(bare: TextBytes(UnsafeRawBufferPointer($0)))) }
        case .first(let sources):
            if let source = sources.first(where: stands) { each(source, take) }
        }
    }

    /// Whether something stands there, whatever its value.
    func stands(_ source: Profile.Source) -> Bool { isAny(source) { _ in true } }

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
