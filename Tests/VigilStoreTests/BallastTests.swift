import Foundation
import Testing

@testable import VigilStore

@Suite struct BallastTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func restore(_ store: Store) async -> Result<Void, StoreError> {
        await withCheckedContinuation { continuation in store.restoreBallast { continuation.resume(returning: $0) } }
    }

    @Test("the ballast is made of real blocks when the store opens, given up, and set aside again")
    func lifeOfBallast() async throws {
        var options = StoreOptions()
        options.ballastBytes = 1_000_000
        let store = try Store.open(directory: directory.path, options: options)
        var status = stat()
        #expect(stat(directory.path + "/ballast", &status) == 0)
        #expect(status.st_size == 1_000_000)
        #expect(Int64(status.st_blocks) * 512 >= 1_000_000)

        try store.releaseBallast()
        try store.releaseBallast()
        #expect(!store.hasBallast)
        try await restore(store).get()

        #expect(store.hasBallast)
        try store.close()
    }

    @Test("a ballast that would fill the disk is refused, leaves nothing behind, and does not keep the store from opening")
    func noRoomForBallast() async throws {
        var options = StoreOptions()
        options.ballastBytes = 1 << 60
        let store = try Store.open(directory: directory.path, options: options)

        let error = await #expect(throws: StoreError.self) { try await restore(store).get() }

        #expect(error?.kind == .full)
        #expect(store.isBallastMissing)
        #expect(store.notices.contains { if case .hasNoBallast = $0 { true } else { false } })
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).allSatisfy { $0.hasPrefix("live.db") })
        try store.close()
    }
}
