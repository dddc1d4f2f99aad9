import Foundation
import GRDB
import Synchronization
import Testing
import VigilCore
import VigilIngest
import VigilStore
import VigilTesting

@testable import VigilDaemon

/// Rule 6 of the turn: a commit that fails or hangs never rolls the engine back and never stops it (promises.md, A5, A7, A8).
@Suite struct StorageFailureTests {
    /// Another program that holds the database, until `release`.
    private final class ForeignLock {
        private let connection: DatabaseQueue

        init(_ house: GatewayHouse) throws {
            var configuration = GRDB.Configuration()
            configuration.allowsUnsafeTransactions = true
            connection = try DatabaseQueue(path: house.directory + "/live.db", configuration: configuration)
            try connection.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        }

        func release() throws { try connection.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") } }
    }

    @Test("rule 6: failure: red goes out unrecorded, the spare session takes over and hands back, all is stored once")
    func failure() async throws {
        let house = try GatewayHouse(busyTimeout: Milliseconds(300))
        house.hear(.connected(isResumed: false))
        let lock = try ForeignLock(house)

        house.say([("button1", "sos=true")], lastRead: 1)
        #expect(house.submitted.wait { $0.contains { $0.alert == "sos-r1-1" } })
        #expect(house.submitted.value.first?.message.body.contains("unrecorded") == true)
        #expect(house.orders.wait { $0.contains("openSpare") })
        house.hear(.connected(isResumed: false), isSpare: true)
        #expect(!house.orders.value.contains("refuse"))
        house.hear(.heard(until: house.now), isSpare: true)
        #expect(house.orders.wait { $0.contains("refuse") })
        house.hear(.disconnected(reason: "closed on our side"))
        house.say([("button2", "sos=true")], lastRead: 1, isSpare: true)
        #expect(house.submitted.wait { $0.contains { $0.alert == "sos-r2-1" } })
        #expect(!house.orders.value.contains { $0.hasPrefix("release") })

        // A try while the lock is still held: it fails late.
        house.pass(.seconds(3))
        try lock.release()
        #expect(
            Self.patiently {
                house.pass(.seconds(3))
            } until: {
                house.orders.value.contains("closeSpare")
            })
        #expect(!house.orders.value.contains("resume"))
        house.hear(.disconnected(reason: "closed on our side"), isSpare: true)
        #expect(house.orders.value.last == "resume")
        house.hear(.connected(isResumed: true))
        house.say([("button1", "sos=true")], lastRead: 2, again: true)
        house.say([("button2", "sos=true")], lastRead: 3)
        house.pass(.seconds(2))
        house.hear(.held(lastRead: 3))

        #expect(try await house.store.reader.discontinuities().count == 1)
        let alerts = try await house.alerts().filter { $0.key.kind == "sos" }
        #expect(alerts.map(\.occurrences) == [1, 1])
        #expect(try await house.frames().map(\.isDuplicate) == [false, false, true, true])
        #expect(Set(house.submitted.value.map(\.id)).count == house.submitted.value.count)
        house.stop()
    }

