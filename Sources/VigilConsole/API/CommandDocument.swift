public import VigilCore

/// A command as JSON: `{"accept": "fall-r0042-7", "by": "c-wang"}`; the same in the API and in replay files.
///
/// One key says what is done and to what: `accept`, `decline`, `seen`, `on_the_way`, `on_scene`, `hand_over` (with `to`), `close` (with `outcome`
/// and maybe `note`), `review`, `reopen` (maybe with `note`), `note` (with `text`), `check_in` (a resident, maybe with `note`), `forget_counter` (a
/// device, maybe with `note`), `end_order`, or
/// what a standing order is called, with `lasts` (ms), maybe `starts_in` (ms) and `reason`: `silence` (an object of `AlertMatcher`), `away`,
/// `hospital`, `visitor` (a resident) and `drill` (a subject). `by` names the contact; `via`, `login` and `id` are for replay files: the API sets
/// them itself.
public struct CommandDocument: Codable, Hashable, Sendable {
    public var id: CommandID?
    public var action: Command.Action
    public var by: ContactID?
    public var via: String?
    public var login: String?

    public init(_ action: Command.Action, by: ContactID? = nil) {
        self.action = action
        self.by = by
    }

    /// The whole command, so that it reads back to an equal one.
    public init(_ command: Command) {
        id = command.id
        action = command.action
        by = command.by.contact
        via = command.by.via
        login = command.by.login
    }

    /// The keys that say what is done.
    public static let verbs =
        [
            "accept", "decline", "seen", "on_the_way", "on_scene", "hand_over", "close", "review", "reopen", "note", "check_in",
            "forget_counter", "end_order",
        ] + StandingOrder.Content.words
    /// Those that may bring words along under `note`, which is a verb of its own.
    private static let wordy: Set = ["close", "review", "reopen", "check_in", "forget_counter"]

