/// One HTTP request, complete in memory.
public struct HTTPRequest: Hashable, Sendable {
    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public var method: String
    public var url: String
    public var headers: [Header]
    /// nil sends none; an empty one is sent as `Content-Length: 0`.
    public var body: [UInt8]?

    public init(_ method: String, _ url: String, headers: [Header] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// `POST` of a JSON document.
    public static func postingJSON(_ body: [UInt8], to url: String, headers: [Header] = []) -> Self {
        Self("POST", url, headers: [Header("Content-Type", "application/json")] + headers, body: body)
    }

    /// Scheme, host and port: what may be said of a URL in a log. Its path, query and user part may hold secrets.
    public var place: String {
        guard let scheme = url.firstRange(of: "://") else { return "the given address" }
        let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return host.isEmpty ? "the given address" : "\(url[..<scheme.lowerBound])://\(host)"
    }
}
