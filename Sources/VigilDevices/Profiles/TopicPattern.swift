/// A topic with places that hold something: `espresense/devices/{device}/{room}`.
///
/// `{name}` takes one level and names it, `+` takes any one level; `#` takes any number of levels, and may stand anywhere, once.
struct TopicPattern: Hashable, Sendable {
    private enum Level: Hashable {
        case word(String)
        case one
        case capture(String)

        func takes(_ level: Substring.UTF8View) -> Bool {
            if case .word(let word) = self { level.elementsEqual(word.utf8) } else { true }
        }
    }

    /// As the profile writes it.
    let text: String
    private let head: [Level]
    /// What comes after `#`; nil where there is none.
    private let tail: [Level]?

    /// - Throws: what is wrong with it, with a remedy.
    init(_ text: String) throws(ProfileFault) {
        var head: [Level] = []
        var tail: [Level]?
        for level in text.split(separator: "/", omittingEmptySubsequences: false) {
            if level == "#" {
                guard tail == nil else { throw ProfileFault("# stands here twice; write it once") }
                tail = []
            } else if tail == nil {
                head.append(try Self.level(level))
            } else {
                tail?.append(try Self.level(level))
            }
        }
        self.text = text
        self.head = head
        self.tail = tail
    }

    private static func level(_ text: Substring) throws(ProfileFault) -> Level {
        if text == "+" { return .one }
        if text.hasPrefix("{"), text.hasSuffix("}"), let name = CaptureName(text.dropFirst().dropLast()) { return .capture(name.text) }
        guard !text.contains(where: { "{}+#".contains($0) }) else {
            throw ProfileFault("\"\(text)\" is no level of a topic; write a word, + or {name} between the slashes")
        }
        return .word(String(text))
    }

    /// The names that its places have.
    var captureNames: [String] {
        (head + (tail ?? [])).compactMap { if case .capture(let name) = $0 { name } else { nil } }
    }

    /// What its places hold in this topic; nil where it does not fit.
    func match(_ topic: String) -> Captures? { match(TopicLevels(topic)) }

    /// The same of a topic that many patterns are held against.
    func match(_ topic: TopicLevels) -> Captures? {
        let levels = topic.levels
        let end = tail?.count ?? 0
        guard tail == nil ? levels.count == head.count : levels.count >= head.count + end else { return nil }
        var captures = Captures()
        func take(_ pattern: [Level], _ levels: ArraySlice<Substring.UTF8View>) -> Bool {
            for (expected, level) in zip(pattern, levels) {
                guard expected.takes(level) else { return false }
                if case .capture(let name) = expected {
                    guard !level.isEmpty else { return false }
                    captures.add(name, String(Substring(level)))
                }
            }
            return true
        }
        guard take(head, levels.prefix(head.count)), take(tail ?? [], levels.suffix(end)) else { return nil }
        return captures
    }

    // MARK: Where it is spoken

    /// The narrowest filter that a broker understands; nil where the pattern begins with a place.
    var filter: String? {
        let words = head.prefix { if case .word = $0 { true } else { false } }.map { if case .word(let word) = $0 { word } else { "" } }
        guard !words.isEmpty else { return nil }
        return words.count == head.count && tail == nil ? words.joined(separator: "/") : words.joined(separator: "/") + "/#"
    }

    /// Whether some topic fits both the pattern and a filter of a subscription.
    func overlaps(_ filter: String) -> Bool {
        let wanted = filter.split(separator: "/", omittingEmptySubsequences: false).map { level -> Level? in
            level == "#" ? nil : level == "+" ? .one : .word(String(level))
        }
        let levels: [Level?] = head + (tail.map { [nil] + $0 } ?? [])
        return Self.overlap(levels[...], wanted[...])
    }

    /// - Parameter a: nil stands for any number of levels; at most once in each.
    private static func overlap(_ a: ArraySlice<Level?>, _ b: ArraySlice<Level?>) -> Bool {
        guard let first = a.first, let second = b.first else { return (a + b).allSatisfy { $0 == nil } }
        guard let one = first else { return overlap(a.dropFirst(), b) || overlap(a, b.dropFirst()) }
        guard let other = second else { return overlap(a, b.dropFirst()) || overlap(a.dropFirst(), b) }
        switch (one, other) {
        case (.word(let word), .word(let same)) where word != same: return false
        default: return overlap(a.dropFirst(), b.dropFirst())
        }
    }

    /// A topic that fits, below a filter where the pattern begins with a place.
    func standIn(below filter: String) -> String {
        let words = filter.split(separator: "/").map(String.init).filter { $0 != "#" && $0 != "+" }
        var levels = head.enumerated().map { index, level in
            if case .word(let word) = level { word } else { index < words.count ? words[index] : "nameless" }
        }
        if let tail {
            if head.isEmpty { levels = words }
            if tail.isEmpty { levels.append("nameless") }
            levels += tail.map { if case .word(let word) = $0 { word } else { "nameless" } }
        }
        return levels.joined(separator: "/")
    }
}

/// A topic cut at its slashes, once for all patterns.
struct TopicLevels {
    let levels: [Substring.UTF8View]

    init(_ topic: String) { levels = topic.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) }
}

/// What stood in the named places of a topic and on the way to a record.
struct Captures: Sendable {
    private var values: [(name: String, value: String)] = []

    mutating func add(_ name: String, _ value: String) { values.append((name, value)) }

    subscript(name: String) -> String? { values.last { $0.name == name }?.value }
}

/// The name of a place: small letters, digits and `_`.
struct CaptureName {
    let text: String

    init?(_ text: Substring) {
        let isPlain = text.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "_")
        }
        guard isPlain, (1...32).contains(text.utf8.count) else { return nil }
        self.text = String(text)
    }
}

/// What is wrong with a piece of a profile, with a remedy.
struct ProfileFault: Error {
    let words: String
    /// The key of the message without which it is wrong; nil where it is by itself.
    let missing: String?

    init(_ words: String, missing: String? = nil) {
        self.words = words
        self.missing = missing
    }
}
