import Glibc
import Logging
import VigilCore

/// The thread of a `WatchSource`: accepts, reads, hands over, answers when told to, and closes what is silent.
final class WatchLoop {
    private static let topicPrefix = "3g-watch/"
    /// A batch is handed over when it has this many frames: an alarm in it must not wait for the rest.
    private static let batchLimit = 256
    /// Unreleased frames in bytes, bookkeeping included, above which reading pauses: memory stays bounded whatever comes.
    private static let unreleasedLimit = 8 * 1024 * 1024
    private static let frameOverhead = 256
    /// How often it is told that everything was heard.
    private static let hearingEvery = Milliseconds.seconds(10)

    private let configuration: WatchListenerConfiguration
    private let mailbox: Mailbox<WatchSource.Order>
    private let handler: @Sendable (SourceEvent) -> Void
    private let logger: Logger

    private var listener: StreamSocket?
    private var connections: [WatchConnection] = []
    private var buffer = [UInt8](repeating: 0, count: 16 * 1024)

    private var isStopping = false
    private var isHeld = false
    /// Nothing that is read will be released.
    private var isUnreleased = false
    private var batch: [Frame] = []
    private var lastRead: UInt64 = 0
    private var released: UInt64 = 0
    private var unreleasedBytes = 0
    private var nextTryAt = BootTime.now()
    private var acceptsFrom = BootTime.now()
    private var heardAt: BootTime?
    private var fault: String?

    init(
        _ configuration: WatchListenerConfiguration, mailbox: Mailbox<WatchSource.Order>,
        handler: @escaping @Sendable (SourceEvent) -> Void, logger: Logger
    ) {
        self.configuration = configuration
        self.mailbox = mailbox
        self.handler = handler
        self.logger = logger
    }

    func run() {
        while true {
            obey()
            if isStopping { return }
            listenIfDue()
            let time = BootTime.now()
            let ready = wait(until: nextDeadline(after: time))
            // Whatever arrived before this was there to be read.
            let isDrained = serve(ready, at: BootTime.now())
            if isDrained { tellHearing(until: time) }
            closeSilent(at: BootTime.now())
        }
    }

    private var mayRead: Bool { !isHeld && unreleasedBytes < Self.unreleasedLimit }

    // MARK: Orders

    private func obey() {
        for order in mailbox.take() {
            switch order {
            case .hold:
                isHeld = true
                isUnreleased = false
                handler(.held(lastRead: lastRead))
            case .release: release()
            case .readOn:
                isHeld = false
                isUnreleased = true
                unreleasedBytes = 0
                for connection in connections { connection.forget() }
            case .stop: isStopping = true
            }
        }
    }

    private func release() {
        guard isHeld else {
            logger.error("release without a hold was refused", metadata: [LogKey.error: "frames may have been read meanwhile"])
            return
        }
        isHeld = false
        unreleasedBytes = 0
        for connection in connections { connection.release() }
        connections.removeAll { !flush($0) }
        // Whether the watch got it only the watch knows: it says again what it holds to be unanswered.
        guard lastRead > released else { return }
        released = lastRead
        handler(.confirmed(upTo: released))
    }

    // MARK: The listener

    private func listenIfDue() {
        guard listener == nil, BootTime.now() >= nextTryAt else { return }
        do {
            listener = try StreamSocket.listening(on: configuration.address)
            fault = nil
            logger.notice("listening for watches", metadata: [LogKey.address: "\(configuration.address)"])
            handler(.connected(isResumed: true))
        } catch {
            nextTryAt = BootTime.now() + configuration.retryEvery
            guard fault != error.words else { return }
            fault = error.words
            logger.warning("cannot listen for watches", metadata: [LogKey.error: "\(error.words)"])
            handler(.disconnected(reason: error.words))
        }
    }

    private func accept(at time: BootTime) {
        while let listener {
            switch listener.accept() {
            case .nobody: return
            case .exhausted(let code):
                acceptsFrom = time + configuration.retryEvery
                logger.warning(
                    "a watch could not be served", metadata: [LogKey.error: "\(String(cString: strerror(code)))"])
                return
            case .connection(let socket):
                if connections.count >= configuration.maximumConnections { makeRoom() }
                connections.append(WatchConnection(socket, at: time))
            }
        }
    }

    private func makeRoom() {
        guard let index = connections.indices.min(by: { connections[$0].isLesser(than: connections[$1]) }) else { return }
        end(connections.remove(at: index), "more watches than max_connections")
    }

    // MARK: Reading

