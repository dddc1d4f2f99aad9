import Testing
import VigilCore
import VigilTesting

/// What a registered device says where its dialect has no place for it.
struct UnknownTopicTests {
    private func hear(_ topic: String, _ payload: String = "sos=true") -> [Effect] {
        var script = EngineScript()
        return script.apply(.frame(Frame(source: "home", origin: .mqtt(topic: topic), payload: Array(payload.utf8))))
    }

    @Test(
        "it is counted as not understood, and raises nothing", arguments: ["text/elsewhere/button1", "text/elsewhere/x/button1/state"])
    func registered(topic: String) {
        let effects = hear(topic)

        #expect(
            effects == [
                .undecodable(
                    TextDecoder.address("button1"),
                    DecodeFailure(.unknownTopic, "no message of the profile text has this topic; vigil decode names those that it has"))
            ])
    }

    @Test(
        "strangers, parts of names and removed messages leave no trace",
        arguments: ["text/elsewhere/pendant", "text/elsewhere/button1x"])
    func strangers(topic: String) {
        #expect(hear(topic).isEmpty)
        #expect(hear("text/elsewhere/button1", "").isEmpty)
    }
}
