import Testing
import VigilCore
import VigilTesting

struct EffectEncodingTests {
    @Test("a finding is one line that names its effect")
    func findingLine() throws {
        var script = EngineScript()

        let line = try EffectLines.text(script.say("button1", "sos=true").filter { $0.name == "finding" })

        #expect(line.hasPrefix(#"{"alertClass":"life","cancelWindow":0,"change":"occurred","effect":"finding","#))
        #expect(line.contains(#""subject":"resident:r1""#))
    }

    @Test("an alert's line has its fields and what happened to it")
    func alertLine() throws {
        var script = EngineScript()

        let line = try EffectLines.line(try #require(script.say("button1", "sos=true").first { $0.name == "alert" }))

        #expect(line.contains(#""effect":"alert""#))
        #expect(line.contains(#""id":"sos-r1-1""#))
        #expect(line.contains(#""entry":{"alert":"sos-r1-1""#))
    }

    @Test("an answer says done, or why not in English: a replay is for programs")
    func replyLine() throws {
        let done = Effect.reply(CommandReply(command: "c1", verdict: .done))
        let recorded = Effect.reply(CommandReply(command: "c3", verdict: .recorded(LocalizedText(zh: "记", en: "noted"))))
        let refused = Effect.reply(CommandReply(command: "c2", verdict: .refused(LocalizedText(zh: "不", en: "no"))))

        #expect(try EffectLines.line(done) == #"{"command":"c1","effect":"reply"}"#)
        #expect(try EffectLines.line(refused) == #"{"command":"c2","effect":"reply","refused":"no"}"#)
        #expect(try EffectLines.line(recorded) == #"{"command":"c3","effect":"reply","recorded":"noted"}"#)
    }

    @Test("what could not be read names device and reason")
    func faultLines() throws {
        let device = TextDecoder.address("x")

        #expect(
            try EffectLines.line(.undecodable(device, DecodeFailure(.malformed, "why")))
                == #"{"detail":"why","device":"text:x","effect":"undecodable","reason":"malformed"}"#)
        #expect(try EffectLines.line(.fault(device, "why")) == #"{"detail":"why","device":"text:x","effect":"fault"}"#)
        #expect(try EffectLines.line(.unclaimed(device)) == #"{"device":"text:x","effect":"unclaimed"}"#)
        #expect(
            try EffectLines.line(.unclaimed(device, speaksForOthers: true))
                == #"{"device":"text:x","effect":"unclaimed","speaks_for_others":true}"#)
        let announcement = Announcement(topic: "t/config", address: device, readings: [])
        #expect(
            try EffectLines.line(.announcement(.made(announcement)))
                == #"{"detail":"t/config","device":"text:x","effect":"announcement"}"#)
        #expect(try EffectLines.line(.announcement(.withdrawn(topic: "t/config"))) == #"{"detail":"t/config","effect":"announcement"}"#)
    }
}
