internal import Glibc
public import VigilCore

/// Why there is no answer. The words never hold more of the URL than scheme, host and port.
public enum HTTPFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The request cannot be made as it is written.
    case badRequest(place: String, detail: String)
    case nameResolution(place: String)
    case connect(place: String, detail: String)
    case tls(place: String, detail: String)
    /// No connection, lookup and TLS included, in the time allowed.
    case connectTimeout(place: String)
    case timeout(place: String, after: Milliseconds)
    /// A stream on which nothing was heard for too long.
    case silent(place: String)
    case tooLarge(place: String)
    /// Reset, closed without an answer or before its end.
    case connectionLost(place: String)
    /// What came is not HTTP.
    case notHTTP(place: String)
    case cancelled
    /// The client itself, not the other side.
    case inside(detail: String)

    /// The same request will fail in the same way for ever.
    public var isPermanent: Bool {
        switch self {
        case .badRequest: true
        default: false
        }
    }

    /// The same in a word for logs.
    var cause: DeliveryCause {
        switch self {
        case .badRequest: .address
        case .connect(_, Self.refusal): .refused
        case .nameResolution, .connect, .connectionLost: .unreachable
        case .tls: .tls
        case .connectTimeout, .timeout, .silent: .timeout
        case .tooLarge, .notHTTP: .strangeAnswer
        case .cancelled, .inside: .inside
        }
    }

    /// The detail of a connection that nobody takes.
    private static let refusal = words(of: ECONNREFUSED)

    /// The system's words for one of its errors, as they stand in a sentence.
    static func words(of number: Int32) -> String { String(cString: strerror(number)).lowercased() }

    public var description: String {
        switch self {
        case .badRequest(let place, let detail): "cannot ask \(place): \(detail)"
        case .nameResolution(let place):
            "cannot resolve the host name of \(place); check the address and the name server of this machine"
        case .connect(let place, let detail): "cannot connect to \(place): \(detail); check that the server runs and the network is up"
        case .tls(let place, let detail): "no trusted TLS connection to \(place): \(detail); check certificate, ca_file and clock"
        case .connectTimeout(let place): "no connection to \(place) in time; check the address, the network and the name server"
        case .timeout(let place, let after): "\(place) did not finish its answer within \(after.text)"
        case .silent(let place): "nothing heard from \(place) for too long"
        case .tooLarge(let place): "\(place) answered more than is read; is it the right server"
        case .connectionLost(let place): "\(place) closed the connection before its answer was complete"
        case .notHTTP(let place): "what \(place) answered is not HTTP; check scheme and port"
        case .cancelled: "cancelled"
        case .inside(let detail): "the HTTP client failed: \(detail)"
        }
    }
}
