import VigilCore

/// Reads one entry of `messages`.
struct ProfileMessageReader {
    private static let mostFacts = 256
    private static let mostTopics = 32

    var reader: SettingsReader
    /// The lists of facts that the profile has under names of its own.
    private let lists: ProfileFactLists
    private(set) var format = Profile.Format.json
    private var separator: String?
    /// The places of topics and of the way to the records.
    private var captures: [String] = []
    private var recordPaths: [ProfilePath] = []
    private var aroundPaths: [ProfilePath] = []
    /// The numbers among bytes; nil where the message is said on topics.
    private var byteFields: [ByteField]?

    init(_ reader: SettingsReader, lists: ProfileFactLists) {
        self.reader = reader
        self.lists = lists
    }

    mutating func read() -> Profile.Message {
        let isHeard = reader.setting("bluetooth") != nil
        let bluetooth = readBluetooth()
        if isHeard { byteFields = [] }
        let topics = isHeard ? [] : readTopics()
        format = reader.choice("format", Profile.Format.self) ?? .json
        separator = readSeparator()
        let each = readEach()
        captures = topics.flatMap(\.captureNames) + each.captureNames
        let role = readRole()
        let device = readDevice(isNeeded: !topics.isEmpty && role != .ignored)
        let time = readTime()
        let when = readConditions(reader.setting("when"), reader)
        let facts = readFacts(role)
        reader.finish()
        return Profile.Message(
            topics: topics, bluetooth: bluetooth, format: format, separator: separator, each: each, device: device, time: time,
            when: when, facts: facts,
            role: role,
            mark: reader.mark, recordPaths: recordPaths, aroundPaths: aroundPaths, byteFields: byteFields ?? [])
    }

    private mutating func readTopics() -> [TopicPattern] {
        guard reader.requiredSetting("topic", "acme/{device}/state") != nil else { return [] }
        let texts = reader.texts("topic")
        if texts.count > Self.mostTopics {
            reader.fault(
                at: reader.mark(of: "topic"), key: "topic", "more than \(Self.mostTopics) topics; use + and # for what differs")
        }
        return texts.prefix(Self.mostTopics).compactMap { text, mark in
            attempt("topic", at: mark) { () throws(ProfileFault) in
                guard !text.isEmpty else { throw ProfileFault("is empty; write the topic that the device speaks on") }
                return try TopicPattern(text)
            }
        }
    }

    private mutating func readSeparator() -> String? {
        guard let text = reader.line("split") else { return nil }
        let isText = format == .text
        guard isText, (1...8).contains(text.utf8.count) else {
            let place = reader.mark(of: "split")
            if isText {
                let message = "\(SettingFault.quoted(text)) is no separator; write what stands between the parts, such as \";\""
                reader.fault(at: place, key: "split", message)
            } else {
                let message = "only a text is split; write format: text beside it, or remove it"
                reader.miss(["format"], at: place, path: reader.joined("split"), message)
            }
            return nil
        }
        return text
    }

    private mutating func readEach() -> ProfilePath {
        guard let text = reader.line("each") else { return .itself }
        guard format == .json else {
            reader.fault(at: reader.mark(of: "each"), key: "each", "only JSON holds several records; remove it")
            return .itself
        }
        var path = attempt("each", at: reader.mark(of: "each")) { () throws(ProfileFault) in try ProfilePath(text) } ?? .itself
        path.isAround = false
        return path
    }

    private mutating func readDevice(isNeeded: Bool) -> [Profile.DeviceName] {
        let names = Self.lines("device", &reader)
        guard names.isEmpty else { return names.compactMap { readName($0.text, at: $0.mark) } }
        if captures.contains("device") { return [Profile.DeviceName(pieces: [.capture("device")])] }
        if isNeeded, !reader.isRefused("device") {
            let message = "nothing says whose message it is; write {device} into the topic, or device: and the path to its name"
            reader.miss(["device", "topic"], message)
        }
        return []
    }

