import Foundation
import Synchronization
import Testing
import VigilConsole
import VigilCore
import VigilStore
import VigilTesting

struct FollowCommandTests {
    /// A program whose lines are read while it runs.
    private final class Follower: Sendable {
        private let process: ChildProcess
        private let rest = Mutex(Data())

        init(_ house: ConsoleHouse, _ arguments: [String]) throws {
            process = try ChildProcess(
                Program.path, ["alerts", "follow", "--socket", house.socket, "--lang", "en"] + arguments,
                environment: Program.environment(), output: .pipe)
        }

        /// The next whole line, on a thread of its own so that no task is blocked; nil at the end.
        func line() async -> String? {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume(returning: self.readLine()) }
            }
        }

        private func readLine() -> String? {
            while true {
                if let line = nextInBuffer() { return line }
                guard let more = process.output?.availableData, !more.isEmpty else { return nil }
                rest.withLock { $0.append(more) }
            }
        }

        private func nextInBuffer() -> String? {
            rest.withLock { rest in
                guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
                defer { rest = Data(rest[(end + 1)...]) }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
        }
    }

    @Test("a follower comes back after a restart and misses nothing")
    func reconnects() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }
        let follower = try await house.serve {
            let follower = try Follower(house, ["--after", "0"])
            #expect(await follower.line()?.hasPrefix("11-22 16:26:40+08:00  red  sos-r1-1  call for help  raised") == true)
            #expect(await follower.line()?.contains("step") == true)
            return follower
        }

        // While nobody listens on the socket.
        try house.happen { $0.say("smoke2", "smoke=true") }
        let next = try await house.serve { await follower.line() }

        #expect(next?.contains("smoke-d2-1  smoke  raised") == true, "\(next ?? "nothing")")
    }

    @Test("words of people are one line, and cannot move the cursor")
    func words() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }
        let last = try await house.store.reader.lastTimelinePosition()
        try house.happen {
            $0.apply(
                .command(Command(id: "c", action: .note("sos-r1-1", text: "a\nb\u{202E}"), by: Actor(contact: "son", via: "ntfy"))))
        }

        let line = try await house.serve { await (try Follower(house, ["--after", "\(last)"])).line() }

        #expect(line?.hasSuffix(#"son  a\nb\u{202E}"#) == true, "\(line ?? "nothing")")
    }

    @Test("programs get the daemon's lines as they are")
    func json() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }

        let line = try await house.serve { await (try Follower(house, ["--after", "0", "-o", "json"])).line() }

        let report = try JSONDecoder().decode(TimelineReport.self, from: Data(try #require(line).utf8))
        #expect(report.alert == "sos-r1-1")
        #expect(report.position == 1)
    }
}
