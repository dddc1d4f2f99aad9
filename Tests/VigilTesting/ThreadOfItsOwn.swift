import Dispatch
public import Testing

/// Runs each test of a suite on a thread of its own.
///
/// Tasks share as many threads as there are cores. A test that computes for seconds without a pause keeps one of them for itself, and
/// what the other tests wait for, an answer or a deadline, comes late there. This trait is for the suites that compute so.
public struct ThreadOfItsOwn: TestTrait, SuiteTrait, TestScoping {
    public let isRecursive = true

    public func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(OwnThreadExecutor()) {
            try await function()
        }
    }
}

extension Trait where Self == ThreadOfItsOwn {
    /// The suite computes for seconds: each of its tests gets a thread of its own.
    public static var onThreadOfItsOwn: Self { Self() }
}

/// Runs jobs one after another on the thread of a serial queue, which is none of those on which other tasks run.
private final class OwnThreadExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "test on a thread of its own")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
