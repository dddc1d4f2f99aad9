import Logging
import VigilCore
import VigilIngest

/// One broker with its two sessions: the durable one, and the spare that listens while nothing can be stored.
final class BrokerSource: FrameSource {
    private let id: SourceID
    private let window: Int
    private let durable: MQTTSource
    private let spare: MQTTSource

    init(configuration: BrokerConfiguration, inbox: Inbox, readiness: ReadinessBoard, logger: Logger) {
        id = configuration.id
        window = configuration.inFlightWindow
        let id = id
        durable = MQTTSource(
            configuration: configuration,
            handler: { event in
                readiness.take(event, of: id)
                inbox.put(.source(id, isSpare: false, event))
            }, logger: logger)
        var transient = configuration
        transient.session = .transient
        spare = MQTTSource(
            configuration: transient,
            handler: { event in
                // In a life that records nothing it may be the only one that ever stands.
                if case .connected = event { readiness.connected(id) }
                inbox.put(.source(id, isSpare: true, event))
            }, logger: logger)
    }

    var handles: [SourceHandle] {
        [
            SourceHandle(
                id: id, window: window, hold: durable.hold, release: durable.release, readOn: durable.readOn,
                refuse: { [durable] in durable.refuse(reconnecting: false) }, resume: durable.reconnect,
                openSpare: { [spare] in
                    spare.start()
                    spare.reconnect()
                }, closeSpare: { [spare] in spare.refuse(reconnecting: false) })
        ]
    }

    func start() { durable.start() }

    func stop() {
        durable.stop()
        spare.stop()
    }
}
