import Glibc
import Logging
import VigilCore

/// The thread of a `BluetoothSource`: serves the adapters, tells news from repetitions, hands over, and recovers what does not hear.
final class BluetoothLoop {
    /// How often it is told that everything was heard.
    private static let hearingEvery = Milliseconds.seconds(10)

    private let configuration: BluetoothReceiverConfiguration
    private let mailbox: Mailbox<BluetoothSource.Order>
    private let board: BluetoothBoard
    private let now: @Sendable () -> BootTime
    private let handler: @Sendable (SourceEvent) -> Void
    private let logger: Logger

    private var interest = BluetoothInterest()
    private var desk = GATTDesk()
    private var random = SystemRandomNumberGenerator()
    private let adapters: [AdapterPost]
    private var queue = FrameQueue()
    private var strangers = StrangerAllowance()
    private var isStopping = false
    /// Whether some adapter hears, as it was told last.
    private var isUp: Bool?
    /// As far as everything was heard, as it was told last.
    private var heardUntil: BootTime?
    private var toldHearingAt: BootTime?

    init(
        _ configuration: BluetoothReceiverConfiguration, mailbox: Mailbox<BluetoothSource.Order>, board: BluetoothBoard,
        now: @escaping @Sendable () -> BootTime, handler: @escaping @Sendable (SourceEvent) -> Void, logger: Logger
    ) {
        self.configuration = configuration
        self.mailbox = mailbox
        self.board = board
        self.now = now
        self.handler = handler
        self.logger = logger
        let time = now()
        adapters = configuration.adapters.map { AdapterPost($0, scansActively: configuration.scansActively, at: time) }
    }

    func run() {
        while true {
            obey()
            if isStopping { break }
            // What waited for a release must not wait for the next advertisement too.
            handOver()
            tend(at: now())
            wait()
            serve(at: now())
            handOver()
            tellHearing(at: now())
        }
        for post in adapters { post.transport.close() }
    }

    // MARK: Orders

    private func obey() {
        for order in mailbox.take() {
            switch order {
            case .hold:
                queue.hold()
                desk.isUnreleased = false
                handler(.held(lastRead: queue.lastRead))
            case .release: release()
            case .readOn:
                queue.readOn()
                desk.isUnreleased = true
                perform(desk.release(), at: now())
            case .stop: isStopping = true
            case .listen(let interest, let bound):
                board.forget(interest.addresses.subtracting(self.interest.addresses))
                self.interest = interest
                desk.bind(bound)
                board.note(desk.connections)
            }
        }
    }

    private func release() {
        guard queue.isHeld else {
            logger.error("release without a hold was refused", metadata: [LogKey.error: "frames may have been read meanwhile"])
            return
        }
        let before = queue.released
        queue.release()
        perform(desk.release(), at: now())
        if queue.released > before { handler(.confirmed(upTo: queue.released)) }
    }

    // MARK: Adapters

    /// Does what time asks for.
    private func tend(at time: BootTime) {
        for (index, post) in adapters.enumerated() {
            change(index, at: time) { health in
                switch health.advance(to: time) {
                case .open: open(index, at: time)
                case .restartScan: post.transport.restartScan(at: time)
                case nil: break
                }
            }
        }
        perform(desk.advance(to: time), at: time)
    }

    private func open(_ index: Int, at time: BootTime) {
        adapters[index].transport.open(at: time)
        // Its connections, where it had some, went without a word.
        perform(desk.take(.failed("opened anew"), from: index, at: time, using: &random), at: time)
    }

    /// Does what the connections ask for.
    private func perform(_ orders: [GATTDesk.Order], at time: BootTime) {
        for order in orders {
            switch order {
            case .connect(let peer, let index): adapters[index].transport.connect(to: peer, at: time)
            case .disconnect(let address, let index): adapters[index].transport.disconnect(address, at: time)
            case .send(let pdu, let address, let index): adapters[index].transport.send(pdu, to: address, at: time)
            case .value(let origin, let value): hand(origin, value)
            }
        }
        if !orders.isEmpty { board.note(desk.connections) }
    }

    private func wait() {
        var polls = [pollfd(fd: mailbox.doorbell.descriptor, events: Int16(POLLIN), revents: 0)]
        for post in adapters {
            post.polled = post.transport.polled
            polls += post.polled
        }
        let time = now()
        let deadline = (adapters.compactMap(\.deadline) + [tellsHearingAt, desk.deadline(after: time)].compactMap { $0 }).min()
        let length = deadline.map { Int32(clamping: max(0, $0.rawValue &- time.rawValue)) } ?? -1
        // Interrupted it found nothing.
        if poll(&polls, nfds_t(polls.count), length) < 0 { return }
        var found = polls.dropFirst()
        for post in adapters {
            post.polled = Array(found.prefix(post.polled.count))
            found = found.dropFirst(post.polled.count)
        }
    }

