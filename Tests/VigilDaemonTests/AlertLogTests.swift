import Foundation
import Logging
import Testing
import VigilCore
import VigilIngest
import VigilStore

@testable import VigilDaemon

/// The log that operators tail: none of its lines is missing after a crash, and none stands twice.
@Suite struct AlertLogTests {
    /// A daemon's store with one alert whose message has arrived, and the log beside it. The gateway has ended: the timeline stands.
    private static func house() async throws -> GatewayHouse {
        let house = try GatewayHouse()
        house.hear(.connected(isResumed: false))
        house.say([("button1", "sos=true")], lastRead: 1)
        while try await house.store.reader.timeline(after: 0, limit: 100).last?.entry.event != .delivered { house.settle() }
        house.stop()
        return house
    }

    /// Follows the timeline until the file has all of it, and ends.
    private static func follow(_ house: GatewayHouse, timeZone: String? = nil) async throws -> String {
        let path = house.directory + "/alerts.log"
        let log = AlertLog(
            path: path, store: house.store, growth: ChangeSignal(), timeZone: "Asia/Shanghai", logger: Logger(label: "test"))
        if let timeZone { log.use(timeZone: timeZone) }
        let last = try await house.store.reader.lastTimelinePosition()
        let following = Task { try await log.run() }
        defer { following.cancel() }
        var text = ""
        let isWhole = await eventually {
            text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            return text.hasSuffix("\n") && positions(text).last == last
        }
        #expect(isWhole, "the log ends before the timeline does")
        return text
    }

    private static func positions(_ text: String) -> [Int64] {
        text.split(separator: "\n").compactMap { line in line.split(separator: " ").dropFirst().first.flatMap { Int64($0) } }
    }

    @Test("a line for each entry, and members of the group may read it")
    func whole() async throws {
        let house = try await Self.house()
        let text = try await Self.follow(house)
        let last = try await house.store.reader.lastTimelinePosition()

        #expect(last > 2)
        #expect(Self.positions(text) == Array(1...last))
        let mode = try FileManager.default.attributesOfItem(atPath: house.directory + "/alerts.log")[.posixPermissions] as? Int
        #expect(mode == 0o640)
    }

    @Test("a reload may bring another time zone")
    func timeZone() async throws {
        let house = try await Self.house()
        let text = try await Self.follow(house, timeZone: "Asia/Kolkata")

        #expect(text.split(separator: "\n").allSatisfy { $0.prefix(29).hasSuffix("+05:30") }, "\(text)")
    }

    @Test("lines that a crash tore or a power cut took are written again", arguments: [5, 90, 200, 100_000])
    func torn(bytes: Int) async throws {
        let house = try await Self.house()
        let text = try await Self.follow(house)
        // Of a file that loses nearly all of it the beginning of its first line is left.
        try text.dropLast(min(bytes, text.count - 60)).write(
            toFile: house.directory + "/alerts.log", atomically: false, encoding: .utf8)

        #expect(try await Self.follow(house) == text)
    }

    @Test("while the file cannot be opened its lines wait, and then none is missing")
    func noFolder() async throws {
        let house = try await Self.house()
        let folder = house.directory + "/logs"
        let growth = ChangeSignal()
        let log = AlertLog(
            path: folder + "/alerts.log", store: house.store, growth: growth, timeZone: "Asia/Shanghai",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let following = Task { try await log.run() }
        defer { following.cancel() }
        let last = try await house.store.reader.lastTimelinePosition()
        let isTried = await Self.eventually { try? await house.store.reader.position(ofCursor: AlertLog.cursor) == nil }

        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let isWhole = await Self.eventually {
            growth.changed()
            let text = (try? String(contentsOfFile: folder + "/alerts.log", encoding: .utf8)) ?? ""
            return Self.positions(text) == Array(1...last)
        }

        #expect(isTried && isWhole)
    }

    /// Whether something comes to hold within half a minute.
    private static func eventually(_ holds: () async -> Bool?) async -> Bool {
        for _ in 0..<3000 {
            if await holds() == true { return true }
            // A wait that ends early is no failure.
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}
