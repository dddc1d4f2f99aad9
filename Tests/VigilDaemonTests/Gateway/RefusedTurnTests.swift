import Foundation
import GRDB
import Testing
import VigilCore
import VigilIngest
import VigilStore
import VigilTesting

@testable import VigilDaemon

/// Rule 6 of the turn, where the disk works and the store refuses: a fault of the program must not end the recording.
@Suite struct RefusedTurnTests {
    /// A rule that the schema does not have: the store refuses what breaks it.
    private func refuse(_ name: String, _ condition: String, in house: GatewayHouse) throws {
        try execute(
            "CREATE TRIGGER \(name) BEFORE INSERT ON \(condition) BEGIN SELECT RAISE(ABORT, 'refused by a test'); END", in: house)
    }

    private func execute(_ sql: String, in house: GatewayHouse) throws {
        let foreign = try DatabaseQueue(path: house.directory + "/live.db")
        try foreign.writeWithoutTransaction { try $0.execute(sql: sql) }
        try foreign.close()
    }

    private func keptInputs(in house: GatewayHouse) throws -> [ReplayLine] {
        try keptLines(in: house) { !$0.hasSuffix(".rows.jsonl") }.map { try ReplayLine(text: $0) }
    }

    private func keptLines(in house: GatewayHouse, of isWanted: (String) -> Bool) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: house.directory).filter { $0.hasPrefix("refused-") && isWanted($0) }.flatMap
        {
            try String(contentsOfFile: house.directory + "/" + $0, encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }

    @Test("rule 6: a refused turn: its alert is told and stored, its rows are kept for a replay, and recording goes on")
    func recordingGoesOn() async throws {
        let house = try GatewayHouse()
        house.hear(.connected(isResumed: false))
        try refuse("poison", "journal WHEN NEW.topic = 'text/button1'", in: house)

        house.say([("button1", "sos=true")], lastRead: 1)
        house.say([("button2", "sos=true")], lastRead: 2)
        house.pass(.seconds(1))
        house.hear(.held(lastRead: 2))

        let calls = house.submitted.value.filter { $0.alert == "sos-r1-1" }
        #expect(calls.count == 1 && calls.allSatisfy { !$0.message.body.contains("unrecorded") })
        #expect(try await house.alerts().map(\.id).sorted() == ["sos-r1-1", "sos-r2-1"])
        #expect(house.orders.value == ["hold", "release after 1"])
        let kept = try keptInputs(in: house).map(\.input).compactMap { if case .frame(let frame) = $0 { frame.topic } else { nil } }
        #expect(kept == ["text/button1"])
        let rows = try keptLines(in: house) { $0.hasSuffix(".rows.jsonl") }
        #expect(rows.contains { $0.contains(#""event":"raised""#) && $0.contains("sos-r1-1") })
        #expect(try await house.store.reader.discontinuities().count == 1)
        house.stop()
    }

    @Test("rule 6: a registry in a refused turn is stored all the same, and its sender is answered")
    func registry() async throws {
        let house = try GatewayHouse()
        // Passes when rules (kind 7) follow the row, as they do when it is said again.
        let isFirst = "NOT EXISTS (SELECT * FROM journal WHERE sequence > NEW.sequence AND kind = 7)"
        try refuse("poison", "registry_versions WHEN \(isFirst)", in: house)
        let answers = WatchedState<[Inbox.RegistryAnswer]>([])

        house.inbox.put(.registry(SmallCommunity.registry()) { answer in answers.update { $0.append(answer) } })
        house.settle()

        #expect(answers.value == [.taken(2)])
        #expect(try await house.store.reader.discontinuities().count == 1)
        let state = try house.store.recover(reopenWindow: .minutes(30))
        #expect(state.registry?.version == 2)
        #expect(state.registryAtSnapshot?.version == 2)
        house.stop()
    }

    @Test("a registry that was made without knowing of the one in force is refused, and nothing is changed")
    func outdatedRegistry() throws {
        let house = try GatewayHouse()
        let answers = WatchedState<[Inbox.RegistryAnswer]>([])

        for base in [1, 1, 2] {
            house.inbox.put(.registry(SmallCommunity.registry(), over: base) { answer in answers.update { $0.append(answer) } })
            house.settle()
        }

        #expect(answers.value == [.taken(2), .outdated(2), .taken(3)])
        #expect(try house.store.recover(reopenWindow: .minutes(30)).registry?.version == 3)
        house.stop()
    }

    @Test("rule 6: a store that refuses even what is known: alarms go on unrecorded, said once, and it recovers when the cause is gone")
    func degraded() async throws {
        let house = try GatewayHouse()
        house.hear(.connected(isResumed: false))
        try refuse("poison", "journal WHEN NEW.topic = 'text/button1'", in: house)
        try refuse("worse", "discontinuities", in: house)

        house.say([("button1", "sos=true")], lastRead: 1)
        #expect(house.submitted.value.first?.message.body.contains("unrecorded") == true)
        #expect(house.orders.value == ["readOn", "openSpare"])
        house.hear(.connected(isResumed: false), isSpare: true)
        house.hear(.heard(until: house.now), isSpare: true)
        house.hear(.disconnected(reason: "closed on our side"))
        house.say([("button2", "sos=true")], lastRead: 1, isSpare: true)
        for _ in 0..<5 { house.pass(.minutes(1)) }
        #expect(Set(house.submitted.value.map(\.alert)).isSuperset(of: ["sos-r1-1", "sos-r2-1", "storage-box-1"]))
        #expect(!house.orders.value.contains { $0.hasPrefix("release") })
        #expect(house.errors.count { $0.hasPrefix("nothing can be recorded") } == 1)
        #expect(house.errors.count { $0.hasPrefix("the store refused") } == 1)

        try execute("DROP TRIGGER worse", in: house)
        house.pass(.minutes(1))

        #expect(house.orders.value.contains("closeSpare"))
        #expect(try await house.alerts().filter { $0.key.kind == "sos" }.map(\.occurrences) == [1, 1])
        let attempts = house.submitted.value.map { "\($0.id) \($0.lease)" }
        #expect(Set(attempts).count == attempts.count)
        let heard = try keptInputs(in: house).compactMap { if case .frame(let frame) = $0.input { frame.topic } else { nil } }
        #expect(heard == ["text/button1", "text/button2"])
        house.stop()
    }
}