    private func serve(at time: BootTime) {
        for (index, post) in adapters.enumerated() {
            let ready = post.polled.contains { $0.revents != 0 }
            guard ready || post.transport.deadline.map({ $0 <= time }) ?? false else { continue }
            post.transport.serve(post.polled, at: time) { take($0, from: index, at: time) }
        }
    }

    private func take(_ event: BluetoothEvent, from index: Int, at time: BootTime) {
        switch event {
        case .ready: change(index, at: time) { $0.ready(at: time) }
        case .failed(let words): change(index, at: time) { $0.failed(words, at: time) }
        case .report(let address, let advertisement):
            if adapters[index].health.state == .hearing {
                adapters[index].health.heard(at: time)
            } else {
                change(index, at: time) { $0.heard(at: time) }
            }
            take(address, advertisement, from: index, at: time)
        case .skipped(let count): board.skip(count, from: index)
        case .received: adapters[index].health.heard(isReport: false, at: time)
        case .connected, .closed: break
        }
        perform(desk.take(event, from: index, at: time, using: &random), at: time)
        if case .closed = event { board.note(desk.connections) }
    }

    private func take(_ address: BluetoothAddress, _ advertisement: Advertisement, from index: Int, at time: BootTime) {
        // What is not even looked at is news when it is repeated.
        guard !queue.isFull else { return board.lose(1) }
        guard case .told(let marks) = board.take(address, advertisement, from: index, at: time, interest) else { return }
        guard interest.addresses.contains(address) || strangers.admits(at: time) else { return board.leaveOut() }
        var told = advertisement
        told.properties.formUnion(marks)
        hand(BluetoothFrame.advertisement(address), told.payload)
    }

    private func hand(_ origin: BluetoothFrame, _ payload: [UInt8]) {
        guard !queue.isFull else { return board.lose(1) }
        queue.add(Frame(source: configuration.id, origin: .mqtt(topic: origin.topic), payload: payload))
    }

    /// Changes an adapter's health, and tells what that changes for others.
    private func change(_ index: Int, at time: BootTime, _ body: (inout AdapterHealth) -> Void) {
        let before = adapters[index].health
        body(&adapters[index].health)
        let health = adapters[index].health
        guard health.state != before.state || health.reason != before.reason else { return }
        board.note(health, of: index)
        let name = adapters[index].name
        if health.state == .hearing {
            logger.notice("the Bluetooth adapter hears", metadata: [LogKey.adapter: "\(name)"])
        } else if health.reason != before.reason {
            logger.warning(
                "the Bluetooth adapter does not hear", metadata: [LogKey.adapter: "\(name)", LogKey.error: "\(health.reason ?? "")"])
        }
        tellHealth()
    }

    // MARK: Telling

    private func tellHealth() {
        if adapters.contains(where: { $0.health.state == .hearing }) {
            guard isUp != true else { return }
            isUp = true
            handler(.connected(isResumed: true))
        } else {
            let reasons = adapters.compactMap { post in post.health.reason.map { "\(post.name): \($0)" } }
            // While the first attempts last nothing is known.
            guard isUp != false, isUp == true || reasons.count == adapters.count else { return }
            isUp = false
            handOver()
            handler(.disconnected(reason: reasons.joined(separator: "; ")))
        }
    }

    private func handOver() {
        while let frames = queue.next() { handler(.frames(frames, lastRead: queue.lastRead)) }
    }

    /// As far as somebody was heard, where that is not told yet: an adapter that fell silent says so only a minute later.
    private var untoldHearing: BootTime? {
        let heard = adapters.filter { $0.health.state == .hearing }.compactMap(\.health.heardAt).max()
        return heard.flatMap { $0 > heardUntil ?? BootTime(.min) ? $0 : nil }
    }

    /// When `tellHearing` has something to tell.
    private var tellsHearingAt: BootTime? {
        guard queue.isEmpty, untoldHearing != nil else { return nil }
        return toldHearingAt.map { $0 + Self.hearingEvery } ?? BootTime(0)
    }

    private func tellHearing(at time: BootTime) {
        guard let tellsHearingAt, tellsHearingAt <= time, let untoldHearing else { return }
        toldHearingAt = time
        heardUntil = untoldHearing
        handler(.heard(until: untoldHearing))
    }
}
