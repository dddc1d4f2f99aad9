import Logging
import Synchronization
import VigilCore
import VigilNotify

/// Takes what people answered to messages to the gateway, as their commands, and counts what was no answer.
final class ReplyDesk: Sendable {
    /// What came in by a way back since the start.
    struct Count: Hashable, Sendable {
        /// The kind of channel: `ntfy`, `mqtt`.
        var via: String
        /// `reply`, `garbage`, `forged`.
        var reading: String
    }

    private let inbox: Inbox
    private let logger: Logger
    private let state = Mutex<[Count: Int]>([:])

    init(inbox: Inbox, logger: Logger) {
        self.inbox = inbox
        self.logger = logger
    }

    var counts: [Count: Int] { state.withLock { $0 } }

    /// - Parameter whenDone: called when there is nothing to store, or after the commit; what it notes must not be ahead of what is stored.
    func take(_ reading: ReplyReading, via: String, whenDone: @escaping @Sendable () -> Void = {}) {
        switch reading {
        case .reply(let reply):
            let number = count(via, "reply")
            submit(reply.command(id: CommandID("\(via)-\(number)")), about: reply.alert, whenDone)
        case .garbage:
            count(via, "garbage")
            whenDone()
        case .forged:
            let number = count(via, "forged")
            // Ever more rarely: whoever forges must not fill the log.
            if number & (number - 1) == 0 {
                logger.warning(
                    "somebody tries to accept with a token that this box did not give",
                    metadata: [LogKey.channelID: "\(via)", LogKey.attempt: "\(number)"])
            }
            whenDone()
        }
    }

    @discardableResult
    private func count(_ via: String, _ reading: String) -> Int {
        state.withLock { counts in
            counts[Count(via: via, reading: reading), default: 0] += 1
            return counts[Count(via: via, reading: reading)] ?? 1
        }
    }

    private func submit(_ command: Command, about alert: AlertID, _ whenDone: @escaping @Sendable () -> Void) {
        inbox.put(
            .command(command) { [logger] answer in
                if case .refused(let reason) = answer.verdict {
                    logger.notice(
                        "a reply was refused", metadata: [LogKey.alertID: "\(alert)", LogKey.error: "\(reason.english)"])
                }
                whenDone()
            })
    }
}
