import Logging
import ServiceLifecycle
import VigilCore
import VigilNotify
import VigilStore

/// Follows the ways back that Vigil reads by itself: the reply topics of ntfy servers.
final class ReplyService: Service {
    private let followers: [(channel: ChannelID, replies: NtfyReplies)]
    private let store: Store

    init(channels: [ChannelFactory], tokens: AcceptToken, desk: ReplyDesk, store: Store, logger: Logger) {
        self.store = store
        followers = channels.compactMap { channel in
            guard case .ntfy(let configuration) = channel.wayBack else { return nil }
            let cursor = Self.cursor(channel.id)
            let replies = NtfyReplies(configuration, tokens: tokens) { event in
                switch event {
                case .up: logger.info("following replies", metadata: [LogKey.channelID: "\(channel.id)"])
                case .down(let reason):
                    logger.warning(
                        "replies cannot be followed", metadata: [LogKey.channelID: "\(channel.id)", LogKey.error: "\(reason)"])
                case .message(let position, let reading):
                    // Only once the acceptance is stored may the next start begin behind it.
                    desk.take(reading, via: channel.kind) { store.advance(cursor: cursor, to: position) }
                }
            }
            return (channel.id, replies)
        }
    }

    private static func cursor(_ channel: ChannelID) -> String { "replies/\(channel)" }

    func run() async throws {
        for follower in followers {
            follower.replies.start(after: try await store.reader.position(ofCursor: Self.cursor(follower.channel)))
        }
        try? await gracefulShutdown()  // ends with cancellation too, and then it is time as well
        for follower in followers { follower.replies.stop() }
    }
}
