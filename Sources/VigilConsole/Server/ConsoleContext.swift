import Hummingbird
import NIOCore

/// What a request of the console carries: the connection that it came over, and who is at its other end.
struct ConsoleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any NIOCore.Channel
    /// Set by `PeerMiddleware`, on the control socket only.
    var peer: Peer?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
