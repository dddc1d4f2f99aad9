import Foundation
import VigilConsole
public import VigilCore

/// One line of a replay file: an input with its time; `docs/replay.md` shows every kind.
///
/// The exact inverse of itself for every `StampedInput`, so that a journal can be written as lines and replayed from them.
public struct ReplayLine: Codable, Hashable, Sendable {
    /// Place in the journal; nil for lines that people write.
    public var sequence: Int64?
    public var at: EngineTime
    /// A frame with an empty source is one whose line names none.
    public var input: Input

    public init(sequence: Int64? = nil, at: EngineTime, input: Input) {
        self.sequence = sequence
        self.at = at
        self.input = input
    }

    public init(_ stamped: StampedInput) { self.init(sequence: stamped.sequence, at: stamped.at, input: stamped.input) }

    /// Reads a line as it stands in a file.
    ///
    /// - Throws: `ReplayFault`, saying what is wrong with it.
    public init(text: String) throws {
        do {
            self = try JSONDecoder().decode(ReplayLine.self, from: Data(text.utf8))
        } catch let error as DecodingError {
            throw ReplayFault(error.words)
        }
    }

    /// The line without its line feed; equal lines are equal bytes.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case sequence = "seq"
        case at
        // A frame.
        case source, topic, payload
        case payloadEncoding = "payload_encoding"
        case retained, redelivery, duplicate, ble, dialect
        // Everything else is one key.
        case started, seen, command
        case deliveryResult = "delivery_result"
        case registry, rules, health, clock, deadline
    }

    /// Keys that say what the line is; a line has one of them.
    private static let kinds: [CodingKeys] = [
        .topic, .ble, .started, .seen, .command, .deliveryResult, .registry, .rules, .health, .clock, .deadline,
    ]

    public init(from decoder: any Decoder) throws {
        try KnownKeys.check(decoder, CodingKeys.allCases.map(\.rawValue))
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        sequence = try fields.decodeIfPresent(Int64.self, forKey: .sequence)
        at = try fields.decode(EngineTime.self, forKey: .at)
        let given = Self.kinds.filter(fields.contains)
        guard let kind = given.first, given.count == 1 else {
            let words =
                given.isEmpty ? "nothing happens in this line" : "\(given.map(\.rawValue).joined(separator: " and ")) in one line"
            let known = Self.kinds.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(words); write one of \(known)"))
        }
        input = try Self.input(kind, fields, decoder)
    }

    private static func input(
        _ kind: CodingKeys, _ fields: KeyedDecodingContainer<CodingKeys>, _ decoder: any Decoder
    ) throws -> Input {
        switch kind {
        case .started: .started(try fields.decode(StartedForm.self, forKey: .started).start)
        case .seen: .seen(try fields.decode(SeenForm.self, forKey: .seen).sighting)
        case .command: .command(try command(try fields.decode(CommandDocument.self, forKey: .command)))
        case .deliveryResult: .deliveryResult(try fields.decode(DeliveryResultForm.self, forKey: .deliveryResult).result)
        case .registry: .registryChange(try fields.decode(Registry.self, forKey: .registry))
        case .rules: .rulesChange(try fields.decode(RuleSet.self, forKey: .rules))
        case .health: .health(try fields.decode(HealthForm.self, forKey: .health).health)
        case .clock: .clock(try fields.decode(ClockForm.self, forKey: .clock).reading)
        case .deadline: .deadline(heardUntil: try fields.decode(DeadlineForm.self, forKey: .deadline).heardUntil)
        default: .frame(try FrameForm(from: decoder).frame)
        }
    }

    private static func command(_ document: CommandDocument) throws -> Command {
        // What people write by hand names no id; the answer is told apart by its place.
        let id = document.id ?? CommandID("replay")
        return Command(
            id: id, action: document.action, by: Actor(contact: document.by, via: document.via ?? "replay", login: document.login))
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encodeIfPresent(sequence, forKey: .sequence)
        try fields.encode(at, forKey: .at)
        switch input {
        case .started(let start): try fields.encode(StartedForm(start), forKey: .started)
        case .frame(let frame): try FrameForm(frame).encode(to: encoder)
        case .seen(let sighting): try fields.encode(SeenForm(sighting), forKey: .seen)
        case .command(let command): try fields.encode(CommandDocument(command), forKey: .command)
        case .deliveryResult(let result): try fields.encode(DeliveryResultForm(result), forKey: .deliveryResult)
        case .registryChange(let registry): try fields.encode(registry, forKey: .registry)
        case .rulesChange(let rules): try fields.encode(rules, forKey: .rules)
        case .health(let health): try fields.encode(HealthForm(health), forKey: .health)
        case .clock(let reading): try fields.encode(ClockForm(reading), forKey: .clock)
        case .deadline(let heardUntil): try fields.encode(DeadlineForm(heardUntil), forKey: .deadline)
        }
    }
}
