internal import CCurl
internal import Glibc
public import VigilCore

/// A blocking HTTP client over libcurl that keeps its connections.
///
/// Not Sendable: each thread owns one. It follows no redirect, asks for no compression, reads no more than the limit and takes no
/// longer than the deadline, whatever the other side does.
public final class HTTPClient {
    public struct Configuration: Hashable, Sendable {
        public var connectTimeout: Milliseconds
        /// From the first lookup to the last byte.
        public var deadline: Milliseconds
        /// Largest body that is read; a larger one is a failure.
        public var bodyLimit: Int
        /// Speak to this socket, whatever host the URL names.
        public var unixSocket: String?
        /// PEM file of the authorities to trust instead of the system's.
        public var caFile: String?
        /// None unless given: the environment's proxy variables are not read.
        public var proxy: String?

        public init(
            connectTimeout: Milliseconds = .seconds(5), deadline: Milliseconds = .seconds(15), bodyLimit: Int = 64 * 1024,
            unixSocket: String? = nil, caFile: String? = nil, proxy: String? = nil
        ) {
            self.connectTimeout = connectTimeout
            self.deadline = deadline
            self.bodyLimit = bodyLimit
            self.unixSocket = unixSocket
            self.caFile = caFile
            self.proxy = proxy
        }
    }

    public let configuration: Configuration
    /// nil where there was no memory for it; each request then says so.
    private let handle: OpaquePointer?

