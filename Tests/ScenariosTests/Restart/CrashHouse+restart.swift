import Glibc
import Testing
import VigilCore
import VigilStore
import VigilTesting

// What one life leaves to the next.

extension CrashHouse {
    /// Blocks until a daemon has died at its failpoint.
    func expectKilled(_ daemon: ChildProcess) throws {
        let end = daemon.wait(milliseconds: 60_000)
        try #require(end == .signalled(SIGKILL), "\(log.suffix(2000))")
    }

    /// The starts that the journal tells of.
    func starts() async throws -> [StampedInput] {
        try await StoreReader(directory: state).journal(limit: .max).filter {
            if case .started = $0.input { true } else { false }
        }
    }
}
