import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilNotify
import VigilTesting

struct ProbeServerTests {
    private func ask(_ paths: [String]) async throws -> [HTTPResponse] {
        let house = try ConsoleHouse()
        let port = PortBox()
        return try await ConsoleHouse.serve {
            var responses: [HTTPResponse] = []
            for path in paths { responses.append(try await self.get("http://127.0.0.1:\(port.number)\(path)")) }
            return responses
        } _: { running in
            ProbeServer(host: "127.0.0.1", port: 0, services: house.services, logger: ConsoleHouse.logger) {
                port.number = $0
                running.finish()
            }
        }
    }

    private func get(_ url: String) async throws -> HTTPResponse {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: HTTPClient().send(HTTPRequest("GET", url))) }
        }
    }

    @Test("health, readiness and metrics are told")
    func probes() async throws {
        let responses = try await ask(["/-/healthy", "/-/ready", "/metrics"])

        #expect(responses.map(\.status) == [200, 503, 200])
        #expect(responses.map(\.text) == ["ok\n", "not ready: broker main is not connected\n", "vigil_up 1\n"])
    }

    @Test("nothing of the API is there", arguments: ["/v1/alerts", "/v1/status", "/v1/registry", "/v1/alerts/follow"])
    func noAPI(path: String) async throws {
        let responses = try await ask([path])

        #expect(responses.map(\.status) == [404])
    }
}
