import Foundation
import GRDB
import Testing
import VigilCore
import VigilTesting

@testable import VigilStore

@Suite struct OrderTableTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func order(_ number: Int, _ content: StandingOrder.Content, endedAt: EngineTime? = nil) -> StandingOrder {
        StandingOrder(
            number: number, content: content, placedAt: EngineTime(1000), from: EngineTime(1000), until: EngineTime(9000),
            by: Actor(contact: "officer", via: "cli", login: "li"), reason: "roof works",
            end: endedAt.map { StandingOrder.End(at: $0, by: .engine) })
    }

    private func turn(_ orders: StandingOrder...) -> Turn {
        var turn = Turn()
        turn.orders = orders
        return turn
    }

    @Test("what is in force comes back after a restart, with the number that the next one follows")
    func recovered() async throws {
        let away = order(1, .context(.away, of: "r1"))
        let silence = order(2, .silence(AlertMatcher(kind: "absence", grid: "g1")), endedAt: EngineTime(2000))
        var store = try Store.open(directory)
        try await store.commit(turn(away, order(2, silence.content)))
        try await store.commit(turn(silence))
        try store.close()

        store = try Store.open(directory)
        defer { try? store.close() }

        #expect(try store.recover(reopenWindow: .zero).orders == [away, silence])
    }

    @Test("what is over stays readable, newest first, and only what is asked for")
    func listed() async throws {
        let store = try Store.open(directory)
        defer { try? store.close() }
        let away = order(1, .context(.away, of: "r1"), endedAt: EngineTime(2000))
        let silence = order(2, .silence(AlertMatcher(kind: "absence")))
        let drill = order(3, .drill(.device("button1")))
        try await store.commit(turn(away, silence, drill))

        #expect(try await store.reader.orders() == [drill, silence])
        #expect(try await store.reader.orders(OrderFilter(state: .over)) == [away])
        #expect(try await store.reader.orders(OrderFilter(state: .all, words: ["away", "hospital"])) == [away])
        #expect(try await store.reader.orders(OrderFilter(state: .all, limit: 1)) == [drill])
        #expect(try await store.reader.order("silence-2") == silence)
        #expect(try await store.reader.order("silence-9") == nil)
    }

    @Test("an order that is over is never in force again")
    func over() async throws {
        let store = try Store.open(directory)
        defer { try? store.close() }
        try await store.commit(turn(order(1, .context(.away, of: "r1"), endedAt: EngineTime(2000))))

        await #expect(throws: StoreError.self) { try await store.commit(turn(order(1, .context(.away, of: "r1")))) }
    }

    @Test("a damaged database's orders go on in the new one")
    func salvaged() async throws {
        let away = order(1, .context(.away, of: "r1"))
        let store = try Store.open(directory)
        var first = turn(away)
        first.journal = [StampedInput(sequence: 1, at: EngineTime(1000), input: .registryChange(SmallCommunity.registry(version: 7)))]
        try await store.commit(first)
        try store.close()
        let cause = StoreError(.corrupt, action: "test", path: directory.database, cause: "damaged by a test")

        _ = try Store.replaceDamaged(directory: directory.path, cause: cause, at: WallTime(5000))

        let fresh = try Store.open(directory)
        defer { try? fresh.close() }
        #expect(try fresh.recover(reopenWindow: .zero).orders == [away])
    }
}
