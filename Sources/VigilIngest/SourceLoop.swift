import Logging
import VigilCore

/// The thread of an `MQTTSource`: reads, hands over, and keeps the barrier.
final class SourceLoop {
    /// A batch is handed over when it has this many frames or took this long: an alarm in it must not wait for the rest.
    private static let batchLimit = 256
    private static let batchTime = Milliseconds(3)
    /// Unreleased frames in bytes, bookkeeping included, above which reading pauses: memory stays bounded whatever comes.
    private static let unreleasedLimit = 16 * 1024 * 1024
    private static let frameOverhead = 128

    /// What a ping, once answered, will have proved.
    private struct Probe {
        var sentAt: BootTime
        var released: UInt64
        var acknowledged: UInt64
    }

    private let configuration: BrokerConfiguration
    private let mailbox: Mailbox<MQTTSource.Order>
    private let handler: @Sendable (SourceEvent) -> Void
    private let logger: Logger
    private let link: BrokerLink

    private var isStopping = false
    private var isHeld = false
    private var batch: [Frame] = []
    /// Frames are numbered over all connections of the process; acknowledgements are counted per connection.
    private var lastRead: UInt64 = 0
    private var released: UInt64 = 0
    private var confirmed: UInt64 = 0
    private var unreleasedBytes = 0
    private var firstOfConnection: UInt64 = 1
    private var queuedAcknowledgements: UInt64 = 0
    private var writtenAcknowledgements: UInt64 = 0
    private var probe: Probe?
    /// The socket, or the TLS layer above it, may hold packets that poll() will not report.
    private var mayHaveMore = false

    init(
        _ configuration: BrokerConfiguration, mailbox: Mailbox<MQTTSource.Order>,
        handler: @escaping @Sendable (SourceEvent) -> Void, logger: Logger
    ) {
        self.configuration = configuration
        self.mailbox = mailbox
        self.handler = handler
        self.logger = logger
        let isTransient = configuration.session == .transient
        let settings = ClientSettings(
            broker: configuration, clientID: configuration.clientID + (isTransient ? "-transient" : ""), isClean: isTransient,
            will: nil, sendsAtOnce: false)
        link = BrokerLink(
            settings, doorbell: mailbox.doorbell,
            subscriptions: Subscriptions(filters: configuration.subscriptions, qos: isTransient ? 0 : 1, logger: logger), logger: logger
        )
    }

    func run() {
        while true {
            obey()
            if isStopping { break }
            // Before time is judged: after a hold or a stall the answer to a ping may lie there unread.
            if mayRead && mayHaveMore { readBatch() }
            link.advance(isReading: mayRead, handle)
            // A PUBACK that is held would leave with whatever is written.
            if !holdsAcknowledgements {
                link.flush(handle)
                ping()
            }
            if link.wait(reading: mayRead, writing: !holdsAcknowledgements, until: mayRead && mayHaveMore ? .now() : nil) {
                mayHaveMore = true
            }
        }
        if !holdsAcknowledgements { link.session?.sayGoodbye() }
    }

    private var holdsAcknowledgements: Bool { queuedAcknowledgements != writtenAcknowledgements }

    /// What was released is written before anything else is read: a PUBACK queued behind it would leave with it.
    private var mayRead: Bool {
        let isWriting = !holdsAcknowledgements && link.session?.wantsWrite == true
        return !isHeld && !isWriting && unreleasedBytes < Self.unreleasedLimit
    }

    private func obey() {
        for order in mailbox.take() {
            switch order {
            case .hold:
                isHeld = true
                handler(.held(lastRead: lastRead))
            case .release: release()
            case .readOn: isHeld = false
            case .refuse(let redialling):
                isHeld = false
                readWhatIsThere()
                forgetAcknowledgements()
                link.drop(.unreachable("closed on our side, nothing acknowledged"), redialling: redialling, handle)
            case .redial: link.redial()
            case .stop: isStopping = true
            }
        }
    }

    /// The broker has handed it over, and hands it over again only when somebody comes back to this session.
    private func readWhatIsThere() {
        // Its window bounds it: nothing is acknowledged meanwhile.
        mayHaveMore = link.session != nil
        while mayRead && mayHaveMore { readBatch() }
    }

    private func release() {
        guard isHeld else {
            logger.error("release without a hold was refused", metadata: [LogKey.error: "frames may have been read meanwhile"])
            return
        }
        isHeld = false
        released = lastRead
        unreleasedBytes = 0
        writtenAcknowledgements = queuedAcknowledgements
        mayHaveMore = true
    }

    private func readBatch() {
        let end = BootTime.now() + Self.batchTime
        mayHaveMore = true
        while mayRead && batch.count < Self.batchLimit && BootTime.now() < end {
            guard link.read(handle) else {
                mayHaveMore = false
                break
            }
        }
        handOver()
    }

    private func handOver() {
        guard !batch.isEmpty else { return }
        let frames = batch
        batch = []
        batch.reserveCapacity(Self.batchLimit)
        handler(.frames(frames, lastRead: lastRead))
    }

    private func ping() {
        guard let sentAt = link.pingIfDue(handle) else { return }
        probe = Probe(sentAt: sentAt, released: released, acknowledged: writtenAcknowledgements)
    }

    private func handle(_ event: BrokerLink.Event) {
        switch event {
        case .up(let isResumed):
            forgetAcknowledgements()
            firstOfConnection = lastRead + 1
            logger.notice("connected to the broker", metadata: [LogKey.isResumed: "\(isResumed)"])
            handler(.connected(isResumed: isResumed))
        case .message(let message): take(message)
        case .answered: answered()
        case .refused(let filters): handler(.refused(filters: filters))
        case .published: break
        case .down(let fault):
            handOver()
            forgetAcknowledgements()
            logger.warning("no connection to the broker", metadata: [LogKey.error: "\(fault.words)"])
            handler(.disconnected(reason: fault.words))
        }
    }

    private func take(_ message: InboundMessage) {
        batch.append(
            Frame(
                source: configuration.id, origin: .mqtt(topic: message.topic), payload: message.payload,
                wholeLength: message.wholeLength,
                isRetained: message.isRetained, isRedelivery: message.isRedelivery))
        lastRead += 1
        if message.isAcknowledged { queuedAcknowledgements += 1 }
        // Of a session that is never released the broker keeps nothing, so nothing would come of waiting.
        if configuration.session == .durable {
            unreleasedBytes += message.payload.count + message.topic.utf8.count + Self.frameOverhead
        }
    }

    /// The broker works off one connection in order: it has processed everything that was written before the ping, and
    /// everything that it had sent before its answer has been read.
    private func answered() {
        handOver()
        guard let probe else { return }
        self.probe = nil
        if probe.released >= firstOfConnection, probe.released > confirmed {
            confirmed = probe.released
            handler(.confirmed(upTo: probe.released))
        }
        // With the window full the broker may still have messages waiting that it was not free to send.
        let onTheWay = queuedAcknowledgements - probe.acknowledged
        if link.hearsEverything, onTheWay < UInt64(max(configuration.inFlightWindow, 1)) {
            handler(.heard(until: probe.sentAt))
        }
    }

    /// The library's queue went with the connection.
    private func forgetAcknowledgements() {
        queuedAcknowledgements = 0
        writtenAcknowledgements = 0
        probe = nil
    }
}
