/// An MQTT topic filter with `+` and `#` (MQTT 5.0, section 4.7), split once.
public struct TopicFilter: Hashable, Sendable {
    private let levels: [[UInt8]]
    /// The filter's literal beginning, compared first: most topics fail or pass by it.
    private let prefix: [UInt8]
    private let isPrefixOnly: Bool
    private let startsWithWildcard: Bool

    public init(_ text: String) {
        levels = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
        let literal = levels.prefix { $0 != [UInt8(ascii: "+")] && $0 != [UInt8(ascii: "#")] }
        isPrefixOnly = literal.count == levels.count - 1 && levels.last == [UInt8(ascii: "#")] && !literal.isEmpty
        startsWithWildcard = literal.isEmpty
        prefix = Array(literal.joined(separator: [UInt8(ascii: "/")]))
    }

    public func matches(_ topic: String) -> Bool {
        var topic = topic
        return topic.withUTF8 { bytes in
            guard bytes.starts(with: prefix) else { return false }
            // Spec: MQTT 5.0, 4.7.2: a wildcard does not stand for the broker's own topics at the first level.
            if startsWithWildcard && bytes.first == UInt8(ascii: "$") { return false }
            if isPrefixOnly { return bytes.count == prefix.count || bytes[prefix.count] == UInt8(ascii: "/") }
            return matches(bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false))
        }
    }

    private func matches(_ topic: [Slice<UnsafeBufferPointer<UInt8>>]) -> Bool {
        for (index, level) in levels.enumerated() {
            if level == [UInt8(ascii: "#")] { return true }
            guard index < topic.count else { return false }
            if level != [UInt8(ascii: "+")] && !topic[index].elementsEqual(level) { return false }
        }
        return topic.count == levels.count
    }
}
