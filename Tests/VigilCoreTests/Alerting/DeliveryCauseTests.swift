import Foundation
import Testing
import VigilCore
import VigilTesting

/// Why a message did not arrive stands in the alert's story in one word of a closed list.
struct DeliveryCauseTests {
    private func lastFailure(_ outcome: DeliveryOutcome) throws -> String {
        var script = EngineScript()
        script.say("button1", "sos=true")
        let delivery = try #require(script.deliveries.first { $0.state == .sending })
        script.settle(delivery.id, outcome)
        return try #require(script.effects.entries.last { $0.event == .delivery_failed }?.detail)
    }

    @Test("a failed attempt says its cause, and nothing of the channel's own words")
    func cause() throws {
        let retried = try lastFailure(.retryable(reason: "https://10.0.0.1 did not answer Wang Lan", after: nil, cause: .timeout))
        let given = try lastFailure(.permanent(reason: "https://10.0.0.1 answered 404", cause: .http4xx))

        #expect(retried.hasSuffix("attempt=1 retrying cause=timeout"))
        #expect(given.hasSuffix("attempt=1 permanent cause=http_4xx"))
        #expect(!retried.contains("10.0.0.1") && !given.contains("10.0.0.1"))
    }

    @Test("what a journal of before holds has no cause, and reads as it did")
    func before() throws {
        let old = try JSONDecoder().decode(DeliveryOutcome.self, from: Data(#"{"retryable":{"reason":"x"}}"#.utf8))

        #expect(old == .retryable(reason: "x", after: nil))
        #expect(try lastFailure(old).hasSuffix("attempt=1 retrying"))
    }

    @Test("a worker that does not answer within its lease is a timeout")
    func lease() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")

        script.wait(.seconds(31))

        let failure = try #require(script.effects.entries.first { $0.event == .delivery_failed }?.detail)
        #expect(failure.hasSuffix("cause=timeout"))
    }
}
