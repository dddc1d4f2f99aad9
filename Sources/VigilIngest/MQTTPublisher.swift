public import Logging
public import VigilCore

/// Says everything that Vigil says on a broker (receipts, alerts, the siren), and hears small control topics (acceptances).
///
/// It has a connection of its own, because whatever is written on an `MQTTSource`'s would let held acknowledgements go. The
/// session is clean; inbound messages are acknowledged as they are read.
public final class MQTTPublisher: Sendable {
    enum Order: Sendable {
        case publish([PendingPublication])
        case stop
    }

    private let configuration: BrokerConfiguration
    private let will: Will?
    private let handler: @Sendable (PublisherEvent) -> Void
    private let logger: Logger
    private let mailbox = Mailbox<Order>()
    private let worker = Worker()

    /// - Parameters:
    ///   - configuration: its `clientID` is used with the suffix `-out`, its `subscriptions` are the control topics.
    ///   - will: published by the broker when the connection ends without `stop`.
    ///   - handler: called on the publisher's own thread; it must return soon and must not publish and wait.
    public init(
        configuration: BrokerConfiguration, will: Will? = nil, handler: @escaping @Sendable (PublisherEvent) -> Void = { _ in },
        logger: Logger
    ) {
        var logger = logger
        logger[metadataKey: LogKey.sourceID] = "\(configuration.id)"
        self.configuration = configuration
        self.will = will
        self.handler = handler
        self.logger = logger
    }

    deinit { mailbox.post(.stop) }

    /// Starts connecting. A publisher is started once.
    public func start() {
        worker.start(name: "mqtt-out-\(configuration.id)") { [configuration, will, mailbox, handler, logger] in
            PublisherLoop(configuration, will: will, mailbox: mailbox, handler: handler, logger: logger).run()
        }
    }

    /// Publishes and blocks until the broker has acknowledged, said no, or `timeout` is over. Fails at once while there is no
    /// connection. From worker threads only, never from the handler.
    public func publish(_ publication: MQTTPublication, timeout: Milliseconds = .seconds(5)) -> PublishOutcome {
        publish([publication], timeout: timeout).first ?? .timedOut
    }

    /// Publishes all, then blocks until each is settled; outcomes in the same order.
    public func publish(_ publications: [MQTTPublication], timeout: Milliseconds = .seconds(5)) -> [PublishOutcome] {
        let deadline = BootTime.now() + timeout
        let pending = publications.map { PendingPublication($0, deadline: deadline) }
        if !mailbox.post(.publish(pending)) {
            for publication in pending { publication.settle(.stopped) }
        }
        return pending.map { $0.wait() }
    }

    /// Publishes when it can, at QoS 1 and also over a lost connection, and tells nobody. At most 1000 wait; then new ones are
    /// dropped: what is sent this way is asked for again by whoever misses it.
    public func publishLater(topic: String, payload: [UInt8], isRetained: Bool = false) {
        let publication = MQTTPublication(topic: topic, payload: payload, isRetained: isRetained)
        mailbox.post(.publish([PendingPublication(publication, deadline: nil)]))
    }

    /// Waits a second at most for what is on the way, says goodbye, and ends the thread. Not to be called from the handler.
    public func stop() {
        mailbox.post(.stop)
        worker.join()
    }
}
