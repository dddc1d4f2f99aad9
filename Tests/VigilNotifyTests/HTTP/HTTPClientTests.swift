import Foundation
import Testing
import VigilCore
import VigilTesting

@testable import VigilNotify

@Suite struct HTTPClientTests {
    private static let brief = HTTPClient.Configuration(deadline: Milliseconds(400))

    /// What a failure is, without its words.
    enum Kind: Hashable, Sendable {
        case badRequest, nameResolution, connect, tls, connectTimeout, timeout, silent, tooLarge, connectionLost, notHTTP, cancelled,
            inside

        init?(_ result: Result<HTTPResponse, HTTPFailure>) {
            guard case .failure(let failure) = result else { return nil }
            switch failure {
            case .badRequest: self = .badRequest
            case .nameResolution: self = .nameResolution
            case .connect: self = .connect
            case .tls: self = .tls
            case .connectTimeout: self = .connectTimeout
            case .timeout: self = .timeout
            case .silent: self = .silent
            case .tooLarge: self = .tooLarge
            case .connectionLost: self = .connectionLost
            case .notHTTP: self = .notHTTP
            case .cancelled: self = .cancelled
            case .inside: self = .inside
            }
        }
    }

    @Test(
        "what a server does wrong is told apart",
        arguments: [
            (Receiver.Behaviour.reset, Kind.connectionLost), (.truncated, .connectionLost), (.garbage, .notHTTP), (.hang, .timeout),
            (.slow, .timeout), (.endless, .tooLarge), (.headers, .tooLarge),
        ])
    func failure(behaviour: Receiver.Behaviour, kind: Kind) throws {
        let receiver = try Shared.receiver()
        let path = "/hook/http-\(behaviour)"
        try receiver.misbehave(behaviour, at: path)
        // Only what would never end gets the short deadline: a slow machine must not turn the other failures into timeouts.
        let isEndless = behaviour == .hang || behaviour == .slow

        let result = HTTPClient(isEndless ? Self.brief : .init()).send(HTTPRequest("POST", receiver.url + path, body: [1]))

        #expect(Kind(result) == kind)
    }

    @Test("a refused connection says so, and names the place")
    func refused() throws {
        let result = HTTPClient().send(HTTPRequest("GET", "http://127.0.0.1:\(try SilentSocket.refusingPort())/x"))

        guard case .failure(let failure) = result else {
            Issue.record("connected")
            return
        }
        #expect(Kind(result) == .connect)
        #expect(failure.description.contains("connection refused"))
        #expect(failure.description.contains("http://127.0.0.1:"))
    }

    @Test("a server that takes the connection and says nothing is no connection in time")
    func connectTimeout() throws {
        let socket = try SilentSocket()
        defer { withExtendedLifetime(socket) {} }

        // TLS, because TCP's own handshake is the kernel's.
        let result = HTTPClient(.init(connectTimeout: Milliseconds(200))).send(HTTPRequest("GET", "https://127.0.0.1:\(socket.port)/"))

        #expect(Kind(result) == .connectTimeout)
    }

    @Test("a host name that nobody has is told apart")
    func nameResolution() {
        // Longer than a label may be, so no name server is asked.
        let host = String(repeating: "a", count: 64) + ".invalid"

        #expect(Kind(HTTPClient().send(HTTPRequest("GET", "http://\(host)/"))) == .nameResolution)
    }

    @Test(
        "what cannot be asked is not asked",
        arguments: ["", "ntfy.example.org", "ftp://example.org/", "file:///etc/passwd", "http://", "http://a b/", "http://a/\r\nX: y"])
    func badRequest(url: String) {
        let result = HTTPClient().send(HTTPRequest("GET", url))

        #expect(Kind(result) == .badRequest)
    }

    @Test("a header with a line break is refused, and its value is not repeated")
    func headerInjection() {
        let request = HTTPRequest("GET", "http://127.0.0.1:1/", headers: [.init("Authorization", "Bearer tk_geheim\r\nX-Evil: 1")])

        guard case .failure(let failure) = HTTPClient().send(request) else {
            Issue.record("sent")
            return
        }
        #expect(!failure.description.contains("geheim"))
        #expect(failure.isPermanent)
    }

    @Test("words about a URL hold neither its user part nor its path")
    func place() {
        let request = HTTPRequest("POST", "https://user:pa@ss@hooks.example.org:8443/services/T0/geheim?key=geheim#x")

        #expect(request.place == "https://hooks.example.org:8443")
    }

    @Test("redirects are not followed")
    func redirect() throws {
        let receiver = try Shared.receiver()
        try receiver.misbehave(.redirect(302), at: "/hook/http-redirect")

        let response = try HTTPClient().send(HTTPRequest("POST", "\(receiver.url)/hook/http-redirect", body: [])).get()

        #expect(response.status == 302)
        #expect(!receiver.lines.contains { $0.path == "/hook/elsewhere" })
    }

    @Test("a cancelled request ends, however long its server would take")
    func cancellation() throws {
        let receiver = try Shared.receiver()
        try receiver.misbehave(.hang, at: "/hook/http-cancelled")
        let cancellation = HTTPCancellation()
        let url = "\(receiver.url)/hook/http-cancelled"
        let done = DispatchSemaphore(value: 0)
        Thread {
            receiver.wait { $0.misbehaved == "hang" && $0.path == "/hook/http-cancelled" }
            cancellation.cancel()
            done.signal()
        }.start()

        let result = HTTPClient(.init(deadline: .hours(1))).send(HTTPRequest("POST", url, body: [1]), until: cancellation)

        #expect(Kind(result) == .cancelled)
        done.wait()
    }

    @Test("a body of exactly the limit is read, one byte more is not")
    func bodyLimit() throws {
        let receiver = try Shared.receiver()
        try receiver.misbehave(.status(200, body: String(repeating: "a", count: 100)), at: "/hook/http-limit", count: 2)
        let request = HTTPRequest("POST", "\(receiver.url)/hook/http-limit", body: [])

        #expect(try HTTPClient(.init(bodyLimit: 100)).send(request).get().body.count == 100)
        #expect(Kind(HTTPClient(.init(bodyLimit: 99)).send(request)) == .tooLarge)
    }

    @Test("a client that failed is as good as new")
    func recovery() throws {
        let receiver = try Shared.receiver()
        let client = HTTPClient()
        try receiver.misbehave(.endless, at: "/hook/http-recovery")

        #expect(Kind(client.send(HTTPRequest("POST", "\(receiver.url)/hook/http-recovery", body: []))) == .tooLarge)
        #expect(try client.send(HTTPRequest("GET", "\(receiver.url)/")).get().status == 200)
    }

    @Test("HTTP is spoken over a unix socket")
    func unixSocket() throws {
        let directory = try TemporaryDirectory()
        let socket = "\(directory.path)/control.sock"
        let receiver = try Receiver(["--unix", socket])
        defer { withExtendedLifetime(receiver) {} }

        let response = try HTTPClient(.init(unixSocket: socket)).send(HTTPRequest("GET", "http://vigil/")).get()

        #expect(response.status == 200)
    }

    @Test("a unix socket that is not there is named")
    func missingSocket() {
        let result = HTTPClient(.init(unixSocket: "/nonexistent/vigil.sock")).send(HTTPRequest("GET", "http://vigil/"))

        guard case .failure(let failure) = result else {
            Issue.record("connected")
            return
        }
        #expect(Kind(result) == .connect)
        #expect(failure.description.contains("/nonexistent/vigil.sock"))
        #expect(failure.description.contains("no such file or directory"))
    }
}
