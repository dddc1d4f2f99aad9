import Logging
import Synchronization
import VigilCore
import VigilNotify

/// Takes what people answered to messages to the gateway, as their commands.
final class ReplyDesk: Sendable {
    private let inbox: Inbox
    private let logger: Logger
    private let count = Atomic(0)

    init(inbox: Inbox, logger: Logger) {
        self.inbox = inbox
        self.logger = logger
    }

    /// - Parameter whenStored: called after the commit; what it notes must not be ahead of what is stored.
    func take(_ reply: Reply, whenStored: @escaping @Sendable () -> Void = {}) {
        let number = count.add(1, ordering: .relaxed).newValue
        let command = reply.command(id: CommandID("\(reply.via)-\(number)"))
        inbox.put(
            .command(command) { [logger] answer in
                if case .refused(let reason) = answer.verdict {
                    logger.notice(
                        "a reply was refused", metadata: [LogKey.alertID: "\(reply.alert)", LogKey.error: "\(reason.english)"])
                }
                whenStored()
            })
    }
}
