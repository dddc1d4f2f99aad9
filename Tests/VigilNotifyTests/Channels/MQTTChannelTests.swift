import Foundation
import Synchronization
import Testing
import VigilCore
import VigilTesting

@testable import VigilNotify

@Suite struct MQTTChannelTests {
    private final class Broker: Sendable {
        let publications = Mutex<[MQTTPublication]>([])
    }

    private func channel(_ broker: Broker = Broker(), answers result: MQTTPublishResult = .acknowledged) -> MQTTChannel {
        let services = ChannelServices.sample { publication in
            broker.publications.withLock { $0.append(publication) }
            return result
        }
        return MQTTChannel(broker: "local", base: "vigil/alerts", services: services)
    }

    @Test("an alert is published under contact and id, as the documented document")
    func published() throws {
        let broker = Broker()

        #expect(channel(broker).send(.sample(address: "desk/north")) == .delivered)

        let publication = try #require(broker.publications.withLock { $0.first })
        #expect(publication.broker == "local")
        #expect(publication.topic == "vigil/alerts/desk/north/fall-r0042-7")
        let document = try JSONDecoder().decode(ReceiverLine.Document.self, from: Data(publication.payload))
        #expect(document.type == "alert.notify")
        #expect(document.data.accept?.contact == "c-wang")
    }

    @Test(
        "only a PUBACK counts as delivered",
        arguments: [
            (.acknowledged, .delivered), (.unreachable("not connected"), .retryable), (.refused("not authorised"), .permanent),
        ] as [(MQTTPublishResult, Verdict)])
    func verdict(result: MQTTPublishResult, expected: Verdict) {
        #expect(Verdict(channel(answers: result).send(.sample(address: "desk"))) == expected)
    }

    @Test("nothing is published to a topic that is none", arguments: ["", "#", "a/+/b", "a//b", "/a", "a\u{0}b"])
    func addressFault(address: String) {
        let broker = Broker()

        #expect(Verdict(channel(broker).send(.sample(address: address))) == .permanent)
        #expect(broker.publications.withLock { $0.isEmpty })
        #expect(MQTTChannel.addressFault(address) != nil)
    }

    @Test("what was published can be accepted as it says")
    func wayBack() throws {
        let broker = Broker()
        #expect(channel(broker).send(.sample(address: "desk")) == .delivered)
        let publication = try #require(broker.publications.withLock { $0.first })
        let accept = try #require(try JSONDecoder().decode(ReceiverLine.Document.self, from: Data(publication.payload)).data.accept)
        let payload = #"{"contact":"\#(accept.contact)","token":"\#(accept.token)"}"#

        let replies = MQTTReplies(broker: nil, base: "vigil/alerts", tokens: ChannelServices.sampleTokens)
        let reading = replies.parse(topic: "vigil/alerts/\(accept.alert)/accept", payload: Array(payload.utf8))

        #expect(reading == .reply(Reply(.accept, alert: "fall-r0042-7", contact: "c-wang", via: "mqtt")))
    }
}
