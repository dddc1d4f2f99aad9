import Logging
public import VigilCore
public import VigilIngest

/// A device or a person at the other side of a broker: publishes with acknowledgement, and collects what it subscribed to.
public final class MQTTTestClient: Sendable {
    private struct Inbox {
        var isConnected = false
        var reason: String?
        var heard: [Frame] = []
    }

    private let state: WatchedState<Inbox>
    private let publisher: MQTTPublisher

    /// Connects and returns when the broker has answered and granted the subscriptions.
    public init(
        _ configuration: BrokerConfiguration, subscriptions: [String] = [], will: Will? = nil
    ) throws {
        var configuration = configuration
        configuration.subscriptions = subscriptions
        let state = WatchedState(Inbox())
        self.state = state
        publisher = MQTTPublisher(
            configuration: configuration, will: will,
            handler: { event in
                state.update { inbox in
                    switch event {
                    case .connected: inbox.isConnected = true
                    case .disconnected(let reason): inbox.reason = reason
                    case .message(let frame): inbox.heard.append(frame)
                    }
                }
            }, logger: Logger(label: "test-client") { _ in SwiftLogNoOpLogHandler() })
        publisher.start()
        guard state.wait(for: \.isConnected) else {
            publisher.stop()
            throw Broker.LaunchFailure(description: "no connection: \(state.value.reason ?? "no answer")")
        }
    }

    deinit { publisher.stop() }

    /// Publishes and waits for every acknowledgement; throws unless all came.
    public func publish(_ publications: [MQTTPublication]) throws {
        for outcome in publisher.publish(publications, timeout: .seconds(30)) {
            guard outcome == .published || outcome == .publishedToNobody else {
                throw Broker.LaunchFailure(description: "not published: \(outcome)")
            }
        }
    }

    /// Publishes one text and waits for the acknowledgement.
    public func publish(_ topic: String, _ text: String, isRetained: Bool = false) throws {
        try publish([MQTTPublication(topic: topic, payload: Array(text.utf8), isRetained: isRetained)])
    }

    /// What was heard so far.
    public var heard: [Frame] { state.value.heard }

    /// Waits until so many things that were heard fit; false when they did not in time.
    public func heard(times count: Int, where fits: @Sendable (Frame) -> Bool) -> Bool {
        state.wait(for: { $0.heard.filter(fits).count >= count })
    }

    /// Waits until something that was heard fits; nil when nothing did in time.
    public func firstHeard(where fits: @Sendable (Frame) -> Bool) -> Frame? {
        guard state.wait(for: { $0.heard.contains(where: fits) }) else { return nil }
        return state.value.heard.first(where: fits)
    }
}
