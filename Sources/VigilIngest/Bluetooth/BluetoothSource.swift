public import Logging
public import VigilCore

/// Listens to Bluetooth devices by one or several adapters and hands over what they say.
///
/// The door is `MQTTSource`'s: frames are numbered and handed over as soon as they are read; `hold()` is answered with `.held`, and nothing
/// is handed over until `release()`. The adapters are served meanwhile, and what they hear waits: a radio that nobody reads loses what it
/// hears. Nothing is acknowledged to whoever advertises, so what a crash swallows is heard again only as long as it is repeated.
///
/// Advertisements get the topic `ble/<address>/advertisement` (`BluetoothFrame`); what is only repeated makes no second frame
/// (`HeardAdvertisements`), and what nobody asked for makes none (`BluetoothInterest`). Bound devices are connected to where they measure
/// something, and what they measure gets the topic `ble/<address>/<characteristic>` (`GATTDesk`).
///
/// To whoever stands behind the door each adapter is a source of its own: with its numbers, its holds and its health, so that one that fails
/// is known to have failed, whatever others hear. It has heard everything as far as it heard somebody last; one that hears nobody any more is
/// `AdapterHealth`'s business. What is lost because nobody takes it is as if it had not been heard: until the rest is taken the adapter is told to
/// be down.
public final class BluetoothSource: Sendable {
    enum Order: Sendable {
        case hold(SourceID)
        case release(SourceID)
        case readOn(SourceID)
        case stop
        /// Says that the thread takes its orders.
        case answer
        case listen(BluetoothInterest, [BoundBluetoothDevice])
    }

    private let configuration: BluetoothReceiverConfiguration
    private let now: @Sendable () -> BootTime
    private let handler: @Sendable (SourceID, SourceEvent) -> Void
    private let logger: Logger
    private let mailbox = Mailbox<Order>()
    private let worker = Worker()
    private let lifeSign = LifeSign()
    private let board: BluetoothBoard

    /// - Parameters:
    ///   - interest: what becomes frames, until `listen` says otherwise.
    ///   - bound: whom to connect to, until `listen` says otherwise.
    ///   - handler: called in order with the adapter's source, on the receiver's own thread; on that of `lookAfter` where this one stands still.
    ///     It must return soon, and may call everything but `stop` and `lookAfter`.
    public convenience init(
        configuration: BluetoothReceiverConfiguration, interest: BluetoothInterest, connectingTo bound: [BoundBluetoothDevice] = [],
        handler: @escaping @Sendable (SourceID, SourceEvent) -> Void, logger: Logger
    ) {
        self.init(configuration: configuration, now: { BootTime.now() }, handler: handler, logger: logger)
        listen(for: interest, connectingTo: bound)
    }

    /// Hears nothing and connects to nobody until `listen`.
    ///
    /// - Parameter now: the boot clock; after it was moved the thread looks at it when it next has something to do.
    init(
        configuration: BluetoothReceiverConfiguration, now: @escaping @Sendable () -> BootTime,
        handler: @escaping @Sendable (SourceID, SourceEvent) -> Void, logger: Logger
    ) {
        var logger = logger
        logger[metadataKey: LogKey.sourceID] = "\(configuration.id)"
        self.configuration = configuration
        self.now = now
        self.handler = handler
        self.logger = logger
        board = BluetoothBoard(adapters: configuration.adapters.map(\.description), at: now())
    }

    deinit { mailbox.post(.stop) }

    /// Starts listening. A receiver is started once.
    public func start() {
        worker.start(name: "ble-\(configuration.id)") { [configuration, mailbox, lifeSign, board, now, handler, logger] in
            BluetoothLoop(
                configuration, mailbox: mailbox, lifeSign: lifeSign, board: board, now: now, handler: handler, logger: logger
            ).run()
        }
    }

    /// Says what becomes frames from now on, and whom to connect to.
    public func listen(for interest: BluetoothInterest, connectingTo bound: [BoundBluetoothDevice] = []) {
        mailbox.post(.listen(interest, bound))
    }

    /// What is heard, and how well. Safe to be asked from any thread, cheap enough for once a second.
    public var status: BluetoothStatus { board.status }

    /// Asks the thread to hand over nothing of an adapter; it answers with `.held`, after its last `.frames`.
    public func hold(_ source: SourceID) { mailbox.post(.hold(source)) }

    /// Everything up to the `.held` answer is durable: hand over what waits, and read on. Without a hold before it, it is refused.
    public func release(_ source: SourceID) { mailbox.post(.release(source)) }

    /// Ends a hold although nothing can be stored: what comes must be heard all the same.
    public func readOn(_ source: SourceID) { mailbox.post(.readOn(source)) }

    /// Asks the thread for a sign of life; to be called every few seconds. One that gave none for `LifeSign.patience` hears nothing: its adapters
    /// are told to be down until it does.
    ///
    /// A kernel that breaks takes the thread that called it along, and the process lives on. It is not ended for that, since its end would wait for the
    /// same kernel, and with it everything that is still heard.
    public func lookAfter() {
        let time = now()
        lifeSign.look(at: time, ask: { mailbox.post(.answer) }) {
            logger.error("the Bluetooth receiver stands still", metadata: [LogKey.error: "\(Self.standsStill)"])
            board.standsStill(Self.standsStill, at: time)
            for source in configuration.sources { handler(source, .disconnected(reason: Self.standsStill)) }
        }
    }

    private static let standsStill =
        "the receiver's thread stands still, maybe in a kernel that broke (dmesg): systemctl restart vigil, and if that does not help, restart the box"

    /// Ends the thread and waits for it, unless it stands still. Not to be called from the handler.
    public func stop() {
        mailbox.post(.stop)
        worker.join(within: .seconds(5))
    }
}