    /// What poll() found: whether somebody knocks, and which connections have something.
    private struct Ready {
        var knocks = false
        var connections: [WatchConnection] = []
        var writable: [WatchConnection] = []
    }

    private func nextDeadline(after time: BootTime) -> BootTime {
        var deadline = heardAt.map { $0 + Self.hearingEvery } ?? time
        if listener == nil { deadline = min(deadline, nextTryAt) }
        if acceptsFrom > time { deadline = min(deadline, acceptsFrom) }
        if mayRead {
            for connection in connections { deadline = min(deadline, connection.deadline(configuration)) }
        }
        return max(deadline, time)
    }

    private func wait(until deadline: BootTime) -> Ready {
        let time = BootTime.now()
        let accepts = listener != nil && acceptsFrom <= time
        var polls = [pollfd(fd: mailbox.doorbell.descriptor, events: Int16(POLLIN), revents: 0)]
        polls.append(pollfd(fd: accepts ? listener?.descriptor ?? -1 : -1, events: Int16(POLLIN), revents: 0))
        for connection in connections {
            let events = (mayRead ? POLLIN : 0) | (connection.wantsWrite ? POLLOUT : 0)
            // One that nothing is wanted of would be reported again and again once it is hung up.
            let descriptor = events == 0 ? -1 : connection.socket.descriptor
            polls.append(pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: events), revents: 0))
        }
        let length = Int32(clamping: max(0, deadline.rawValue &- time.rawValue))
        guard poll(&polls, nfds_t(polls.count), length) > 0 else { return Ready() }
        var ready = Ready(knocks: polls[1].revents != 0)
        for (connection, found) in zip(connections, polls.dropFirst(2)) where found.revents != 0 {
            let isFinal = Int32(found.revents) & (POLLERR | POLLHUP | POLLNVAL) != 0
            if mayRead && (isFinal || Int32(found.revents) & POLLIN != 0) { ready.connections.append(connection) }
            if Int32(found.revents) & POLLOUT != 0 { ready.writable.append(connection) }
        }
        return ready
    }

    /// Returns whether nothing is left to be read.
    private func serve(_ ready: Ready, at time: BootTime) -> Bool {
        if ready.knocks { accept(at: time) }
        for connection in ready.writable where !flush(connection) { drop(connection) }
        var isDrained = mayRead
        for connection in ready.connections {
            guard mayRead else {
                isDrained = false
                break
            }
            switch connection.socket.receive(into: &buffer) {
            case .nothing: break
            case .ended: drop(connection)
            case .bytes(let count):
                // What does not fit waits for the next round: one watch must not keep the others from being heard.
                if count == buffer.count { isDrained = false }
                connection.take(buffer[..<count], at: time, promises: !isUnreleased, note)
                if !flush(connection) { drop(connection) }
            }
        }
        handOver()
        return isDrained
    }

    private func note(_ id: String, _ frame: [UInt8]) {
        batch.append(Frame(source: configuration.id, origin: .mqtt(topic: Self.topicPrefix + id), payload: frame))
        lastRead += 1
        if !isUnreleased { unreleasedBytes += frame.count + Self.frameOverhead }
        if batch.count >= Self.batchLimit { handOver() }
    }

    private func handOver() {
        guard !batch.isEmpty else { return }
        let frames = batch
        batch = []
        handler(.frames(frames, lastRead: lastRead))
    }

    private func tellHearing(until time: BootTime) {
        guard listener != nil, heardAt.map({ time >= $0 + Self.hearingEvery }) ?? true else { return }
        heardAt = time
        handler(.heard(until: time))
    }

    // MARK: Ends

    private func flush(_ connection: WatchConnection) -> Bool {
        guard connection.wantsWrite else { return true }
        return connection.flush()
    }

    private func closeSilent(at time: BootTime) {
        // Nobody was read while it was held: who is silent then is not known.
        guard mayRead else { return }
        for connection in connections where connection.deadline(configuration) <= time {
            end(connection, connection.hasSpoken ? "silent for too long" : "it said nothing that a watch says")
            connections.removeAll { $0 === connection }
        }
    }

    private func drop(_ connection: WatchConnection) {
        end(connection, "closed by the watch")
        connections.removeAll { $0 === connection }
    }

    private func end(_ connection: WatchConnection, _ reason: String) {
        logger.debug(
            "a watch's connection ended",
            metadata: [LogKey.error: "\(reason)", LogKey.bytesSkipped: "\(connection.skipped)"])
        if connection.skipped > 0 && !connection.hasSpoken {
            logger.info("whoever connected is no watch", metadata: [LogKey.bytesSkipped: "\(connection.skipped)"])
        }
    }
}
