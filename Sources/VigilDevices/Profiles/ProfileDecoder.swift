public import VigilCore

/// Speaks a dialect that a profile describes.
///
/// A record is read by the first message of the profile that fits it. One that none fits, or that tells nothing, still says that its device is
/// alive.
public struct ProfileDecoder: PayloadDecoder {
    public let dialect: Dialect

    /// Those that are somebody's word.
    private let messages: [ProfileMessage]
    /// Where nobody speaks, and that is as it should be.
    private let nobodys: [TopicPattern]
    /// As the profile writes them.
    let topics: [String]
    private let json = JSONReader()

    /// - Parameter dialect: the profile's own name, or one of its aliases.
    public init(_ profile: Profile, dialect: Dialect? = nil) {
        self.dialect = dialect ?? profile.dialect
        messages = profile.messages.filter { !$0.isNobodys }.map { ProfileMessage($0) }
        nobodys = profile.messages.filter(\.isNobodys).flatMap(\.topics)
        topics = profile.topics
    }

    /// The device or gateway that the topic names; the topic itself where only the payload says who speaks.
    public func address(of frame: Frame) -> DeviceAddress? {
        // A kept message that is removed: nobody says that.
        guard !frame.payload.isEmpty else { return nil }
        let topic = TopicLevels(frame.topic)
        var isSpoken = false
        for message in messages {
            guard let captures = message.captures(of: topic) else { continue }
            isSpoken = true
            if let name = message.speaker(captures) { return DeviceAddress(dialect: dialect, name: name) }
        }
        return isSpoken ? DeviceAddress(dialect: dialect, name: frame.topic) : nil
    }

    public func isKnown(topic: String) -> Bool {
        let topic = TopicLevels(topic)
        return messages.contains { $0.captures(of: topic) != nil } || nobodys.contains { $0.match(topic) != nil }
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let own = address(of: frame) else { return Decoded() }
        return try facts(of: frame, fitting(frame), ProfileReading(own: own, isTraced: false)).decodedByGateway
    }

    /// The same, and where the file says it; nil where nobody speaks.
    func trace(_ frame: Frame) throws(DecodeFailure) -> ProfileTrace? {
        guard let own = address(of: frame) else { return nil }
        let candidates = fitting(frame)
        let facts = try facts(of: frame, candidates, ProfileReading(own: own, isTraced: true))
        return ProfileTrace(facts, candidates.map(\.message.message))
    }

    /// The messages that may read a frame.
    private func fitting(_ frame: Frame) -> [ProfileReading.Candidate] {
        let topic = TopicLevels(frame.topic)
        let fitting = messages.compactMap { message in message.captures(of: topic).map { (message: message, captures: $0) } }
        let first = frame.body.first { $0 > 0x20 }
        let looksLikeJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        // A bare word and an object may stand on the same topic: versions of a system differ in that.
        let likely = fitting.filter { ($0.message.format == .json) == looksLikeJSON }
        return likely.isEmpty ? fitting : likely
    }

    private func facts(
        of frame: Frame, _ candidates: [ProfileReading.Candidate], _ reading: ProfileReading
    ) throws(DecodeFailure) -> FactList {
        guard candidates.first?.message.format != .json else {
            return try json.read(frame.body, noting: { $0.note($1) }) { root in reading.facts(of: .json(root), candidates) }
        }
        try BareText.check(frame.body)
        return frame.body.withUnsafeBytes { bytes in
            let text = TextBytes(bytes)
            let isLines = candidates.first?.message.format == .keyValue
            return reading.facts(of: isLines ? .lines(KeyValueLines(text)) : .text(text), candidates)
        }
    }
}
