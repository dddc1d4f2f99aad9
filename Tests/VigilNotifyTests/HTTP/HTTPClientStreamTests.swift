import Foundation
import Testing
import VigilCore
import VigilTesting

@testable import VigilNotify

@Suite struct HTTPClientStreamTests {
    private static let patient = HTTPClient.Patience(first: .seconds(20), later: .seconds(20))

    @Test("lines come one by one, until no more are wanted")
    func lines() throws {
        let receiver = try Shared.receiver()
        try receiver.publish("one", to: "stream-lines")
        try receiver.publish("two", to: "stream-lines")
        var seen: [String] = []

        let result = HTTPClient().stream(HTTPRequest("GET", "\(receiver.url)/stream-lines/json?since=all"), patience: Self.patient) {
            line in
            if let answer = NtfyAnswer(line), answer.event == "message" { seen.append(answer.message ?? "") }
            return seen.count < 2
        }

        #expect(try result.get().status == 200)
        #expect(seen == ["one", "two"])
    }

    @Test("a stream that says nothing is noticed")
    func silence() throws {
        let receiver = try Shared.receiver()
        try receiver.misbehave(.silentStream, at: "/stream-silent/json")
        let patience = HTTPClient.Patience(first: Milliseconds(200), later: .seconds(20))

        let result = HTTPClient().stream(HTTPRequest("GET", "\(receiver.url)/stream-silent/json"), patience: patience) { _ in true }

        #expect(HTTPClientTests.Kind(result) == .silent)
    }

    @Test("of a refusal no line is read; it is in the answer")
    func refusal() throws {
        let receiver = try Shared.receiver()
        try receiver.misbehave(.status(503, body: "maintenance\n"), at: "/stream-refused/json")
        var lines = 0

        let result = HTTPClient().stream(HTTPRequest("GET", "\(receiver.url)/stream-refused/json"), patience: Self.patient) { _ in
            lines += 1
            return true
        }

        #expect(try result.get() == HTTPResponse(status: 503, body: Array("maintenance\n".utf8)))
        #expect(lines == 0)
    }
}
