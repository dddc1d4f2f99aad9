public import Logging
import VigilCore

/// Listens to Bluetooth devices by one or several adapters and hands over what they say.
///
/// The door is `MQTTSource`'s: frames are numbered and handed over as soon as they are read; `hold()` is answered with `.held`, and nothing
/// is handed over until `release()`. The adapters are served meanwhile, and what they hear waits: a radio that nobody reads loses what it
/// hears. Nothing is acknowledged to whoever advertises, so what a crash swallows is heard again only as long as it is repeated.
///
/// Advertisements get the topic `ble/<address>/advertisement` (`BluetoothFrame`); what is only repeated makes no second frame
/// (`HeardAdvertisements`), and what nobody asked for makes none (`BluetoothInterest`). Bound devices are connected to where they measure
/// something, and what they measure gets the topic `ble/<address>/<characteristic>` (`GATTDesk`). Adapters stand in for each other: the source is
/// connected while one of them hears, so all of them belong within reach of the same devices. It has heard everything as far as somebody was
/// heard last; an adapter that hears nobody any more is `AdapterHealth`'s business.
public final class BluetoothSource: Sendable {
    enum Order: Sendable {
        case hold, release, readOn, stop
        case listen(BluetoothInterest, [BoundBluetoothDevice])
    }

    private let configuration: BluetoothReceiverConfiguration
    private let now: @Sendable () -> BootTime
    private let handler: @Sendable (SourceEvent) -> Void
    private let logger: Logger
    private let mailbox = Mailbox<Order>()
    private let worker = Worker()
    private let board: BluetoothBoard

    /// - Parameters:
    ///   - interest: what becomes frames, until `listen` says otherwise.
    ///   - bound: whom to connect to, until `listen` says otherwise.
    ///   - handler: called on the source's own thread, in order. It must return soon, and may call everything but `stop`.
    public convenience init(
        configuration: BluetoothReceiverConfiguration, interest: BluetoothInterest, connectingTo bound: [BoundBluetoothDevice] = [],
        handler: @escaping @Sendable (SourceEvent) -> Void, logger: Logger
    ) {
        self.init(configuration: configuration, now: { BootTime.now() }, handler: handler, logger: logger)
        listen(for: interest, connectingTo: bound)
    }

    /// Hears nothing and connects to nobody until `listen`.
    ///
    /// - Parameter now: the boot clock; after it was moved the thread looks at it when it next has something to do.
    init(
        configuration: BluetoothReceiverConfiguration, now: @escaping @Sendable () -> BootTime,
        handler: @escaping @Sendable (SourceEvent) -> Void, logger: Logger
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

    /// Starts listening. A source is started once.
    public func start() {
        worker.start(name: "ble-\(configuration.id)") { [configuration, mailbox, board, now, handler, logger] in
            BluetoothLoop(configuration, mailbox: mailbox, board: board, now: now, handler: handler, logger: logger).run()
        }
    }

    /// Says what becomes frames from now on, and whom to connect to.
    public func listen(for interest: BluetoothInterest, connectingTo bound: [BoundBluetoothDevice] = []) {
        mailbox.post(.listen(interest, bound))
    }

    /// What is heard, and how well. Safe to be asked from any thread, cheap enough for once a second.
    public var status: BluetoothStatus { board.status }

    /// Asks the thread to hand nothing over; it answers with `.held`, after its last `.frames`.
    public func hold() { mailbox.post(.hold) }

    /// Everything up to the `.held` answer is durable: hand over what waits, and read on. Without a hold before it, it is refused.
    public func release() { mailbox.post(.release) }

    /// Ends a hold although nothing can be stored: what comes must be heard all the same.
    public func readOn() { mailbox.post(.readOn) }

    /// Ends the thread and waits for it. Not to be called from the handler.
    public func stop() {
        mailbox.post(.stop)
        worker.join()
    }
}

extension BluetoothSource: HeldSource {}
