import Glibc
import Logging
import VigilCore

/// A connection to one broker that is kept up: dialled, subscribed, watched, and dialled again when it breaks.
///
/// It belongs to one thread, its owner's, which calls `advance`, `read`, `flush` and `pingIfDue` as its own rules allow, and
/// sleeps in `wait`. Once a session stands the link never writes by itself: whoever holds acknowledgements back decides when.
final class BrokerLink {
    enum Event {
        /// A session stands; the subscriptions are queued.
        case up(isResumed: Bool)
        case message(InboundMessage)
        /// The broker answered the last ping.
        case answered
        /// What the broker does not let us hear has changed.
        case refused(filters: [String])
        /// A publication was taken or refused.
        case published(messageID: Int32, code: Int32)
        /// There is no connection, or still none and for another reason.
        case down(ConnectionFault)
    }

    private enum Phase {
        /// Stays down until told otherwise.
        case away
        case waiting(until: BootTime)
        case dialling(Dial, reportAt: BootTime?)
        case handshaking(MosquittoClient, until: BootTime)
        case up(MosquittoClient, since: BootTime)
    }

    /// How long a dial or a handshake may take before it counts as no answer.
    private static let patience = Milliseconds.seconds(10)
    /// How often the round trip is made: it confirms acknowledgements, says how far was heard, and finds dead connections.
    private static let roundTripInterval = Milliseconds.seconds(1)
    /// A connection that lasted this long was a good one: the next wait is short again.
    private static let lasting = Milliseconds.seconds(10)

    /// How often is asked again for what was refused.
    private static let refusalInterval = Milliseconds.seconds(30)

    private static let expiryWarningDays = 30

    let settings: ClientSettings
    private let doorbell: Doorbell
    private var subscriptions: Subscriptions
    private let logger: Logger
    private var phase = Phase.waiting(until: BootTime(0))
    private var backoff = Backoff()
    private var random = SystemRandomNumberGenerator()
    private var reported: ConnectionFault?
    private var pingedAt = BootTime(0)
    private var isPingOpen = false
    private var askedAgainAt = BootTime(0)
    private var lastPacketAt = BootTime(0)

    init(_ settings: ClientSettings, doorbell: Doorbell, subscriptions: Subscriptions, logger: Logger) {
        self.settings = settings
        self.doorbell = doorbell
        self.subscriptions = subscriptions
        self.logger = logger
    }

    /// The client of a session that stands.
    var session: MosquittoClient? {
        if case .up(let client, _) = phase { client } else { nil }
    }

    /// Every filter that was asked for was granted, as far as the broker has answered.
    var hearsEverything: Bool { subscriptions.refused.isEmpty }

    /// Why there is no session.
    var lastFault: ConnectionFault? { session == nil ? reported : nil }

    /// Takes the next step towards a connection, and gives up one that does not answer.
    ///
    /// - Parameter isReading: false while the owner reads nothing and so cannot know of an answer.
    func advance(isReading: Bool, _ emit: (Event) -> Void) {
        let now = BootTime.now()
        switch phase {
        case .waiting(let until) where now >= until:
            phase = .dialling(Dial(settings, ringing: doorbell), reportAt: now + Self.patience)
        case .dialling(let dial, let reportAt):
            follow(dial, reportAt: reportAt, now: now, emit)
        case .handshaking(let client, let until):
            if now >= until {
                fail(.noAnswer(from: settings.place), emit)
            } else {
                write(client, emit)
            }
        case .up where isReading && isPingOpen && now >= answerDueAt:
            let seconds = settings.broker.keepAlive.rawValue / 1000
            fail(.unreachable("no answer from \(settings.place) for \(seconds) s: connection dropped"), emit)
        case .away, .waiting, .up: break
        }
    }

    /// Reads one packet, as a rule; false when no whole one was there.
    func read(_ emit: (Event) -> Void) -> Bool {
        guard let client = current else { return false }
        let outcome = Result { () throws(ConnectionFault) in try client.read() }
        if handlePackets(of: client, emit) { lastPacketAt = .now() }
        switch outcome {
        case .success(let progressed): return progressed
        case .failure(let fault):
            // A refusal in CONNACK has been handled already, and with better words.
            if current === client { fail(fault, emit) }
            return false
        }
    }

    /// Writes everything that waits, acknowledgements included; false while the socket takes no more.
    @discardableResult
    func flush(_ emit: (Event) -> Void) -> Bool {
        session.map { write($0, emit) } ?? true
    }

    /// Sends a ping if the last was answered and is a while ago; only when nothing is held back. Returns a
    /// time just before it was sent.
    func pingIfDue(_ emit: (Event) -> Void) -> BootTime? {
        let now = BootTime.now()
        guard let session, !session.wantsWrite, !isPingOpen, now >= pingedAt + Self.roundTripInterval else { return nil }
        do {
            try session.ping()
        } catch {
            fail(error, emit)
            return nil
        }
        pingedAt = now
        isPingOpen = true
        if !hearsEverything, now >= askedAgainAt + Self.refusalInterval {
            askedAgainAt = now
            subscriptions.requestRefused(on: session)
        }
        return now
    }

    /// Closes the connection without writing anything, and dials again or stays away.
    func drop(_ fault: ConnectionFault, redialling: Bool, _ emit: (Event) -> Void) {
        let hadClient = current != nil
        phase = redialling ? .waiting(until: .now()) : .away
        isPingOpen = false
        if hadClient { report(fault, emit) }
    }