    @Test(
        "rule 4: a press that both sessions hear while they stand side by side rings once, and the next one rings",
        arguments: [false, true])
    func overlap(isSpareFirst: Bool) async throws {
        let house = try GatewayHouse(busyTimeout: Milliseconds(300))
        house.hear(.connected(isResumed: false))
        let lock = try ForeignLock(house)
        house.say([("button1", "sos=true")], lastRead: 1)
        #expect(house.orders.wait { $0.contains("openSpare") })
        house.hear(.connected(isResumed: false), isSpare: true)

        house.say([("button2", "sos=true")], lastRead: 2, isSpare: isSpareFirst)
        house.say([("button2", "sos=true")], lastRead: 2, isSpare: !isSpareFirst)
        #expect(house.rings(of: "sos-r2-1") == 1)
        house.hear(.heard(until: house.now), isSpare: true)
        house.hear(.disconnected(reason: "closed on our side"))
        house.say([("button2", "sos=true")], lastRead: 2, isSpare: true)
        #expect(house.rings(of: "sos-r2-1") == 2)

        try lock.release()
        #expect(
            Self.patiently {
                house.pass(.seconds(3))
            } until: {
                house.orders.value.contains("closeSpare")
            })
        house.hear(.disconnected(reason: "closed on our side"), isSpare: true)
        house.hear(.connected(isResumed: true))
        // The broker sends the three presses, and a fourth that came while nobody listened.
        house.say([("button1", "sos=true"), ("button2", "sos=true")], lastRead: 4, again: true)
        house.say([("button2", "sos=true"), ("button2", "sos=true")], lastRead: 6)
        #expect(house.rings(of: "sos-r2-1") == 3)
        house.stop()
    }

    @Test("rule 6: late success: what was let out is not sent again, people are answered once, and the journal has no hole")
    func lateSuccess() async throws {
        let house = try GatewayHouse(busyTimeout: .seconds(60), patience: .seconds(1))
        house.hear(.connected(isResumed: false))
        let answers = WatchedState(0)
        let lock = try ForeignLock(house)

        house.say([("button1", "sos=true")], lastRead: 1)
        house.say([("button2", "sos=true")], lastRead: 2)
        house.inbox.put(.registry(SmallCommunity.registry()) { _ in answers.update { $0 += 1 } })
        house.settle()
        #expect(Set(house.submitted.value.map(\.alert)).isSuperset(of: ["sos-r1-1", "sos-r2-1"]))
        try lock.release()
        #expect(
            Self.patiently {
                house.pass(.seconds(1))
            } until: {
                house.orders.value.contains("closeSpare")
            })
        house.pass(.seconds(1))

        #expect(answers.value == 1)
        #expect(try await house.alerts().filter { $0.key.kind == "sos" }.map(\.occurrences) == [1, 1])
        let rows = try await house.store.reader.journal(limit: .max).map(\.sequence)
        #expect(rows == Array(1...Int64(rows.count)))
        #expect(try await house.store.reader.discontinuities().isEmpty)
        let attempts = house.submitted.value.map { "\($0.id) \($0.lease)" }
        #expect(Set(attempts).count == attempts.count)
        house.stop()
    }

    @Test("rule 6: while nothing can be stored, what nobody sends keeps no slot from red, and goes once when it can be stored")
    func slots() async throws {
        let house = try GatewayHouse(busyTimeout: Milliseconds(300))
        house.hear(.connected(isResumed: false))
        house.inbox.put(.rules(Self.oneSlot) { _ in })
        house.settle()
        let lock = try ForeignLock(house)

        house.say([("band1", "heart_rate_bpm=180")], lastRead: 1)
        #expect(house.orders.wait { $0.contains("openSpare") })
        house.say([("band2", "heart_rate_bpm=180"), ("button2", "sos=true")], lastRead: 2)
        house.settle()
        #expect(Set(house.submitted.value.map(\.alert)) == ["storage-box-1", "sos-r2-1"])

        try lock.release()
        #expect(
            Self.patiently {
                house.pass(.seconds(3))
            } until: {
                house.orders.value.contains("closeSpare")
            })
        house.settle()
        let pulses = house.submitted.value.filter { $0.severity == .yellow }
        #expect(Set(pulses.map(\.alert)) == ["heart_rate_bpm-r1-1", "heart_rate_bpm-r2-1"])
        #expect(Set(pulses.map(\.id)).count == pulses.count)
        #expect(pulses.allSatisfy { !$0.message.body.contains("unrecorded") })
        house.stop()
    }

    @Test("rule 6: late success: what was leased in the turn that hung and gave its slot back goes out once")
    func lateSlots() async throws {
        let house = try GatewayHouse(busyTimeout: .seconds(60), patience: .seconds(1))
        house.hear(.connected(isResumed: false))
        house.inbox.put(.rules(Self.oneSlot) { _ in })
        house.settle()
        let lock = try ForeignLock(house)

        house.say([("band1", "heart_rate_bpm=180")], lastRead: 1)
        house.say([("button2", "sos=true")], lastRead: 2)
        house.settle()
        #expect(Set(house.submitted.value.map(\.alert)) == ["storage-box-1", "sos-r2-1"])
        try lock.release()
        #expect(
            Self.patiently {
                house.pass(.seconds(1))
            } until: {
                house.orders.value.contains("closeSpare")
            })
        house.settle()

        let pulses = house.submitted.value.filter { $0.severity == .yellow }
        #expect(Set(pulses.map(\.alert)) == ["heart_rate_bpm-r1-1"])
        #expect(Set(pulses.map(\.id)).count == pulses.count)
        #expect(try await house.store.reader.discontinuities().isEmpty)
        house.stop()
    }

    @Test("a ballast that is missing is told once, tried again every 30 s, and the alert ends when it is back (promises A5)")
    func ballastComesBack() async throws {
        let folder = try GatewayHouse().end()
        // Where the ballast is written first: no room for it.
        let obstacle = folder.path + "/ballast.new"
        try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: false)
        let house = try GatewayHouse(ballastBytes: 4096, in: folder)
        func condition() async throws -> Alert.Condition? { try await house.alerts().first { $0.id == "storage-box-1" }?.condition }
        #expect(house.submitted.wait { $0.contains { $0.alert == "storage-box-1" } })
        house.pass(.seconds(31))
        house.pass(.seconds(31))
        #expect(try await condition() == .active)

        try FileManager.default.removeItem(atPath: obstacle)
        let end = ContinuousClock.now + .seconds(30)
        while try await condition() == .active, ContinuousClock.now < end { house.pass(.seconds(31)) }

        #expect(try await condition() == .cleared)
        #expect(house.store.hasBallast)
        let told = try await house.store.reader.journal(limit: .max).compactMap { row -> Health? in
            if case .health(let health) = row.input, health.component == .storage { health } else { nil }
        }
        #expect(told.map(\.state) == [.up, .low, .up])
        #expect(told.map { $0.freeMebibytes != nil } == [false, true, false])
        house.stop()
    }

    @Test("an alert about storage that the life before left standing ends with the next that records")
    func standingFromBefore() async throws {
        let before = try GatewayHouse()
        before.inbox.put(.input(.health(Health(.storage, .down))))
        before.settle()
        let house = try GatewayHouse(in: try before.end())

        #expect(try await house.alerts().filter { $0.id == "storage-box-1" }.map(\.condition) == [.cleared])
        house.stop()
    }

    /// A racing heart is told at once, and everything goes through one slot.
    private static var oneSlot: RuleSet {
        var rules = SmallCommunity.rules()
        rules.rules = [
            Rule(id: "sos", detector: "sos", severity: .red),
            SmallCommunity.pulse(.yellow, above: 120, clearBelow: 110, for: "0s"),
        ]
        rules.channels = [ChannelLimits(id: "push", concurrency: 1)]
        return rules
    }

    /// Steps until the claim holds; a store that is asked every two seconds of played time needs a few real ones.
    private static func patiently(_ step: () -> Void, until holds: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(30)
        while !holds() && ContinuousClock.now < end { step() }
        return holds()
    }
}
