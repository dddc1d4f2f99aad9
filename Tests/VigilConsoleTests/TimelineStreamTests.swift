import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilNotify
import VigilTesting

struct TimelineStreamTests {
    private func reports(_ lines: [String]) throws -> [TimelineReport] {
        try lines.map { try JSONDecoder().decode(TimelineReport.self, from: Data($0.utf8)) }
    }

    @Test("a follower hears of what happens after it came")
    func grows() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }

        let lines = try await house.serve {
            try await Caller(socket: house.socket).lines("/v1/alerts/follow", 1) {
                // A store that refuses shows as a follower that hears nothing.
                _ = try? house.happen { $0.say("smoke2", "smoke=true") }
            }
        }

        let report = try #require(try reports(lines).first)
        #expect(report.kind == "smoke")
        #expect(report.subject == .dwelling("d2"))
        #expect(report.event == .raised)
        #expect(report.severity == .red)
    }

    @Test("a follower that was away hears what it missed, from its position on")
    func resumes() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }
        try house.happen { $0.say("smoke2", "smoke=true") }

        let (all, rest) = try await house.serve {
            let caller = Caller(socket: house.socket)
            let all = try await caller.lines("/v1/alerts/follow?after=0", 4)
            return (all, try await caller.lines("/v1/alerts/follow?after=2", 2))
        }

        #expect(try reports(all).map(\.position) == [1, 2, 3, 4])
        #expect(rest == Array(all.suffix(2)))
    }

    @Test("a stream on which nothing happens shows that it lives")
    func keepalive() async throws {
        let house = try ConsoleHouse()
        let counter = Counter()

        _ = try await house.serve(keepalive: .milliseconds(5)) {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    let client = HTTPClient(HTTPClient.Configuration(unixSocket: house.socket))
                    let patience = HTTPClient.Patience(first: .seconds(10), later: .seconds(10))
                    let result = client.stream(HTTPRequest("GET", "http://vigil/v1/alerts/follow"), patience: patience) { line in
                        line.isEmpty && counter.next() < 3
                    }
                    continuation.resume(with: result)
                }
            }
        }

        #expect(counter.next() == 4)
    }

    @Test("a daemon that stops lets its followers go")
    func stops() async throws {
        let house = try ConsoleHouse()
        let (gone, isGone) = AsyncStream.makeStream(of: Void.self)

        let ended = try await house.serve {
            let (connected, isConnected) = AsyncStream.makeStream(of: Void.self)
            Thread.detachNewThread {
                let client = HTTPClient(HTTPClient.Configuration(unixSocket: house.socket))
                let patience = HTTPClient.Patience(first: .seconds(10), later: .seconds(10))
                _ = client.stream(HTTPRequest("GET", "http://vigil/v1/alerts/follow"), patience: patience) { _ in
                    isConnected.finish()
                    return true
                }
                isGone.finish()
            }
            for await _ in connected {}
            return true
        }
        for await _ in gone {}

        #expect(ended)
    }
}
