import Testing
import VigilCore

@testable import VigilDevices

/// Bodies that hold nothing, on a topic that a profile claims.
struct ProfileEmptyBodyTests {
    private static let records = "- topic: acme/{device}\n  each: \"[*]\"\n  facts: [{path: v, kind: steps}]"
    private static let object = "- topic: acme/{device}\n  facts: [{path: v, kind: steps}]"

    private func decode(_ messages: String, _ payload: String) throws -> Decoded {
        try ProfileText(messages: messages).decoder().decode(payload, on: "acme/m1")
    }

    @Test("where a record is wanted an empty body is a fault, and its device is alive", arguments: ["null", "\"\"", "[]", "{}"])
    func empty(payload: String) throws {
        let decoded = try decode(Self.object, payload)

        #expect(decoded.facts == [.alive])
        #expect(
            decoded.faults == [
                "the body: \(payload == "\"\"" ? "\"\"" : payload) holds nothing to read; write a message with when: and ignore: true before this one if its system sends that (p.yaml:6)"
            ])
    }

    @Test("where records are wanted an empty list is none, and nothing else may stand for it")
    func noRecords() throws {
        #expect(try decode(Self.records, "[]").faults == [])
        #expect(try decode(Self.records, "{}").faults.count == 1)
        #expect(try decode(Self.records, "null").faults.count == 1)
        #expect(try decode("- topic: acme/{device}\n  each: \"{name}\"\n  facts: [{path: v, kind: steps}]", "{}").faults == [])
    }

    @Test("a bare value that was not measured is no fault", arguments: ["null", "\"\"", "\"unknown\""])
    func bareValue(payload: String) throws {
        let decoded = try decode("- topic: acme/{device}\n  facts: [{path: [value, .], kind: steps}]", payload)

        #expect(decoded.facts == [.alive])
        #expect(decoded.faults == [])
    }

    @Test("what is told because it was sent at all is told by an empty object as well")
    func press() throws {
        let decoded = try decode("- topic: acme/{device}\n  facts: [{value: true, kind: sos}]", "{}")

        #expect(decoded.facts == [.event(.sos)])
        #expect(decoded.faults == [])
    }

    @Test("a message that is ignored may hold nothing")
    func ignored() throws {
        #expect(try decode("- {topic: \"acme/{device}\", when: {v: {exists: false}}, ignore: true}\n" + Self.object, "{}").faults == [])
    }

    @Test("a topic that is removed is nobody's word, also in a system of code")
    func removed() throws {
        let decoder = try ProfileText(messages: Self.object).decoder()
        let frame = Capture("acme/m1", "", isRetained: true).frame

        #expect(decoder.address(of: frame) == nil)
        for topic in ["zigbee2mqtt/d", "tele/d/SENSOR", "d/status/smoke:0", "application/1/device/d/event/up"] {
            let entry = try #require(DecoderRegistry().entry(forTopic: topic))
            #expect(entry.decoder.address(of: Capture(topic, "", isRetained: true).frame) == nil)
        }
    }

    @Test(
        "systems whose messages are objects refuse what is none, and an empty one shows that its device lives",
        arguments: ["zigbee2mqtt/d", "tele/d/SENSOR", "d/events/rpc", "application/1/device/d/event/up"])
    func code(topic: String) throws {
        let decoder = try #require(DecoderRegistry().entry(forTopic: topic)).decoder

        for payload in ["null", "\"\"", "[]"] {
            let failure = #expect(throws: DecodeFailure.self) { try decoder.decode(payload, on: topic) }
            #expect(failure?.reason == .unknownShape)
        }
        #expect(try decoder.decode("{}", on: topic).facts == [.alive])
    }
}
