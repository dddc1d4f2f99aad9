import CMosquitto
import Logging
import VigilCore

/// The thread of an `MQTTPublisher`.
final class PublisherLoop {
    private static let waitingLimit = 1000
    private static let farewell = Milliseconds.seconds(1)

    private let configuration: BrokerConfiguration
    private let mailbox: Mailbox<MQTTPublisher.Order>
    private let handler: @Sendable (PublisherEvent) -> Void
    private let logger: Logger
    private let link: BrokerLink

    /// Not sent yet, oldest first; only what nobody waits for.
    private var backlog: [PendingPublication] = []
    /// Sent, by message id, with the order in which they were.
    private var onTheWay: [Int32: (order: UInt64, publication: PendingPublication)] = [:]
    private var sent: UInt64 = 0
    /// No deadline of those on the way is earlier.
    private var nextExpiry: BootTime?
    private var isDropping = false
    private var isAnnounced = false
    private var endsAt: BootTime?
    private var mayHaveMore = false

    init(
        _ configuration: BrokerConfiguration, will: Will?, mailbox: Mailbox<MQTTPublisher.Order>,
        handler: @escaping @Sendable (PublisherEvent) -> Void, logger: Logger
    ) {
        self.configuration = configuration
        self.mailbox = mailbox
        self.handler = handler
        self.logger = logger
        let settings = ClientSettings(
            broker: configuration, clientID: configuration.clientID + "-out", isClean: true, will: will, sendsAtOnce: true)
        link = BrokerLink(
            settings, doorbell: mailbox.doorbell,
            subscriptions: Subscriptions(filters: configuration.subscriptions, qos: 1, logger: logger), logger: logger)
    }

    func run() {
        while true {
            obey()
            if isOver { break }
            while mayHaveMore { mayHaveMore = link.read(handle) }
            link.advance(isReading: true, handle)
            sendBacklog()
            expire()
            link.flush(handle)
            _ = link.pingIfDue(handle)
            mayHaveMore = link.wait(reading: true, writing: true, until: [nextExpiry, endsAt].compactMap(\.self).min())
        }
        link.session?.sayGoodbye()
        for (_, entry) in onTheWay { entry.publication.settle(.stopped) }
        for case .publish(let publications) in mailbox.close() {
            for publication in publications { publication.settle(.stopped) }
        }
    }

    private var isOver: Bool {
        guard let endsAt else { return false }
        return link.session == nil || (backlog.isEmpty && onTheWay.isEmpty) || BootTime.now() >= endsAt
    }

    private func obey() {
        for order in mailbox.take() {
            switch order {
            case .publish(let publications):
                for publication in publications { accept(publication) }
            case .stop: endsAt = .now() + Self.farewell
            }
        }
    }

    private func accept(_ publication: PendingPublication) {
        if publication.deadline == nil, backlog.count + onTheWay.count >= Self.waitingLimit {
            drop()
        } else if link.session != nil {
            send(publication)
        } else if publication.deadline != nil {
            publication.settle(.notConnected(reason: link.lastFault?.words ?? "not connected to \(link.settings.place) yet"))
        } else {
            keep(publication)
        }
    }

    private func keep(_ publication: PendingPublication) {
        guard backlog.count < Self.waitingLimit else {
            drop()
            return
        }
        backlog.append(publication)
    }

    /// Says so once until the next connection.
    private func drop() {
        if !isDropping { logger.warning("publications are dropped", metadata: [LogKey.error: "too many wait for the broker"]) }
        isDropping = true
    }

    private func sendBacklog() {
        guard link.session != nil, !backlog.isEmpty else { return }
        let waiting = backlog
        backlog = []
        for publication in waiting { send(publication) }
    }

    private func send(_ pending: PendingPublication) {
        guard let session = link.session else { return }
        switch session.publish(pending.publication) {
        case .success(let messageID):
            sent += 1
            onTheWay[messageID] = (sent, pending)
            nextExpiry = [nextExpiry, pending.deadline].compactMap(\.self).min()
        case .failure(let fault):
            pending.settle(fault.kind == .refused ? .refused(reason: fault.words) : .notConnected(reason: fault.words))
        }
    }

    private func handle(_ event: BrokerLink.Event) {
        switch event {
        case .up:
            logger.notice("connected to the broker for publishing")
            isDropping = false
        case .message(let message):
            let frame = Frame(
                source: configuration.id, origin: .mqtt(topic: message.topic), payload: message.payload,
                wholeLength: message.wholeLength,
                isRetained: message.isRetained, isRedelivery: message.isRedelivery)
            handler(.message(frame))
        case .refused: break
        case .answered:
            // The first answer follows the answers to the subscriptions.
            if !isAnnounced { handler(.connected) }
            isAnnounced = true
        case .published(let messageID, let code):
            onTheWay.removeValue(forKey: messageID)?.publication.settle(Self.outcome(ofCode: code))
        case .down(let fault):
            logger.warning("no connection to the broker for publishing", metadata: [LogKey.error: "\(fault.words)"])
            connectionBroke(fault)
            isAnnounced = false
            handler(.disconnected(reason: fault.words))
        }
    }

    private func connectionBroke(_ fault: ConnectionFault) {
        let interrupted = onTheWay.values.sorted { $0.order < $1.order }.map(\.publication)
        onTheWay.removeAll()
        for publication in interrupted where publication.deadline != nil {
            publication.settle(.notConnected(reason: fault.words))
        }
        // Sent again rather than lost: receivers know repeats.
        let kept = backlog
        backlog = []
        for publication in interrupted.filter({ $0.deadline == nil }) + kept { keep(publication) }
    }

    private func expire() {
        let now = BootTime.now()
        guard let nextExpiry, now >= nextExpiry else { return }
        for (messageID, entry) in onTheWay {
            guard let deadline = entry.publication.deadline, now >= deadline else { continue }
            onTheWay.removeValue(forKey: messageID)
            entry.publication.settle(.timedOut)
        }
        self.nextExpiry = onTheWay.values.compactMap(\.publication.deadline).min()
    }

    private static func outcome(ofCode code: Int32) -> PublishOutcome {
        switch code {
        case 0: .published
        // Spec: MQTT 5, 3.4.2.1: no matching subscribers.
        case 16: .publishedToNobody
        // Quota exceeded, or the broker cannot say why: later may be better.
        case 128, 131, 151: .notConnected(reason: "the broker could not take it: \(String(cString: mosquitto_reason_string(code)))")
        default: .refused(reason: String(cString: mosquitto_reason_string(code)))
        }
    }
}