    private static let particulars = ["to", "outcome", "text", "note", "lasts", "starts_in", "reason", "id", "by", "via", "login"]

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: WordKey.self)
        let given = Set(container.allKeys.map(\.stringValue))
        if let unknown = given.subtracting(Self.verbs + Self.particulars).min() {
            let hint = SettingFault.hint(unknown, among: Self.verbs + Self.particulars)
            throw Self.fault("unknown key \(SettingFault.quoted(unknown))\(hint)", container, unknown)
        }
        var verbs = Self.verbs.filter(given.contains)
        if verbs.count == 2, verbs.contains(where: Self.wordy.contains) { verbs.removeAll { $0 == "note" } }
        guard let verb = verbs.first, verbs.count == 1 else {
            let found = verbs.isEmpty ? "nothing to do" : "\(verbs.joined(separator: " and ")) at once"
            throw Self.fault("\(found); write one of \(Self.verbs.joined(separator: ", ")) with an id", container, nil)
        }
        let isOrder = StandingOrder.Content.words.contains(verb)
        action = isOrder ? .place(try Self.request(verb, container, decoder)) : try Self.action(verb, container)
        id = try container.decodeIfPresent(CommandID.self, forKey: WordKey("id"))
        by = try container.decodeIfPresent(ContactID.self, forKey: WordKey("by"))
        via = try container.decodeIfPresent(String.self, forKey: WordKey("via"))
        login = try container.decodeIfPresent(String.self, forKey: WordKey("login"))
    }

    private typealias Fields = KeyedDecodingContainer<WordKey>

    private static func action(_ verb: String, _ fields: Fields) throws -> Command.Action {
        let name = try fields.decode(String.self, forKey: WordKey(verb))
        guard !name.isEmpty else { throw fault("the id is empty", fields, verb) }
        let alert = AlertID(name)
        switch verb {
        case "accept": return .accept(alert)
        case "decline": return .decline(alert)
        case "seen": return .seen(alert)
        case "on_the_way": return .onTheWay(alert)
        case "on_scene": return .onScene(alert)
        case "hand_over": return .handOver(alert, to: try fields.decode(ContactID.self, forKey: WordKey("to")))
        case "review": return .review(alert, note: try words("note", fields))
        case "reopen": return .reopen(alert, note: try words("note", fields))
        case "close": return .close(alert, outcome: try outcome(fields), note: try words("note", fields))
        case "end_order": return .endOrder(OrderID(name))
        case "forget_counter": return .forgetCounter(DeviceID(name), note: try words("note", fields))
        case "note": return .note(alert, text: try fields.decode(String.self, forKey: WordKey("text")))
        default: return .checkIn(ResidentID(name), note: try words("note", fields))
        }
    }

    private static func request(_ verb: String, _ fields: Fields, _ decoder: any Decoder) throws -> OrderRequest {
        if verb == "silence" {
            let matcher = try fields.nestedContainer(keyedBy: WordKey.self, forKey: WordKey(verb))
            if let unknown = Set(matcher.allKeys.map(\.stringValue)).subtracting(AlertMatcher.keys).min() {
                let hint = SettingFault.hint(unknown, among: AlertMatcher.keys)
                throw fault("unknown key \(SettingFault.quoted(unknown))\(hint)", matcher, unknown)
            }
        }
        return OrderRequest(
            try StandingOrder.Content(from: decoder),
            startsIn: try fields.decodeIfPresent(Milliseconds.self, forKey: WordKey("starts_in")) ?? .zero,
            lasts: try fields.decode(Milliseconds.self, forKey: WordKey("lasts")), reason: try words("reason", fields))
    }

    private static func words(_ key: String, _ fields: Fields) throws -> String {
        try fields.decodeIfPresent(String.self, forKey: WordKey(key)) ?? ""
    }

    private static func outcome(_ fields: Fields) throws -> OutcomeCode {
        let word = try fields.decode(String.self, forKey: WordKey("outcome"))
        if let outcome = OutcomeCode(rawValue: word) { return outcome }
        let hint = SettingFault.hint(word, among: OutcomeCode.ofHumans.map(\.rawValue))
        throw fault("unknown outcome \(SettingFault.quoted(word))\(hint)", fields, "outcome")
    }

    private static func fault(_ words: String, _ fields: Fields, _ key: String?) -> DecodingError {
        let path = fields.codingPath + (key.map { [WordKey($0)] } ?? [])
        return .dataCorrupted(DecodingError.Context(codingPath: path, debugDescription: words))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: WordKey.self)
        switch action {
        case .accept(let alert): try container.encode(alert, forKey: WordKey("accept"))
        case .decline(let alert): try container.encode(alert, forKey: WordKey("decline"))
        case .seen(let alert): try container.encode(alert, forKey: WordKey("seen"))
        case .handOver(let alert, let to):
            try container.encode(alert, forKey: WordKey("hand_over"))
            try container.encode(to, forKey: WordKey("to"))
        case .review(let alert, let note):
            try container.encode(alert, forKey: WordKey("review"))
            if !note.isEmpty { try container.encode(note, forKey: WordKey("note")) }
        case .reopen(let alert, let note):
            try container.encode(alert, forKey: WordKey("reopen"))
            if !note.isEmpty { try container.encode(note, forKey: WordKey("note")) }
        case .onTheWay(let alert): try container.encode(alert, forKey: WordKey("on_the_way"))
        case .onScene(let alert): try container.encode(alert, forKey: WordKey("on_scene"))
        case .close(let alert, let outcome, let note):
            try container.encode(alert, forKey: WordKey("close"))
            try container.encode(outcome, forKey: WordKey("outcome"))
            if !note.isEmpty { try container.encode(note, forKey: WordKey("note")) }
        case .note(let alert, let text):
            try container.encode(alert, forKey: WordKey("note"))
            try container.encode(text, forKey: WordKey("text"))
        case .checkIn(let resident, let note):
            try container.encode(resident, forKey: WordKey("check_in"))
            if !note.isEmpty { try container.encode(note, forKey: WordKey("note")) }
        case .forgetCounter(let device, let note):
            try container.encode(device, forKey: WordKey("forget_counter"))
            if !note.isEmpty { try container.encode(note, forKey: WordKey("note")) }
        case .endOrder(let order): try container.encode(order, forKey: WordKey("end_order"))
        case .place(let request):
            try request.content.encode(to: encoder)
            try container.encode(request.lasts, forKey: WordKey("lasts"))
            if request.startsIn != .zero { try container.encode(request.startsIn, forKey: WordKey("starts_in")) }
            if !request.reason.isEmpty { try container.encode(request.reason, forKey: WordKey("reason")) }
        }
        try container.encodeIfPresent(id, forKey: WordKey("id"))
        try container.encodeIfPresent(by, forKey: WordKey("by"))
        try container.encodeIfPresent(via, forKey: WordKey("via"))
        try container.encodeIfPresent(login, forKey: WordKey("login"))
    }
}

/// Any word as a coding key.
struct WordKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ word: String) { stringValue = word }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}