    /// A path, or text with places in braces: `{site}` of the topic, `{.id}` of the record, `{$.id}` of what stands around it.
    private mutating func readName(_ text: String, at mark: Setting.Mark?) -> Profile.DeviceName? {
        guard text.contains("{") else {
            return source(text, "device", at: mark, reader).map { Profile.DeviceName(pieces: [.value($0)]) }
        }
        var pieces: [Profile.DeviceName.Piece] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            let literal = rest.prefix { $0 != "{" }
            if !literal.isEmpty { pieces.append(.literal(String(literal))) }
            rest = rest.dropFirst(literal.count)
            guard !rest.isEmpty else { break }
            let place = rest.dropFirst().prefix { $0 != "}" }
            rest = rest.dropFirst(place.count + 2)
            if CaptureName(place) != nil {
                guard let capture = capture(String(place), "device", at: mark, reader) else { return nil }
                pieces.append(.capture(capture))
            } else {
                let path = place.hasPrefix(".") && place.count > 1 ? place.dropFirst() : place
                guard let source = source(String(path), "device", at: mark, reader) else { return nil }
                pieces.append(.value(source))
            }
        }
        return Profile.DeviceName(pieces: pieces)
    }

    private mutating func readTime() -> Profile.Time? {
        guard let found = reader.setting("time") else { return nil }
        guard case .map = found.value else {
            let places = Self.lines("time", &reader)
            return source(places, "time", reader).map { Profile.Time(source: $0, unit: .auto) }
        }
        guard var inner = reader.reader("time") else { return nil }
        let isStated = inner.requiredSetting("path", "the path to the time, such as ts") != nil
        let unit = inner.choice("unit", Profile.Time.Unit.self) ?? .auto
        let zone = inner.line("zone")
        if let zone, !Self.isZone(zone) {
            let message = "\(SettingFault.quoted(zone)) is no zone; write the distance from Greenwich, such as \"+08:00\""
            inner.fault(at: inner.mark(of: "zone"), key: "zone", message)
        }
        let places = isStated ? Self.lines("path", &inner) : []
        inner.finish()
        return source(places, "path", inner).map { Profile.Time(source: $0, unit: unit, zone: zone) }
    }

    private static func isZone(_ zone: String) -> Bool {
        var text = "2020-01-01T00:00:00" + zone
        return text.withUTF8 { EventTime(iso8601: TextBytes(UnsafeRawBufferPointer($0))) != nil }
    }

    private mutating func readRole() -> Profile.Message.Role {
        let isHistory = reader.flag("history", default: false)
        let isIgnored = reader.flag("ignore", default: false)
        if isHistory && isIgnored {
            reader.fault(at: reader.mark(of: "ignore"), key: "ignore", "the message is history already; keep one of the two")
        }
        return isHistory ? .history : isIgnored ? .ignored : .facts
    }

    private mutating func readFacts(_ role: Profile.Message.Role) -> [Profile.Fact] {
        let found = reader.setting("facts")
        let readers = found?.word == nil ? reader.readers("facts") : lists.readers(named: &reader)
        if role != .facts, found?.word != nil || !readers.isEmpty {
            let message = "nothing is concluded from history or from what is ignored; remove the facts, or that key"
            reader.fault(at: reader.mark(of: "facts"), key: "facts", message)
        }
        if readers.count > Self.mostFacts {
            reader.fault(at: reader.mark(of: "facts"), key: "facts", "more than \(Self.mostFacts) facts; split the message")
        }
        return readers.prefix(Self.mostFacts).compactMap { entry in
            var entry = entry
            return readFact(&entry)
        }
    }

    // MARK: Places of values

    /// Where the value of a key is taken from: the only place, or the first of several that stands there.
    mutating func source(_ places: [Line], _ key: String, _ reader: SettingsReader) -> Profile.Source? {
        let sources = places.compactMap { source($0.text, key, at: $0.mark, reader) }
        guard sources.count == places.count, let first = sources.first else { return nil }
        return sources.count == 1 ? first : .first(of: sources)
    }

    typealias Line = (text: String, mark: Setting.Mark?)

    /// A line, or several in a list.
    static func lines(_ key: String, _ reader: inout SettingsReader) -> [Line] {
        guard let found = reader.setting(key) else { return [] }
        if case .list = found.value { return reader.texts(key) }
        return reader.line(key).map { [($0, found.mark)] } ?? []
    }

    /// Where a value is taken from: a path, or a place of the topic in braces.
    mutating func source(_ text: String, _ key: String, at mark: Setting.Mark?, _ reader: SettingsReader) -> Profile.Source? {
        if text.hasPrefix("{"), text.hasSuffix("}") {
            return capture(String(text.dropFirst().dropLast()), key, at: mark, reader).map { .capture($0) }
        }
        let path: ProfilePath
        do throws(ProfileFault) {
            if byteFields != nil { return .record(index(of: try ByteField(text))) }
            path = try ProfilePath(text)
            try check(path)
        } catch {
            if let missing = error.missing {
                self.reader.miss([missing], at: mark, path: reader.joined(key), error.words)
            } else {
                reader.fault(at: mark, key: key, error.words)
            }
            return nil
        }
        return path.isAround ? .around(Self.index(of: path, in: &aroundPaths)) : .record(Self.index(of: path, in: &recordPaths))
    }

    private func check(_ path: ProfilePath) throws(ProfileFault) {
        guard path.captureNames.isEmpty else {
            throw ProfileFault("a name is kept only on the way to the records (each); write * here")
        }
        switch format {
        case .json: break
        case .text:
            if path.steps.isEmpty { return }
            guard separator != nil || reader.isRefused("split") else {
                throw ProfileFault(
                    "a text has no parts; write . for the text itself, a place of the topic in braces, or split: and what stands between parts",
                    missing: "split")
            }
            guard path.steps.count == 1, case .element = path.steps[0], !path.isAround else {
                throw ProfileFault("the parts of a text are numbered; write [0] for the first, or . for the whole text")
            }
        case .keyValue:
            guard path.steps.count == 1, case .member = path.steps[0], !path.isAround else {
                throw ProfileFault("a line has a key and nothing below it; write the key alone")
            }
        }
    }

    private mutating func capture(_ name: String, _ key: String, at mark: Setting.Mark?, _ reader: SettingsReader) -> String? {
        if captures.contains(name) { return name }
        // Which names there are nobody can say before the topic stands.
        guard !self.reader.isRefused("topic"), !self.reader.isRefused("each") else { return nil }
        let hint = SettingFault.hint(name, among: captures)
        let remedy = captures.isEmpty ? "; write it into the topic first" : hint
        self.reader.miss(
            ["topic", "each"], at: mark ?? reader.mark, path: reader.joined(key), "the topic has no place {\(name)}\(remedy)")
        return nil
    }

    private mutating func index(of field: ByteField) -> Int {
        var fields = byteFields ?? []
        defer { byteFields = fields }
        if let known = fields.firstIndex(of: field) { return known }
        fields.append(field)
        return fields.count - 1
    }

    private static func index(of path: ProfilePath, in paths: inout [ProfilePath]) -> Int {
        if let known = paths.firstIndex(of: path) { return known }
        paths.append(path)
        return paths.count - 1
    }

    /// What a piece reads as; nil where it is a fault, which is noted.
    private func attempt<Piece>(_ key: String, at mark: Setting.Mark?, _ body: () throws(ProfileFault) -> Piece) -> Piece? {
        do throws(ProfileFault) {
            return try body()
        } catch {
            reader.fault(at: mark, key: key, error.words)
            return nil
        }
    }
}
