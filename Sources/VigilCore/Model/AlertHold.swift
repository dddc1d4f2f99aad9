/// Why an open alert tells nobody for now; none of them hides it. A red alert has none.
public enum AlertHold: Hashable, Sendable, CustomStringConvertible {
    /// Somebody put a silence in force that fits it.
    case silenced(OrderID)
    /// Something above it is out, and that has an alert of its own.
    case inhibited(AlertID)
    /// It is one of many in its building, and that has an alert of its own.
    case storm(AlertID)

    /// `silenced:silence-3`.
    public var description: String {
        switch self {
        case .silenced(let order): "silenced:\(order)"
        case .inhibited(let alert): "inhibited:\(alert)"
        case .storm(let alert): "storm:\(alert)"
        }
    }
}

extension AlertHold: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.last) {
        case ("silenced", let name?): self = .silenced(OrderID(name))
        case ("inhibited", let name?): self = .inhibited(AlertID(name))
        case ("storm", let name?): self = .storm(AlertID(name))
        default: throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(text)\" holds no alert back")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
