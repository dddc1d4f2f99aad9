import GRDB
import Testing
import VigilCore

@testable import VigilStore

/// promises.md, A8 and A9.
@Suite struct LockTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("a foreign lock is waited for, told as such, and recording goes on when it is gone")
    func foreignLock() async throws {
        let store = try Store.open(directory) { $0.busyTimeout = Milliseconds(20) }
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let foreign = try DatabaseQueue(path: directory.database, configuration: configuration)
        try await foreign.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }

        let error = await store.refusal(of: Samples.frames(1...1))
        try await foreign.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try foreign.close()

        #expect(error?.kind == .busy)
        #expect(error?.description.contains("end the other process that holds a lock on this file") == true)
        try await store.commit(Samples.frames(1...1))
        #expect(try store.recover(reopenWindow: .zero).lastSequence == 1)
        try store.close()
    }
}
