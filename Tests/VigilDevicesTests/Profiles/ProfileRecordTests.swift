import Testing
import VigilCore

@testable import VigilDevices

/// Whose a record is, and what it may read of what stands around it.
struct ProfileRecordTests {
    @Test("what stands around a record is looked for in the nearest object, and farther out where that has none")
    func around() throws {
        let decoder = try ProfileText(
            messages: """
                - topic: acme/up
                  each: houses[*].rooms.{room}
                  device: "{$.id}/{room}"
                  time: $.at.ts
                  facts: [{path: [hr, .], kind: heart_rate_bpm, when: {$.kind: bed}}]
                """
        ).decoder()
        let body = #"""
            {"id":"out","kind":"bed","at":{"ts":1763800000},"houses":[
              {"id":"h1","rooms":{"a":{"hr":60},"b":61,"c":null,"d":true}},
              {"rooms":{"a":{"hr":62}}},
              {"id":7,"kind":"sofa","rooms":{"a":{"hr":63}}},
              {"id":"h4","at":{"ts":1763800005},"rooms":{"id":{"hr":64}}}]}
            """#

        let decoded = try decoder.decode(body, on: "acme/up")

        #expect(
            decoded.facts(of: "up") == [
                "h1/a heart_rate_bpm 60.0", "h1/b heart_rate_bpm 61.0", "h1/d device_alive true", "out/a heart_rate_bpm 62.0",
                "7/a device_alive true", "up device_alive true",
            ])
        #expect(decoded.observations[0].eventTime == EventTime(1_763_800_000_000))
        // An object where a name should be is no name, and nobody else's.
        #expect(
            decoded.faults == [
                "hr: \"true\" is not a number; correct the path, or say in words or not_measured what it means (p.yaml:10)",
                "device: missing, or no name of at most 128 bytes; correct device:, or ignore such messages (p.yaml:6)",
            ])
    }

    @Test("a device is the first name that stands there, and one that stands there in part is nobody")
    func alternatives() throws {
        let decoder = try ProfileText(
            messages: """
                - topic: acme/{device}
                  each: "[*]"
                  device: ["{.who.p}/{.who.d}", "{device}"]
                  facts: [{path: hr, kind: heart_rate_bpm}]
                """
        ).decoder()

        let decoded = try decoder.decode(
            #"[{"who":{"p":"p","d":1},"hr":60},{"who":{},"hr":61},{"who":{"p":"p"},"hr":62}]"#, on: "acme/m1")

        #expect(decoded.facts(of: "m1") == ["p/1 heart_rate_bpm 60.0", "m1 heart_rate_bpm 61.0"])
        #expect(
            decoded.faults == ["device: missing, or no name of at most 128 bytes; correct device:, or ignore such messages (p.yaml:6)"])
    }

    @Test("a name of a member that would deceive a reader is no device")
    func deceivingNames() throws {
        let decoder = try ProfileText(messages: "- {topic: acme/up, each: \"{device}\", facts: [{path: s, kind: smoke}]}").decoder()

        let decoded = try decoder.decode(#"{"a\nb":{"s":true},"c\u202Ed":{"s":true},"e":{"s":true}}"#, on: "acme/up")

        #expect(decoded.facts(of: "up") == ["e smoke true", "up device_alive true"])
    }

    @Test("several messages may read one list of facts")
    func factLists() throws {
        let decoder = try ProfileText(
            whole: ProfileText.head + """
                facts: {model: [{path: [value, .], when: {"{property}": hr}, kind: heart_rate_bpm}]}
                messages:
                  - {topic: "a/{device}", each: "params.{property}", facts: model}
                  - {topic: "b/{device}", each: "{property}", facts: model}

                """
        ).decoder()

        #expect(try decoder.decode(#"{"params":{"hr":{"value":60},"x":1}}"#, on: "a/m1").facts == [.level(.heart_rate_bpm, 60)])
        #expect(try decoder.decode(#"{"hr":60,"x":{}}"#, on: "b/m1").facts == [.level(.heart_rate_bpm, 60)])
    }
}
