import Foundation
import Testing
import VigilCore
import VigilTesting

@testable import VigilStore

/// promises.md, A9: a damaged database is kept, and a new one goes on with what can be read.
@Suite struct ReplacementTests {
    let directory: TemporaryDirectory
    private let wall = WallTime(1_800_000_000_000)

    init() throws { directory = try TemporaryDirectory() }

    /// What can happen to a file.
    enum Damage: CaseIterable, Sendable {
        case head, journalPage, truncated, emptied, gone, garbage

        func apply(to path: String) throws {
            let url = URL(fileURLWithPath: path)
            var bytes = Array(try Data(contentsOf: url))
            switch self {
            case .head: bytes.replaceSubrange(0..<100, with: repeatElement(0xA5, count: 100))
            case .journalPage:
                let page = bytes.count / 1024 / 2 * 1024
                bytes.replaceSubrange(page..<page + 64, with: repeatElement(0xA5, count: 64))
            case .truncated: bytes.removeLast(bytes.count / 3)
            case .emptied: bytes = []
            case .gone: return try FileManager.default.removeItem(at: url)
            case .garbage: bytes = bytes.map { $0 ^ 0x5A }
            }
            try Data(bytes).write(to: url)
        }
    }

    /// A closed store that knows a registry and an open alert.
    private func fill() async throws {
        let store = try Store.open(directory)
        var first = Turn()
        first.journal = [
            StampedInput(sequence: 1, at: EngineTime(wall.rawValue), input: .registryChange(SmallCommunity.registry(version: 7)))
        ]
        try await store.commit(first)
        try await store.commit(Samples.raising(Samples.alert(), sequence: 2))
        for first in stride(from: Int64(3), to: 2000, by: 500) { try await store.commit(Samples.frames(first...first + 499)) }
        try store.close()
    }

    private var kept: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: directory.path).filter {
                $0.hasPrefix("live.db.damaged-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
            }
        }
    }

    private func replace() throws -> StoreReplacement {
        let cause = StoreError(.corrupt, action: "test", path: directory.database, cause: "damaged by a test")
        return try Store.replaceDamaged(directory: directory.path, cause: cause, at: wall)
    }

    @Test("it is found by a verification, kept byte for byte, and the new one has the registry", arguments: Damage.allCases)
    func replaced(damage: Damage) async throws {
        try await fill()
        try damage.apply(to: directory.database)
        let damaged = FileManager.default.contents(atPath: directory.database)
        let found = #expect(throws: StoreError.self) { _ = try Store.open(directory) { $0.verification = .full } }
        #expect(found.map { Store.isDamage($0, in: directory.path) } == true)

        let replacement = try replace()

        #expect(FileManager.default.contents(atPath: replacement.damagedFile) == damaged)
        let store = try Store.open(directory) { $0.verification = .full }
        let state = try store.recover(reopenWindow: .zero)
        #expect(state.registry == SmallCommunity.registry(version: 7))
        #expect(replacement.registryVersion == 7)
        // Whoever was told of an alert must be able to take it: where its page is whole it is carried over, with its number.
        if damage == .journalPage {
            #expect(state.alerts == [Samples.alert()])
            #expect(state.deliveries == [Samples.delivery(Samples.alert())])
        }
        #expect((state.lastTime ?? EngineTime(0)) >= EngineTime(wall.rawValue))
        try store.close()
    }

    @Test("cut off before its last step, the exchange is finished by the next opening", arguments: [false, true])
    func unfinished(hasMoved: Bool) async throws {
        try await fill()
        let exchange = DatabaseExchange(directory: directory.path)
        var options = StoreOptions()
        options.ballastBytes = 0
        try Store.open(directory: exchange.newDirectory, options: options).close()
        let damaged = try exchange.agree(at: wall)
        if hasMoved { #expect(rename(directory.database, damaged) == 0) }

        let store = try Store.open(directory)

        #expect(try store.recover(reopenWindow: .zero).lastSequence == 0)
        #expect(try kept.count == 1)
        #expect(!exchange.isUnfinished)
        try store.close()
    }

    @Test("a disk that damages each new file does not fill up with copies, and the first three are never lost")
    func bounded() async throws {
        try await fill()
        for _ in 0..<3 { _ = try replace() }
        let first = try Set(kept)
        for _ in 0..<3 { _ = try replace() }

        #expect(first.count == 3)
        #expect(try Set(kept) == first.union(["live.db.damaged-latest"]))
        let store = try Store.open(directory)
        #expect(try store.recover(reopenWindow: .zero).registry?.version == 7)
        try store.close()
    }

    @Test("a store that was never filled is new, not damaged")
    func newStore() throws {
        try Data().write(to: URL(fileURLWithPath: directory.database))

        try Store.open(directory).close()
    }

    @Test("without any registry to be read the words say so")
    func nothingToRead() async throws {
        try await fill()
        try Damage.garbage.apply(to: directory.database)
        try FileManager.default.removeItem(atPath: RegistryCopy(directory: directory.path).path)

        #expect(try replace().description.contains("no registry: import it again"))
    }
}
