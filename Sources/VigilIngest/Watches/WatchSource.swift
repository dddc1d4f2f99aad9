public import Logging
import VigilCore

/// Listens for GPS watches of the "3G" protocol and hands over what they say, answering nothing before it is told to.
///
/// The door is `MQTTSource`'s: frames are numbered and handed over as soon as they are read; `hold()` stops the reading and is answered with
/// `.held`, and `release()` writes the answers to everything before it. A watch repeats an alarm until it is answered, so one that a crash
/// swallowed comes again. `readOn()` answers nothing but heartbeats from then on, until the next hold: nothing can be stored, and a watch
/// whose heartbeats nobody answers says nothing else.
///
/// Each frame gets the topic `3g-watch/<id>`, by the id that the watch gives itself. Nobody proves that id.
public final class WatchSource: Sendable {
    enum Order: Sendable {
        case hold, release, readOn, stop
    }

    private let configuration: WatchListenerConfiguration
    private let handler: @Sendable (SourceEvent) -> Void
    private let logger: Logger
    private let mailbox = Mailbox<Order>()
    private let worker = Worker()

    /// - Parameter handler: called on the source's own thread, in order. It must return soon, and may call everything but `stop`.
    public init(
        configuration: WatchListenerConfiguration, handler: @escaping @Sendable (SourceEvent) -> Void, logger: Logger
    ) {
        var logger = logger
        logger[metadataKey: LogKey.sourceID] = "\(configuration.id)"
        self.configuration = configuration
        self.handler = handler
        self.logger = logger
    }

    deinit { mailbox.post(.stop) }

    /// Starts listening. A source is started once.
    public func start() {
        worker.start(name: "watch-\(configuration.id)") { [configuration, mailbox, handler, logger] in
            WatchLoop(configuration, mailbox: mailbox, handler: handler, logger: logger).run()
        }
    }

    /// Asks the thread to stop reading; it answers with `.held`, after its last `.frames`.
    public func hold() { mailbox.post(.hold) }

    /// Everything up to the `.held` answer is durable: answer it and read on. Without a hold before it, it is refused.
    public func release() { mailbox.post(.release) }

    /// Ends a hold with nothing answered: nothing can be stored, and what comes must be heard all the same.
    public func readOn() { mailbox.post(.readOn) }

    /// Ends the thread and waits for it. What is not released stays unanswered. Not to be called from the handler.
    public func stop() {
        mailbox.post(.stop)
        worker.join()
    }
}
