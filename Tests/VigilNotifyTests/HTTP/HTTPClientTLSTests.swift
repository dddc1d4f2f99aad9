import Foundation
import Testing
import VigilTesting

@testable import VigilNotify

/// A receiver with a certificate of its own making; skipped where openssl is missing.
@Suite(.enabled(if: ChildProcess.find("openssl") != nil, "the openssl program is not installed"))
struct HTTPClientTLSTests {
    private let directory: TemporaryDirectory
    private let certificate: String
    private let receiver: Receiver

    init() throws {
        directory = try TemporaryDirectory()
        certificate = "\(directory.path)/cert.pem"
        let request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=vigil-test -addext"
        let files = ["subjectAltName=IP:127.0.0.1", "-keyout", "\(directory.path)/key.pem", "-out", certificate]
        try #require(ChildProcess.run("openssl", request.split(separator: " ").map(String.init) + files).end == .exited(0))
        receiver = try Receiver(["--certificate", certificate, "--key", "\(directory.path)/key.pem"])
    }

    private func status(_ url: String, caFile: String?) -> Result<Int, HTTPFailure> {
        HTTPClient(.init(caFile: caFile)).send(HTTPRequest("GET", url)).map(\.status)
    }

    @Test("a server whose authority is configured is trusted")
    func trusted() throws {
        #expect(try status("https://127.0.0.1:\(receiver.port)/", caFile: certificate).get() == 200)
    }

    @Test("a server whose authority is unknown is not")
    func unknownAuthority() {
        guard case .failure(.tls(_, let detail)) = status("https://127.0.0.1:\(receiver.port)/", caFile: nil) else {
            Issue.record("trusted")
            return
        }
        #expect(detail.contains("self"))
    }

    @Test("a certificate for another name is not")
    func otherName() {
        guard case .failure(.tls) = status("https://localhost:\(receiver.port)/", caFile: certificate) else {
            Issue.record("trusted")
            return
        }
    }

    @Test("a plain port where TLS is wanted is a TLS failure")
    func plainPort() throws {
        let plain = try Shared.receiver()

        guard case .failure(.tls) = status("https://127.0.0.1:\(plain.port)/", caFile: certificate) else {
            Issue.record("trusted")
            return
        }
    }

    @Test("a file of authorities that is not there is named")
    func missingAuthorities() {
        guard case .failure(let failure) = status("https://127.0.0.1:\(receiver.port)/", caFile: "/nonexistent/ca.pem") else {
            Issue.record("trusted")
            return
        }
        #expect(failure.description.contains("/nonexistent/ca.pem"))
    }
}
