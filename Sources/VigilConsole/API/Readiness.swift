/// Whether the watch watches: brokers connected, store writable, queue draining.
public struct Readiness: Codable, Hashable, Sendable {
    public var isReady: Bool
    /// What is missing, one sentence each; empty when ready.
    public var reasons: [String]

    public init(isReady: Bool, reasons: [String] = []) {
        self.isReady = isReady
        self.reasons = reasons
    }

    enum CodingKeys: String, CodingKey {
        case isReady = "ready"
        case reasons
    }
}
