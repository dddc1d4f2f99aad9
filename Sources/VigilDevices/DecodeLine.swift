public import VigilCore

import Foundation

/// One line of `vigil decode`: a frame as JSON in, what it says as JSON out.
///
/// The integrator's tool: every line stands for itself, with no memory of the lines before.
public struct DecodeLine: Sendable {
    private let registry: DecoderRegistry
    private let dialect: Dialect?
    private let explains: Bool

    /// - Parameters:
    ///   - dialect: who speaks where a line does not say; nil lets the topic decide.
    ///   - explains: every answer also says which part of the payload made which fact.
    public init(registry: DecoderRegistry = DecoderRegistry(), dialect: Dialect? = nil, explains: Bool = false) {
        self.registry = registry
        self.dialect = dialect
        self.explains = explains
    }

    /// The answer to a line, without its line end: `{"observations": [...]}` or `{"error": "..."}`. Never fails.
    public func answer(to line: String) -> String {
        let answer: Answer
        do {
            let question = try Self.question(line)
            if let change = try announcement(question) {
                answer = Answer(change)
            } else {
                var told = Answer(try decode(question))
                if explains { told.add(try explain(question)) }
                answer = told
            }
        } catch let error as DecodingError {
            answer = Answer(error: "no line of vigil decode: \(Self.reason(error))")
        } catch {
            answer = Answer(error: "\(error)")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(answer) else {  // every number of an observation is finite, so this cannot happen
            return #"{"error":"the answer cannot be written as JSON"}"#
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Why the payload of a line says what it says.
    ///
    /// - Throws: what `answer` writes as an error: `DecodeFailure`, `Refusal`, `DecodingError`.
    public func explanation(of line: String) throws -> Explanation {
        do {
            let question = try Self.question(line)
            guard try announcement(question) == nil else {
                throw Refusal("it announces a device, and says nothing of it yet; ask without an explanation")
            }
            return try explain(question)
        } catch let error as DecodingError {
            throw Refusal("no line of vigil decode: \(Self.reason(error))")
        }
    }

    private static func question(_ line: String) throws -> Question { try JSONDecoder().decode(Question.self, from: Data(line.utf8)) }

    /// Why a line was not even tried.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String

        init(_ description: String) { self.description = description }
    }

    /// What a payload says by itself.
    ///
    /// - Parameters:
    ///   - dialect: who speaks; without it the topic decides.
    ///   - topic: where; without it a device that has no name speaks.
    /// - Throws: `DecodeFailure` from the dialect, `Refusal` where there is none to ask.
    public func decode(
        dialect: Dialect?, topic: String?, payload: [UInt8], isRetained: Bool = false
    ) throws -> (address: DeviceAddress, decoded: Decoded) {
        let (entry, frame, address) = try find(dialect: dialect, topic: topic, payload: payload, isRetained: isRetained)
        var state = DialectState()
        return (address, try entry.decoder.decode(frame, state: &state))
    }

    /// Who reads it, and whose it is.
    private func find(
        dialect: Dialect?, topic: String?, payload: [UInt8], isRetained: Bool
    ) throws(Refusal) -> (entry: DecoderRegistry.Entry, frame: Frame, address: DeviceAddress) {
        let entry = try entry(dialect: dialect, topic: topic)
        let frame = Frame(
            source: "decode", origin: .mqtt(topic: topic ?? entry.standInTopic), payload: payload, isRetained: isRetained)
        guard let address = entry.decoder.address(of: frame) else {
            throw Refusal("no device speaks here: \(Self.silence(frame, entry))")
        }
        return (entry, frame, address)
    }

    /// Why nobody speaks in a frame.
    private static func silence(_ frame: Frame, _ entry: DecoderRegistry.Entry) -> String {
        guard !frame.payload.isEmpty else { return "an empty payload removes what a broker kept on the topic" }
        let dialect = "\"\(entry.dialect)\""
        if let decoder = entry.decoder as? ProfileDecoder {
            guard !decoder.isKnown(topic: frame.topic) else { return "the profile \(dialect) ignores the topic" }
            return "the profile \(dialect) has no message for this topic; its topics are \(SettingFault.few(decoder.topics))"
        }
        let filters = entry.usualFilters
        guard filters.contains(where: { TopicFilter($0).matches(frame.topic) }) else {
            return "the topic is none of the dialect \(dialect), which usually speaks on \(SettingFault.few(filters))"
        }
        return "what stands on this topic of the dialect \(dialect) is said to a device, or about none: a command, an answer, a list"
    }

    /// Who reads what a line has heard, with the key that the line has.
    private func find(_ heard: Heard) throws(Refusal) -> (entry: DecoderRegistry.Entry, frame: Frame, address: DeviceAddress) {
        let (entry, frame, address) = try find(
            dialect: heard.dialect, topic: heard.topic, payload: heard.payload, isRetained: heard.isRetained)
        guard let key = heard.key, let decoder = entry.decoder as? BluetoothDecoder, let owner = BluetoothFrame(topic: frame.topic)
        else { return (entry, frame, address) }
        // A message may name another address than that of its radio; then the key is that one's.
        let device = BluetoothAddress(address.name) ?? owner.address
        return (entry.reading(with: decoder.adding(key, of: device)), frame, address)
    }

    private func entry(dialect: Dialect?, topic: String?) throws(Refusal) -> DecoderRegistry.Entry {
        let known = registry.entries.map(\.dialect.rawValue).joined(separator: ", ")
        if let dialect {
            if let entry = registry.entry(for: dialect) { return entry }
            throw Refusal("the dialect \"\(dialect)\" has no decoder; known: \(known)")
        }
        guard let topic else { throw Refusal("neither a dialect nor a topic; name one of: \(known)") }
        if let entry = registry.entry(forTopic: topic) { return entry }
        throw Refusal(
            "no dialect usually speaks on this topic; name one of: \(known); or describe it in a profile (docs/add-a-device.md)")
    }

    /// What a line announces of a device; nil where it speaks of itself, or cannot be decoded.
    private func announcement(_ question: Question) throws -> AnnouncementChange? {
        guard let payload = question.payload, let topic = question.topic,
            let entry = try? entry(dialect: question.dialect ?? dialect, topic: topic)  // said by what decodes it otherwise
        else { return nil }
        let bytes = try Self.bytes(payload, question.payload_encoding)
        return entry.decoder.announcement(in: Frame(source: "decode", origin: .mqtt(topic: topic), payload: bytes, isRetained: true))
    }

    private func decode(_ question: Question) throws -> (address: DeviceAddress, decoded: Decoded) {
        let (entry, frame, address) = try find(try heard(question))
        var state = DialectState()
        return (address, try entry.decoder.decode(frame, state: &state))
    }

    private func explain(_ question: Question) throws -> Explanation {
        let heard = try heard(question)
        let (entry, frame, address) = try find(heard)
        let filter = heard.dialect == nil ? entry.usualFilters.first { TopicFilter($0).matches(frame.topic) } : nil
        return try Explainer(entry: entry, filter: filter, frame: frame).explain(address)
    }

    /// What a line has heard.
    private struct Heard {
        var dialect: Dialect?
        var topic: String?
        var payload: [UInt8]
        var isRetained = false
        var key: BluetoothKey?
    }

    private func heard(_ question: Question) throws(Refusal) -> Heard {
        if let bluetooth = question.ble {
            if let stray = question.strays.first {
                throw Refusal(
                    "\"\(stray)\" stands beside \"ble\", where nobody reads it; write it inside: {\"ble\": {\"\(stray)\": ...}}")
            }
            let (topic, payload) = try bluetooth.frame()
            return Heard(dialect: BluetoothDecoder.dialect, topic: topic, payload: payload, key: try bluetooth.key())
        }
        guard let payload = question.payload else { throw Refusal("the line has no payload") }
        return Heard(
            dialect: question.dialect ?? dialect, topic: question.topic, payload: try Self.bytes(payload, question.payload_encoding),
            isRetained: question.retained ?? false)
    }

    private static func bytes(_ payload: String, _ encoding: String?) throws(Refusal) -> [UInt8] {
        switch encoding ?? "utf8" {
        case "utf8", "text": return Array(payload.utf8)
        case "base64":
            guard let data = Data(base64Encoded: payload) else { throw Refusal("the payload is no base64") }
            return Array(data)
        case "hex":
            guard let bytes = HexText.bytes(payload) else { throw Refusal("the payload is no hex") }
            return bytes
        default: throw Refusal("unknown payload_encoding; known: utf8, hex, base64")
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            (context.codingPath.last.map { "\"\($0.stringValue)\": " } ?? "") + context.debugDescription
        @unknown default: "not understood"
        }
    }
}
