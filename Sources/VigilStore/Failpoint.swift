internal import Foundation
internal import Synchronization

/// A named place where the process can be made to die, so that a test can cut the path exactly there.
///
/// `VIGIL_FAILPOINT=beforeCommit:7` raises SIGKILL at the seventh pass of `beforeCommit`; without a number it is the first. Compiled in
/// always, because what is tested must be what is shipped; unset it costs one atomic load per pass.
public enum Failpoint: String, CaseIterable, Sendable {
    /// The tables of a new or older database are about to change.
    case beforeMigration
    /// The tables changed, and their transaction is about to commit.
    case duringMigration
    /// The state is being read back after a start.
    case duringRecovery
    /// Recovered, but nothing has been received yet.
    case afterRecovery
    /// Everything of a turn is in the transaction, and nothing is committed.
    case beforeCommit
    /// A turn is durable, and nobody has been told so.
    case afterCommitBeforeAck
    /// Acknowledged, and nothing that follows has been done.
    case afterAck
    /// A delivery is leased, and its socket is not open yet.
    case beforeSend
    /// The provider has answered, and nobody has been told so.
    case afterSendBeforeSettle
    /// The write-ahead log is about to be copied into the database.
    case beforeCheckpoint
    /// A slice of old journal rows is about to be deleted.
    case beforePrune

    /// Dies here if this is the pass that the environment named.
    public func pass() {
        guard let plan = Self.plan, plan.failpoint == self else { return }
        if plan.passesLeft.subtract(1, ordering: .relaxed).newValue == 0 { kill(getpid(), SIGKILL) }
    }

    private static let plan = Plan(ProcessInfo.processInfo.environment["VIGIL_FAILPOINT"])

    private final class Plan: Sendable {
        let failpoint: Failpoint
        let passesLeft: Atomic<Int>

        init?(_ text: String?) {
            guard let text, !text.isEmpty else { return nil }
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            // A misspelt failpoint would be a test that cannot fail: it stops the process instead.
            guard parts.count <= 2, let name = parts.first, let failpoint = Failpoint(rawValue: String(name)),
                let passes = parts.count == 2 ? Int(parts[1]) : 1, passes > 0
            else {
                let known = Failpoint.allCases.map(\.rawValue).joined(separator: ", ")
                fatalError("VIGIL_FAILPOINT: \"\(text)\" is no failpoint; write NAME or NAME:PASS with NAME one of \(known)")
            }
            self.failpoint = failpoint
            passesLeft = Atomic(passes)
        }
    }
}
