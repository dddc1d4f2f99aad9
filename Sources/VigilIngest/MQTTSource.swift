public import Logging
import VigilCore

/// Listens to one broker and hands over what it hears, acknowledging nothing before it is told to.
///
/// One thread reads the socket. Frames go to the handler in batches as soon as they are read; their PUBACKs stay in the library's
/// queue, and since that queue is first in, first out, *nothing* is written to the socket while one is held: no ping, no
/// SUBSCRIBE, no goodbye. The barrier:
///
///     hold()  ─► the thread stops reading and answers .held(lastRead:)
///                (the caller commits everything up to lastRead)
///     release() ─► the acknowledgements are written, then a ping; reading goes on
///
/// Reading goes on while frames wait for their commit, so that an alarm is never stuck behind a linger; only `hold()`, a broker's
/// in-flight window or 16 MiB of unreleased frames stop it. A crash, `refuse` and `stop` acknowledge nothing: the broker sends
/// those frames again, marked `isRedelivery`.
///
/// SUBSCRIBE follows CONNACK at once, before anything else is read; where frames arrived together with the CONNACK (TLS) it
/// waits for the first release like everything else. A resumed session keeps its subscriptions meanwhile.
public final class MQTTSource: Sendable {
    enum Order: Sendable {
        case hold
        case release
        case readOn
        case refuse(redialling: Bool)
        case redial
        case stop
    }

    private let configuration: BrokerConfiguration
    private let handler: @Sendable (SourceEvent) -> Void
    private let logger: Logger
    private let mailbox = Mailbox<Order>()
    private let worker = Worker()

    /// - Parameter handler: called on the source's own thread, in order. It must return soon, and may call everything but `stop`.
    public init(configuration: BrokerConfiguration, handler: @escaping @Sendable (SourceEvent) -> Void, logger: Logger) {
        var logger = logger
        logger[metadataKey: LogKey.sourceID] = "\(configuration.id)"
        self.configuration = configuration
        self.handler = handler
        self.logger = logger
    }

    deinit { mailbox.post(.stop) }

    /// Starts listening. A source is started once.
    public func start() {
        worker.start(name: "mqtt-\(configuration.id)") { [configuration, mailbox, handler, logger] in
            SourceLoop(configuration, mailbox: mailbox, handler: handler, logger: logger).run()
        }
    }

    /// Asks the thread to stop reading; it answers with `.held`, after its last `.frames`, connected or not.
    public func hold() { mailbox.post(.hold) }

    /// Everything up to the `.held` answer is durable: acknowledge it and read on. Without a hold before it, it is refused.
    public func release() { mailbox.post(.release) }

    /// Ends a hold with nothing acknowledged: nothing can be stored, and what comes must be heard all the same.
    public func readOn() { mailbox.post(.readOn) }

    /// Reads what the broker has sent already, then closes the connection without acknowledging anything that is not released, which also ends a hold.
    ///
    /// - Parameter reconnecting: false stays away until `reconnect()`.
    public func refuse(reconnecting: Bool) { mailbox.post(.refuse(redialling: reconnecting)) }

    /// Ends staying away after `refuse(reconnecting: false)`.
    public func reconnect() { mailbox.post(.redial) }

    /// Ends the thread and waits for it. Frames that are not released stay unacknowledged. Not to be called from the handler.
    public func stop() {
        mailbox.post(.stop)
        worker.join()
    }
}
