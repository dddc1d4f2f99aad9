import Glibc
import Logging
import VigilCore

/// The thread of a `BluetoothSource`: serves the adapters, tells news from repetitions, hands over, and recovers what does not hear.
final class BluetoothLoop {
    private let mailbox: Mailbox<BluetoothSource.Order>
    private let lifeSign: LifeSign
    private let board: BluetoothBoard
    private let now: @Sendable () -> BootTime
    private let handler: @Sendable (SourceID, SourceEvent) -> Void
    private let logger: Logger

    private var interest = BluetoothInterest()
    private var desk = GATTDesk()
    private var random = SystemRandomNumberGenerator()
    private let adapters: [AdapterPost]
    private var floods = FloodWatch()
    private var isStopping = false

    init(
        _ configuration: BluetoothReceiverConfiguration, mailbox: Mailbox<BluetoothSource.Order>, lifeSign: LifeSign,
        board: BluetoothBoard, now: @escaping @Sendable () -> BootTime, handler: @escaping @Sendable (SourceID, SourceEvent) -> Void,
        logger: Logger
    ) {
        self.mailbox = mailbox
        self.lifeSign = lifeSign
        self.board = board
        self.now = now
        self.handler = handler
        self.logger = logger
        let time = now()
        adapters = zip(configuration.adapters, configuration.sources).map { adapter, source in
            AdapterPost(adapter, source: source, scansActively: configuration.scansActively, at: time)
        }
    }

    func run() {
        while true {
            obey()
            if isStopping { break }
            // What waited for a release must not wait for the next advertisement too.
            for post in adapters { handOver(post) }
            tend(at: now())
            wait()
            serve(at: now())
            for post in adapters { handOver(post) }
            tellHearing(at: now())
        }
        for post in adapters { post.transport.close() }
    }

    // MARK: Orders

    private func obey() {
        for order in mailbox.take() {
            switch order {
            case .hold(let source): if let index = index(of: source) { hold(index) }
            case .release(let source): if let index = index(of: source) { release(index) }
            case .readOn(let source): if let index = index(of: source) { readOn(index) }
            case .stop: isStopping = true
            case .answer: lifeSign.answer(comeBack: comeBack)
            case .listen(let interest, let bound):
                board.forget(interest.addresses.subtracting(self.interest.addresses))
                self.interest = interest
                desk.bind(bound)
                board.note(desk.connections)
            }
        }
    }

    private func index(of source: SourceID) -> Int? { adapters.firstIndex { $0.source == source } }

    private func hold(_ index: Int) {
        let post = adapters[index]
        post.queue.hold()
        desk.store(from: index)
        handler(post.source, .held(lastRead: post.queue.lastRead))
    }

    private func release(_ index: Int) {
        let post = adapters[index]
        guard post.queue.isHeld else {
            logger.error("release without a hold was refused", metadata: [LogKey.error: "frames may have been read meanwhile"])
            return
        }
        let before = post.queue.released
        post.queue.release()
        perform(desk.release(from: index), at: now())
        if post.queue.released > before { handler(post.source, .confirmed(upTo: post.queue.released)) }
    }

    private func readOn(_ index: Int) {
        adapters[index].queue.readOn()
        perform(desk.readOn(from: index), at: now())
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
        for sender in floods.over(at: time) {
            logger.notice("what is advertised over Bluetooth is written down in full again", metadata: [LogKey.address: "\(sender)"])
        }
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
            case .value(let origin, let value, let index):
                // What is not confirmed the device says again.
                if !hand(origin, value, from: index) { perform(desk.lose(origin.address, at: time), at: time) }
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
        let deadline = (adapters.compactMap(\.deadline) + [desk.deadline(after: time), floods.deadline].compactMap { $0 }).min()
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
        guard !adapters[index].queue.isFull else { return lose(from: index) }
        switch board.take(address, advertisement, from: index, at: time, interest) {
        case .told(let marks):
            var told = advertisement
            told.properties.formUnion(marks)
            _ = hand(BluetoothFrame.advertisement(address), told.payload, from: index)
        case .leftOut(let sender): leaveOut(sender, at: time)
        case .repeated, .uninteresting: break
        }
    }

    private func leaveOut(_ sender: FloodWatch.Sender, at time: BootTime) {
        guard floods.leftOut(sender, at: time) else { return }
        logger.warning(
            "more is advertised over Bluetooth than is written down",
            metadata: [LogKey.address: "\(sender)", LogKey.error: "what goes beyond the allowance is left out while it lasts"])
    }

    /// - Returns: false where it is lost.
    private func hand(_ origin: BluetoothFrame, _ payload: [UInt8], from index: Int) -> Bool {
        let post = adapters[index]
        guard !post.queue.isFull else {
            lose(from: index)
            return false
        }
        post.queue.add(Frame(source: post.source, origin: .mqtt(topic: origin.topic), payload: payload))
        return true
    }

    private func lose(from index: Int) {
        board.lose(1)
        let post = adapters[index]
        guard !post.isLosing else { return }
        post.isLosing = true
        logger.warning(
            "the Bluetooth adapter hears more than is stored",
            metadata: [LogKey.adapter: "\(post.name)", LogKey.error: "what it hears is lost until the rest is taken"])
        tellHealth(post)
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
        tellHealth(adapters[index])
    }

    // MARK: Telling

    private func tellHealth(_ post: AdapterPost) {
        if post.isWhole {
            guard post.isUp != true else { return }
            post.isUp = true
            handler(post.source, .connected(isResumed: true))
        } else {
            guard post.isUp != false, let complaint = post.complaint else { return }
            handOver(post)
            post.isUp = false
            handler(post.source, .disconnected(reason: "\(post.name): \(complaint)"))
        }
    }

    /// It was given up, and its adapters were told to be down.
    private func comeBack() {
        logger.notice("the Bluetooth receiver goes on")
        for (index, post) in adapters.enumerated() {
            board.note(post.health, of: index)
            post.isUp = nil
            tellHealth(post)
        }
    }

    private func handOver(_ post: AdapterPost) {
        while let frames = post.queue.next() { handler(post.source, .frames(frames, lastRead: post.queue.lastRead)) }
        guard post.isLosing, post.queue.isEmpty else { return }
        post.isLosing = false
        tellHealth(post)
    }

    private func tellHearing(at time: BootTime) {
        for post in adapters {
            guard let due = post.tellsHearingAt, due <= time, let heard = post.untoldHearing else { continue }
            post.toldHearingAt = time
            post.heardUntil = heard
            handler(post.source, .heard(until: heard))
        }
    }
}