    public init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
        handle = ccurl_new()
    }

    deinit { ccurl_free(handle) }

    /// Sends a request and reads the whole answer.
    public func send(_ request: HTTPRequest, until cancellation: HTTPCancellation? = nil) -> Result<HTTPResponse, HTTPFailure> {
        var body: [UInt8] = []
        let limit = configuration.bodyLimit
        return perform(request, deadline: configuration.deadline, cancellation: cancellation) { bytes, _ in
            guard bytes.count <= limit - body.count else { return false }
            body.append(contentsOf: bytes)
            return true
        }.flatMap { ending in
            guard !ending.isStopped else { return .failure(.tooLarge(place: request.place)) }
            return .success(HTTPResponse(status: ending.status, body: body, retryAfter: ending.retryAfter))
        }
    }

    /// How long a stream may say nothing.
    public struct Patience: Hashable, Sendable {
        /// Until the first byte of the body.
        public var first: Milliseconds
        /// Between two pieces; above the server's keepalive.
        public var later: Milliseconds
        /// Altogether; nil for a stream without end.
        public var total: Milliseconds?

        public init(first: Milliseconds, later: Milliseconds, total: Milliseconds? = nil) {
            self.first = first
            self.later = later
            self.total = total
        }
    }

    /// Reads an answer line by line until the server ends it, `onLine` returns false, or the request is cancelled.
    ///
    /// Lines longer than the body limit are left out. Of an answer that is no success nothing goes to `onLine`: its body is in the
    /// response.
    public func stream(
        _ request: HTTPRequest, patience: Patience, until cancellation: HTTPCancellation? = nil, onLine: ([UInt8]) -> Bool
    ) -> Result<HTTPResponse, HTTPFailure> {
        var lines = LineSplitter(limit: configuration.bodyLimit)
        var refusal: [UInt8] = []
        let limit = configuration.bodyLimit
        let result = perform(request, deadline: patience.total, patience: patience, cancellation: cancellation) { bytes, status in
            if (200..<300).contains(status) { return lines.append(bytes, onLine: onLine) }
            guard bytes.count <= limit - refusal.count else { return false }
            refusal.append(contentsOf: bytes)
            return true
        }
        return result.map { ending in
            let response = HTTPResponse(status: ending.status, body: refusal, retryAfter: ending.retryAfter)
            if response.isSuccess, !ending.isStopped, let rest = lines.rest { _ = onLine(rest) }
            return response
        }
    }

    private struct Ending {
        var status: Int
        var retryAfter: String?
        /// The sink wanted no more.
        var isStopped: Bool
    }

    private typealias Sink = (UnsafeBufferPointer<UInt8>) -> Bool

    private func perform(
        _ request: HTTPRequest, deadline: Milliseconds?, patience: Patience? = nil, cancellation: HTTPCancellation?,
        onBytes: (UnsafeBufferPointer<UInt8>, _ status: Int) -> Bool
    ) -> Result<Ending, HTTPFailure> {
        guard let handle else { return .failure(.inside(detail: "out of memory")) }
        if let fault = request.fault { return .failure(.badRequest(place: request.place, detail: fault)) }
        guard furnish(handle, request, deadline: deadline) else { return .failure(.inside(detail: "libcurl refused an option")) }
        if let patience { ccurl_set_silence(handle, Int(patience.first.rawValue), Int(patience.later.rawValue)) }
        let result = withoutActuallyEscaping(onBytes) { onBytes in
            var sink: Sink = { onBytes($0, ccurl_status(handle)) }
            return withUnsafeMutablePointer(to: &sink) { sink in
                ccurl_perform(
                    handle, cancellation?.descriptor ?? -1,
                    { context, bytes, count in
                        context?.assumingMemoryBound(to: Sink.self).pointee(UnsafeBufferPointer(start: bytes, count: count)) ?? false
                    }, sink)
            }
        }
        switch result {
        case CCURL_DONE, CCURL_STOPPED:
            return .success(
                Ending(
                    status: ccurl_status(handle), retryAfter: ccurl_header(handle, "Retry-After").map { String(cString: $0) },
                    isStopped: result == CCURL_STOPPED))
        default: return .failure(failure(result, handle, place: request.place, deadline: deadline))
        }
    }

    private func furnish(_ handle: OpaquePointer, _ request: HTTPRequest, deadline: Milliseconds?) -> Bool {
        var isAccepted = ccurl_begin(handle, request.method, request.url)
        if let body = request.body { isAccepted = isAccepted && ccurl_set_body(handle, body, body.count) }
        if let path = configuration.unixSocket { isAccepted = isAccepted && ccurl_set_unix_socket(handle, path) }
        if let path = configuration.caFile { isAccepted = isAccepted && ccurl_set_ca_file(handle, path) }
        if let proxy = configuration.proxy { isAccepted = isAccepted && ccurl_set_proxy(handle, proxy) }
        // `Expect: 100-continue` would cost a round trip; servers on small boxes often ignore it.
        for line in ["Expect:", "User-Agent: vigil"] + request.headers.map({ "\($0.name): \($0.value)" }) {
            isAccepted = isAccepted && ccurl_add_header(handle, line)
        }
        return isAccepted
            && ccurl_set_deadlines(handle, Int(configuration.connectTimeout.rawValue), Int(deadline?.rawValue ?? 0))
    }

    private func failure(_ result: ccurl_result, _ handle: OpaquePointer, place: String, deadline: Milliseconds?) -> HTTPFailure {
        let detail = String(cString: ccurl_detail(handle))
        switch result {
        case CCURL_BAD_URL: return .badRequest(place: place, detail: "the address is no URL; write it as https://host/path")
        case CCURL_RESOLVE: return .nameResolution(place: place)
        case CCURL_CONNECT:
            let number = Int32(clamping: ccurl_errno(handle))
            let words = number == 0 ? "no connection" : HTTPFailure.words(of: number)
            return .connect(place: configuration.unixSocket ?? place, detail: words)
        case CCURL_TLS: return .tls(place: place, detail: detail)
        case CCURL_CA_FILE:
            return .tls(place: place, detail: "\(configuration.caFile ?? "ca_file") cannot be read as a file of certificates")
        case CCURL_CONNECT_TIMEOUT: return .connectTimeout(place: place)
        case CCURL_TIMEOUT: return .timeout(place: place, after: deadline ?? configuration.connectTimeout)
        case CCURL_SILENT: return .silent(place: place)
        case CCURL_HEADERS_TOO_LARGE: return .tooLarge(place: place)
        case CCURL_LOST: return .connectionLost(place: place)
        case CCURL_PROTOCOL: return .notHTTP(place: place)
        case CCURL_CANCELLED: return .cancelled
        default: return .inside(detail: detail.isEmpty ? "unknown" : detail)
        }
    }
}

extension HTTPRequest {
    /// What makes it impossible to send, in words without the value.
    var fault: String? {
        let isWeb = ["http://", "https://"].contains { url.lowercased().hasPrefix($0) }
        if !isWeb { return "the address begins with neither http:// nor https://" }
        if url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }) { return "the address holds a space or a control character" }
        let isSplit = headers.contains { header in
            [header.name, header.value].contains { $0.utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f } }
        }
        return isSplit ? "a header holds a control character; check the secret's file for a line break" : nil
    }
}
