import Testing
import VigilCore
import VigilIngest
import VigilTesting

/// Promise 1, faults A1 and B3: a consumer that dies at a named point, and what the broker sends its successor.
@Suite("rule 1: acknowledged means stored")
struct AcknowledgementTests {
    private static let count = 3000
    private let broker: Broker
    private let published: [String]

    init() throws {
        broker = try Broker()
        published = (1...Self.count).map { "m\($0)" }
    }

    /// Lets the victim's session begin, then fills it.
    private func victim(_ version: BrokerConfiguration.ProtocolVersion) throws -> VictimRun {
        let victim = VictimRun(broker: broker, version: version)
        _ = try victim("nowhere")
        try MQTTTestClient(broker.configuration(clientID: "sender")).publish(
            published.map { MQTTPublication(topic: "test/a", payload: Array($0.utf8)) })
        return victim
    }

    @Test(
        "killed with frames in hand that are not committed: exactly the frames that are not committed come again",
        arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func killedBeforeTheCommit(version: BrokerConfiguration.ProtocolVersion) throws {
        let victim = try victim(version)

        let first = try victim("before-commit:1000")
        let second = try victim("nowhere")

        #expect(first.wasKilled)
        #expect(first.committed.count < 1000)
        #expect(Set(first.committed).union(second.committed) == Set(published))
        // A release that the broker had not worked off when the process died is the only source of duplicates.
        let repeated = Set(first.committed).intersection(second.committed)
        #expect(repeated.isSubset(of: second.redelivered))
    }

    @Test(
        "killed between commit and acknowledgement: what comes twice is marked as a redelivery, nothing is lost",
        arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func killedBeforeTheAcknowledgement(version: BrokerConfiguration.ProtocolVersion) throws {
        let victim = try victim(version)

        let first = try victim("before-acknowledgement:500")
        let second = try victim("nowhere")

        #expect(first.wasKilled)
        let repeated = Set(first.committed).intersection(second.committed)
        #expect(!repeated.isEmpty)
        #expect(repeated.isSubset(of: second.redelivered))
        #expect(Set(first.committed).union(second.committed) == Set(published))
    }

    @Test(
        "killed after a confirmation: nothing that was confirmed comes again, nothing is lost",
        arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func killedAfterTheConfirmation(version: BrokerConfiguration.ProtocolVersion) throws {
        let victim = try victim(version)

        let first = try victim("after-confirmation:500")
        let second = try victim("nowhere")

        #expect(first.wasKilled)
        #expect(Set(first.committed.prefix(500)).isDisjoint(with: second.committed))
        #expect(Set(first.committed).union(second.committed) == Set(published))
    }

    @Test("the control, which acknowledges before it commits, loses messages: the checks above can fail")
    func acknowledgingFirstLoses() throws {
        let victim = try victim(.v5)

        let first = try victim("acknowledging-first:1000")
        let second = try victim("nowhere")

        #expect(first.wasKilled)
        #expect(Set(first.committed).union(second.committed).count < published.count)
    }

    @Test(
        "a run that nobody disturbs commits every message once and in order",
        arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func undisturbed(version: BrokerConfiguration.ProtocolVersion) throws {
        let victim = try victim(version)

        let run = try victim("nowhere")

        #expect(!run.wasKilled)
        #expect(run.committed == published)
    }
}
