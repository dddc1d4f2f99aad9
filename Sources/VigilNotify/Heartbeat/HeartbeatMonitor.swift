public import VigilCore

/// A monitor outside the box (healthchecks.io and its like): it is told that the box watches, and raises the alarm itself when it hears nothing.
public struct HeartbeatMonitor: Hashable, Sendable {
    /// Whoever knows the address can speak for the box.
    public var address: Secret
    /// How often it hears that all is well.
    public var every: Milliseconds
    public var http: HTTPClient.Configuration

    public init(address: Secret, every: Milliseconds, http: HTTPClient.Configuration = HTTPClient.Configuration()) {
        self.address = address
        self.every = every
        self.http = http
    }

    /// What is wrong with an address, without showing it; nil when it can be told.
    public static func fault(in address: String) -> String? {
        if let fault = HTTPRequest("GET", address).fault { return "\(fault); write for example https://hc-ping.com/UUID" }
        if address.contains(where: { "?#".contains($0) }) {
            return "the address has a query, and /fail cannot be put behind it; write it without"
        }
        return nil
    }

    /// A GET of the address while all is well; else a POST of the reasons, one in a line, to `/fail` below it.
    ///
    /// - Returns: why it was not told; nil when it was.
    public func tell(_ verdict: HeartbeatVerdict) -> String? {
        let request =
            verdict.isWell
            ? HTTPRequest("GET", address.revealed)
            : HTTPRequest(
                "POST", failAddress, headers: [.init("Content-Type", "text/plain; charset=utf-8")],
                body: Array(verdict.reasons.joined(separator: "\n").utf8))
        switch HTTPClient(http).send(request) {
        case .failure(let failure): return "\(failure)"
        case .success(let response) where !response.isSuccess: return "\(request.place) answered \(response.status)"
        case .success(let response) where response.isPage:
            return "\(request.place) answered with a web page; is it the right address, or a log-in page of the network"
        case .success: return nil
        }
    }

    private var failAddress: String { address.revealed + (address.revealed.hasSuffix("/") ? "fail" : "/fail") }
}