    /// Ends staying away.
    func redial() {
        if case .away = phase { phase = .waiting(until: .now()) }
    }

    /// Sleeps until something happens: the bell, the socket (true: there is something to read), or a time that is due.
    func wait(reading: Bool, writing: Bool, until deadline: BootTime? = nil) -> Bool {
        var polled = [pollfd(fd: doorbell.descriptor, events: Int16(POLLIN), revents: 0)]
        if let client = current {
            let isWriting = client.wantsWrite && (writing || session == nil)
            let events = (reading ? POLLIN : 0) | (isWriting ? POLLOUT : 0)
            // A socket that nobody waits for would still report its end, again and again.
            if events != 0 { polled.append(pollfd(fd: client.socket, events: Int16(events), revents: 0)) }
        }
        let due = [deadline, phaseDueAt(reading: reading), writing ? pingDueAt : nil].compactMap(\.self).min()
        let timeout = due.map { Int32(clamping: max(0, ($0 - .now()).rawValue)) } ?? -1
        // EINTR looks like a time that is due; the owner looks around and sleeps again.
        poll(&polled, nfds_t(polled.count), timeout)
        return polled.count > 1 && polled[1].revents & ~Int16(POLLOUT) != 0
    }
}

extension BrokerLink {
    private var current: MosquittoClient? {
        switch phase {
        case .handshaking(let client, _), .up(let client, _): client
        case .away, .waiting, .dialling: nil
        }
    }

    private var answerDueAt: BootTime { max(pingedAt, lastPacketAt) + settings.broker.keepAlive }

    private var pingDueAt: BootTime? {
        session != nil && !isPingOpen ? pingedAt + Self.roundTripInterval : nil
    }

    private func phaseDueAt(reading: Bool) -> BootTime? {
        switch phase {
        case .away: nil
        case .waiting(let until), .handshaking(_, let until): until
        case .dialling(_, let reportAt): reportAt
        case .up: reading && isPingOpen ? answerDueAt : nil
        }
    }

    private func follow(_ dial: Dial, reportAt: BootTime?, now: BootTime, _ emit: (Event) -> Void) {
        switch dial.outcome {
        case .reached(let client):
            phase = .handshaking(client, until: now + Self.patience)
            write(client, emit)
        case .failed(let fault):
            fail(fault, emit)
        case .running:
            guard let reportAt, now >= reportAt else { return }
            phase = .dialling(dial, reportAt: nil)
            report(.noAnswer(from: settings.place), emit)
        }
    }

    /// Passes on what the library has called back with; false when there was nothing.
    private func handlePackets(of client: MosquittoClient, _ emit: (Event) -> Void) -> Bool {
        let packets = client.packets
        guard !packets.isEmpty else { return false }
        client.packets = []
        for packet in packets { handle(packet, of: client, emit) }
        return true
    }

    private func handle(_ packet: MosquittoPacket, of client: MosquittoClient, _ emit: (Event) -> Void) {
        switch packet {
        case .connack(0, let isResumed):
            phase = .up(client, since: .now())
            subscriptions.request(on: client)
            askedAgainAt = .now()
            warnOfExpiry(of: client)
            reported = nil
            // The first round trip is due at once.
            pingedAt = BootTime(0)
            isPingOpen = false
            emit(.up(isResumed: isResumed))
        case .connack(let code, _):
            fail(ConnectionFault(connack: code, at: settings.place, user: settings.broker.username), emit)
        case .publish(let message): emit(.message(message))
        case .suback(let messageID, let codes):
            let before = subscriptions.refused
            subscriptions.granted(messageID: messageID, codes: codes)
            if subscriptions.refused != before { emit(.refused(filters: subscriptions.refused.sorted())) }
        case .published(let messageID, let code): emit(.published(messageID: messageID, code: code))
        case .pingresp:
            isPingOpen = false
            emit(.answered)
        }
    }

    /// Fault B14: said at each connection, as long as there is time to act.
    private func warnOfExpiry(of client: MosquittoClient) {
        guard let days = client.certificateDaysLeft, days <= Self.expiryWarningDays else { return }
        logger.warning("the broker's certificate expires soon", metadata: [LogKey.certificateDaysLeft: "\(days)"])
    }

    @discardableResult
    private func write(_ client: MosquittoClient, _ emit: (Event) -> Void) -> Bool {
        let outcome = Result { () throws(ConnectionFault) in try client.write() }
        // A QoS 0 publication is done when it is written.
        _ = handlePackets(of: client, emit)
        switch outcome {
        case .success(let isDone): return isDone
        case .failure(let fault):
            fail(fault, emit)
            return true
        }
    }

    private func fail(_ fault: ConnectionFault, _ emit: (Event) -> Void) {
        if case .up(_, let since) = phase, BootTime.now() - since >= Self.lasting { backoff.reset() }
        phase = .waiting(until: .now() + backoff.next(isRefusal: fault.kind == .refused, using: &random))
        isPingOpen = false
        report(fault, emit)
    }

    /// Says each state once: a broker that stays down is tried often.
    private func report(_ fault: ConnectionFault, _ emit: (Event) -> Void) {
        guard fault != reported else { return }
        reported = fault
        emit(.down(fault))
    }
}
