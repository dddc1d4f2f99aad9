import Testing
import VigilCore

@testable import VigilNotify

@Suite struct MQTTRepliesTests {
    private let replies = MQTTReplies(broker: nil, base: "vigil/alerts", tokens: ChannelServices.sampleTokens)
    private let token = ChannelServices.sampleTokens.make(alert: "fall-r0042-7", contact: "c-wang")

    private func parse(_ payload: String, topic: String = "vigil/alerts/fall-r0042-7/accept") -> ReplyReading? {
        replies.parse(topic: topic, payload: Array(payload.utf8))
    }

    @Test("it listens where integrators are told to publish")
    func filter() {
        #expect(replies.filter == "vigil/alerts/+/accept")
    }

    @Test("a token of another alert or another person is forged")
    func forged() {
        #expect(parse(#"{"contact":"c-li","token":"\#(token)"}"#) == .forged)
        #expect(parse(#"{"contact":"c-wang","token":"\#(token)"}"#, topic: "vigil/alerts/fall-r0042-8/accept") == .forged)
        #expect(parse(#"{"contact":"c-wang","token":""}"#) == .forged)
    }

    @Test(
        "what is no acceptance is garbage",
        arguments: [
            "", "accept", "[]", "{}", #"{"contact":"c-wang"}"#, #"{"contact":7,"token":"x"}"#, #"{"contact":"c","token":"x"}}"#,
        ])
    func garbage(payload: String) {
        #expect(parse(payload) == .garbage)
    }

    @Test("a payload that is too large, too deep or no text is garbage")
    func hostile() {
        #expect(parse(#"{"contact":"\#(String(repeating: "a", count: 5000))","token":"x"}"#) == .garbage)
        #expect(parse(String(repeating: "[", count: 4000)) == .garbage)
        #expect(replies.parse(topic: "vigil/alerts/a/accept", payload: [0xff, 0xfe, 0x00]) == .garbage)
    }

    @Test(
        "other topics are none of its business",
        arguments: [
            "vigil/alerts/desk/fall-r0042-7", "vigil/alerts/accept", "vigil/alerts//accept", "vigil/alerts/a/b/accept",
            "other/a/accept", "",
        ])
    func otherTopics(topic: String) {
        #expect(parse(#"{"contact":"c-wang","token":"\#(token)"}"#, topic: topic) == nil)
    }
}
