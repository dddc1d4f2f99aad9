/// The whole answer to a request; every status is an answer, what it means is for the channel to judge.
public struct HTTPResponse: Hashable, Sendable {
    public var status: Int
    public var body: [UInt8]
    /// As sent: seconds or a date.
    public var retryAfter: String?

    public init(status: Int, body: [UInt8], retryAfter: String? = nil) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
    }

    public var isSuccess: Bool { (200..<300).contains(status) }
}
