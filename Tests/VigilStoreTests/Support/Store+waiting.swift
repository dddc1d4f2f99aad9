import VigilCore
import VigilStore

extension Store {
    /// Commits, and waits for the result.
    func commit(_ turn: Turn) async throws {
        try await withCheckedThrowingContinuation { continuation in
            commit(turn) { continuation.resume(with: $0.mapError { $0 as any Error }) }
        }
    }

    /// What a turn is refused with; nil when it is taken.
    func refusal(of turn: Turn) async -> StoreError? {
        await withCheckedContinuation { continuation in
            commit(turn) { result in
                if case .failure(let error) = result {
                    continuation.resume(returning: error)
                } else {
                    continuation.resume(returning: nil)
                }
            }
        }
    }

    /// Every journal row.
    func rows() async throws -> [StampedInput] { try await reader.journal(limit: 1_000_000) }

    /// A store without ballast, for tests about something else.
    static func open(_ directory: TemporaryDirectory, _ adjust: (inout StoreOptions) -> Void = { _ in }) throws(StoreError) -> Store {
        var options = StoreOptions()
        options.ballastBytes = 0
        adjust(&options)
        return try open(directory: directory.path, options: options)
    }
}
