import Hummingbird
import NIOCore

/// Lets in who may command, and tells the routes who it is.
struct PeerMiddleware: RouterMiddleware {
    typealias Context = ConsoleContext

    let policy: PeerPolicy

    @concurrent func handle(
        _ request: Request, context: ConsoleContext, next: @concurrent (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        guard let peer = try await Self.peer(of: context.channel) else {
            throw ConsoleError(.forbidden, "who is asking cannot be told; connect to the control socket of this machine")
        }
        guard policy.allows(peer) else {
            throw ConsoleError(
                .forbidden,
                "\(peer.login) may not command this daemon; become a member of the control socket's group, or ask with sudo")
        }
        var context = context
        context.peer = peer
        return try await next(request, context)
    }

    private static func peer(of channel: any NIOCore.Channel) async throws -> Peer? {
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: Int32.self) { Peer(descriptor: $0) } ?? nil
        }.get()
    }
}
