public import VigilCore

/// A dialect for tests, so that the core is tested without any real device: `smoke=true heart_rate_bpm=71`.
///
/// The device is the second level of the topic, whatever the first. A payload is words between spaces:
/// - `kind=value`: an observation; presses and verdicts are events, the rest levels. `kind@other=value` speaks of another device.
/// - `#7`: the sender's sequence number in boot `b`; one that is not higher than the last is a repeat. Asks for a receipt.
/// - `t=1763800000000`: when the device says that all of it happened.
/// - `unproven`: anybody may have sent it.
/// - on topics below `level/` presses and verdicts are levels as well, as some devices say them.
/// - `kind!=value` is an event, whatever its kind; topics with a level `elsewhere` are none of the dialect.
/// - a word that is none of these is a fault and is left out, `word@other` one of another device; a payload that begins with `?` is not understood at all.
public struct TextDecoder: PayloadDecoder {
    public static let dialect: Dialect = "text"
    public var dialect: Dialect { Self.dialect }

    private static let events: Set<ObservationKind> = [.sos, .alarm_unspecified, .fall, .fall_suspected, .button, .cancel, .visit]

    public init() {}

    public static func address(_ name: String) -> DeviceAddress { DeviceAddress(dialect: dialect, name: name) }

    public func address(of frame: Frame) -> DeviceAddress? {
        let levels = frame.topic.split(separator: "/")
        return levels.count > 1 && isKnown(topic: frame.topic) ? Self.address(String(levels[1])) : nil
    }

    public func isKnown(topic: String) -> Bool { !topic.contains("/elsewhere/") }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        let text = String(decoding: frame.payload, as: UTF8.self)
        guard !text.hasPrefix("?") else { throw DecodeFailure(.malformed, "begins with ?") }
        var decoded = Decoded()
        for word in text.split(separator: " ") where !word.hasPrefix("t=") { read(word, of: frame, state: &state, into: &decoded) }
        let claim = text.split(separator: " ").first { $0.hasPrefix("t=") }.flatMap { Int64($0.dropFirst(2)) }.map { EventTime($0) }
        for index in decoded.observations.indices { decoded.observations[index].eventTime = claim }
        return decoded
    }

    private func read(_ word: Substring, of frame: Frame, state: inout DialectState, into decoded: inout Decoded) {
        if word.first == "#", let sequence = Int64(word.dropFirst()) {
            decoded.isRepeat = state.hasHeard(sequence, in: "b")
            state.heard(sequence, in: "b")
            let device = address(of: frame)?.name ?? ""
            decoded.receipt = Receipt(source: frame.source, device: device, boot: "b", sequence: sequence)
        } else if word == "unproven" {
            decoded.isUnauthenticated = true
        } else if let observation = observation(word, sayingLevels: frame.topic.hasPrefix("level/")) {
            decoded.observations.append(observation)
        } else {
            let sides = word.split(separator: "@", maxSplits: 1)
            let other = sides.count == 2 ? Self.address(String(sides[1])) : nil
            decoded.leftOut.append(Decoded.LeftOut("cannot read \"\(sides.first ?? "")\"", of: other))
        }
    }

    private func observation(_ word: Substring, sayingLevels: Bool) -> Observation? {
        let sides = word.split(separator: "=", maxSplits: 1)
        let about = sides[0].split(separator: "@", maxSplits: 1)
        let isEvent = about[0].hasSuffix("!")
        guard sides.count == 2, let kind = ObservationKind(rawValue: String(about[0].prefix { $0 != "!" })) else { return nil }
        let value: ObservationValue =
            switch sides[1] {
            case "true": .bool(true)
            case "false": .bool(false)
            default: Double(sides[1]).map { .number($0) } ?? .text(String(sides[1]))
            }
        let other = about.count == 2 ? Self.address(String(about[1])) : nil
        return Observation(kind, value, nature: isEvent || !sayingLevels && Self.events.contains(kind) ? .event : .level, device: other)
    }
}
