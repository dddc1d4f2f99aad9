import Synchronization
import Testing
import VigilCore

@testable import VigilNotify

@Suite struct MQTTActionSenderTests {
    private final class Broker: Sendable {
        let publications = Mutex<[MQTTPublication]>([])
    }

    private let broker = Broker()
    private let acknowledgements = Acknowledgements()

    private func action(
        acknowledgement: MQTTAction.Acknowledgement? = nil, timeout: Milliseconds = Milliseconds(1), release: String? = "OFF"
    ) -> MQTTAction {
        MQTTAction(
            id: "siren", broker: "local", topic: "site/siren/set", payload: "ON", acknowledgement: acknowledgement, timeout: timeout,
            release: release)
    }

    /// - Parameter device: what the site does once it hears the publication.
    private func send(
        _ action: MQTTAction, _ purpose: Delivery.Purpose = .act, answers result: MQTTPublishResult = .acknowledged,
        device: @escaping @Sendable (Acknowledgements) -> Void = { _ in }
    ) -> DeliveryOutcome {
        let sender = MQTTActionSender(
            action: action,
            publish: { [broker, acknowledgements] publication in
                broker.publications.withLock { $0.append(publication) }
                device(acknowledgements)
                return result
            }, acknowledgements: acknowledgements)
        return sender.send(.sample(address: "siren", purpose: purpose))
    }

    @Test("what is configured is published, and what ends it at the release")
    func published() {
        #expect(send(action()) == .delivered)
        #expect(send(action(), .release) == .delivered)

        let expected = ["ON", "OFF"].map {
            MQTTPublication(broker: "local", topic: "site/siren/set", payload: Array($0.utf8), qos: .atLeastOnce)
        }
        #expect(broker.publications.withLock { $0 } == expected)
    }

    @Test(
        "a broker that is away or refuses is tried again: its access list may be mended",
        arguments: [.unreachable("not connected"), .refused("not authorised")] as [MQTTPublishResult])
    func unreachable(result: MQTTPublishResult) {
        #expect(Verdict(send(action(), answers: result)) == .retryable)
    }

    @Test("where an acknowledgement is set only that is done")
    func acknowledged() {
        let acknowledged = action(acknowledgement: .init(topic: "site/siren"), timeout: .seconds(20))

        let outcome = send(acknowledged) { $0.take(topic: "site/siren", payload: Array("ON".utf8), on: "local") }

        #expect(outcome == .delivered)
    }

    @Test(
        "silence, another topic, another broker and another word are no acknowledgement",
        arguments: [nil, ("site/siren/x", "shut", "local"), ("site/siren", "shut", "other"), ("site/siren", "open", "local")]
            as [(String, String, SourceID)?])
    func unacknowledged(said: (topic: String, payload: String, broker: SourceID)?) {
        let outcome = send(action(acknowledgement: .init(topic: "site/siren", payload: "shut"))) { acknowledgements in
            if let said { acknowledgements.take(topic: said.topic, payload: Array(said.payload.utf8), on: said.broker) }
        }

        #expect(outcome == .retryable(reason: "not acknowledged on site/siren within 1ms", after: nil, cause: .timeout))
    }

    @Test(
        "a device that tells its whole state is acknowledged by the part that says it",
        arguments: [(#"{"battery":90,"state":"CLOSE"}"#, true), (#"{"battery":90,"state":"OPEN"}"#, false)])
    func part(payload: String, isGiven: Bool) {
        let acknowledgement = MQTTAction.Acknowledgement(topic: "valve", part: #""state":"CLOSE""#)

        #expect(acknowledgement.isGiven(by: "valve", Array(payload.utf8)) == isGiven)
    }

    @Test("an acknowledgement that came before the action is none")
    func early() {
        acknowledgements.take(topic: "site/siren", payload: [], on: "local")

        #expect(Verdict(send(action(acknowledgement: .init(topic: "site/siren")))) == .retryable)
    }

    @Test("the release is not acknowledged, and one that is configured no more is given up")
    func release() {
        #expect(send(action(acknowledgement: .init(topic: "site/siren")), .release) == .delivered)
        #expect(Verdict(send(action(release: nil), .release)) == .permanent)
    }
}
