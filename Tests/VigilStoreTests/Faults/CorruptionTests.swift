import Foundation
import Testing
import VigilCore

@testable import VigilStore

/// promises.md, A9: damage is found, named, and never makes the store crash.
@Suite struct CorruptionTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A closed store with something in every page.
    private func fill() async throws {
        let store = try Store.open(directory)
        for first in stride(from: Int64(1), to: 2000, by: 500) { try await store.commit(Samples.frames(first...first + 499)) }
        var turn = Samples.raising(Samples.alert(), sequence: 2001)
        turn.snapshot = Samples.snapshot(
            at: 2001, rows: (0..<50).map { (key: Int) in SnapshotRow(owner: "device", key: "\(key)", state: key) })
        try await store.commit(turn)
        try store.close()
    }

    private func damage(_ body: (inout [UInt8]) -> Void) throws {
        let url = URL(fileURLWithPath: directory.database)
        var bytes = Array(try Data(contentsOf: url))
        body(&bytes)
        try Data(bytes).write(to: url)
    }

    @Test("a file that is no database is refused in clear words")
    func noDatabase() throws {
        try Data("these are the notes of somebody else, long enough to be a page of a file".utf8).write(
            to: URL(fileURLWithPath: directory.database))

        let error = #expect(throws: StoreError.self) { _ = try Store.open(directory) }

        #expect(error?.kind == .corrupt)
        #expect(
            error?.description
                == "\(directory.database): open the database: file is not a database (sqlite 26); "
                + "vigil run keeps the file and begins anew with what can be read; look for the last good backup")
    }

    @Test("a damaged page is found when the store is opened with verification", arguments: [StoreOptions.Verification.quick, .full])
    func damagedPage(verification: StoreOptions.Verification) async throws {
        try await fill()
        // Header and cell pointers of a page in the middle of the file: the journal's.
        try damage { bytes in
            let page = bytes.count / 4096 / 2 * 4096
            for index in 0..<64 { bytes[page + index] = 0xA5 }
        }

        let error = #expect(throws: StoreError.self) { _ = try Store.open(directory) { $0.verification = verification } }

        #expect(error?.kind == .corrupt)
        #expect(error?.action == "verify the database")
    }

    @Test("a file that lost its end is found")
    func truncated() async throws {
        try await fill()
        try damage { $0.removeLast(3 * 4096) }

        let error = #expect(throws: StoreError.self) { _ = try Store.open(directory) { $0.verification = .quick } }

        #expect(error?.kind == .corrupt)
    }

    @Test("a sound file passes verification")
    func sound() async throws {
        try await fill()

        try Store.open(directory) { $0.verification = .full }.close()
    }

    @Test("whatever bytes are flipped, opening and reading end with an answer or a named error")
    func flippedBytes() async throws {
        try await fill()
        let url = URL(fileURLWithPath: directory.database)
        let sound = try Data(contentsOf: url)
        var random = SeededGenerator(seed: 5)
        for _ in 0..<Repetitions.count("VIGIL_FLIPS", default: 40) {
            try sound.write(to: url)
            try damage { bytes in
                for _ in 0..<8 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            }
            do throws(StoreError) {
                let store = try Store.open(directory)
                do throws(StoreError) { _ = try store.recover(reopenWindow: .zero) } catch { #expect(error.kind != .other, "\(error)") }
                try? store.close()
            } catch {
                #expect(error.kind != .other, "\(error)")
            }
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: directory.database + suffix) }
        }
    }

    @Test("a stored body that no longer reads is damage, not a crash")
    func unreadableBody() async throws {
        try await fill()
        try DatabaseFile.execute("UPDATE alerts SET body = '{}'", in: directory.database)
        let store = try Store.open(directory)

        let error = #expect(throws: StoreError.self) { _ = try store.recover(reopenWindow: .zero) }

        #expect(error?.kind == .corrupt)
        try store.close()
    }
}
