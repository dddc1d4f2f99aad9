import Testing
import VigilCore

@testable import VigilDevices

struct ProfileDecoderTests {
    private func decoder(_ facts: String) throws -> ProfileDecoder {
        try ProfileText(
            messages: "- topic: acme/{device}\n  facts:\n" + facts.split(separator: "\n").map { "    - \($0)" }.joined(separator: "\n")
        ).decoder()
    }

    private func facts(_ fact: String, _ payload: String) throws -> Decoded { try decoder(fact).decode(payload, on: "acme/m1") }

    // MARK: Values

    @Test(
        "a value becomes a fact in the unit of its kind",
        arguments: [
            ("{path: hr, kind: heart_rate_bpm}", #"{"hr":62}"#, Fact.level(.heart_rate_bpm, 62)),
            ("{path: hr, kind: heart_rate_bpm}", #"{"hr":"62"}"#, .level(.heart_rate_bpm, 62)),
            ("{path: d.t, kind: temperature_c, scale: 0.1, offset: -1}", #"{"d":{"t":215}}"#, .level(.temperature_c, 20.5)),
            (
                "{path: t, kind: temperature_c, scale: 0.5555555555, offset: -17.7777777}", #"{"t":68}"#,
                .level(.temperature_c, 20.000000074)
            ),
            ("{path: \"a[1]\", kind: steps}", #"{"a":[7,8]}"#, .level(.steps, 8)),
            ("{path: c, kind: door_open, inverted: true}", #"{"c":false}"#, .level(.door_open, true)),
            ("{path: c, kind: door_open, words: {open: true, close: false}}", #"{"c":"close"}"#, .level(.door_open, false)),
            ("{path: b, kind: in_bed, words: {0: true, 1: false}}", #"{"b":0}"#, .level(.in_bed, true)),
            ("{path: b, kind: in_bed, words: {0: true, 1: false}}", #"{"b":"1"}"#, .level(.in_bed, false)),
            ("{path: s, kind: sos}", #"{"s":true}"#, .event(.sos)),
            ("{path: s, kind: sos, nature: level}", #"{"s":true}"#, .level(.sos, true)),
            ("{path: b, kind: button, words: {1: single}}", #"{"b":1}"#, .event(.button, "single")),
            ("{path: b, kind: button}", #"{"b":"双击"}"#, .event(.button, "双击")),
            ("{path: s, kind: availability}", #"{"s":"offline"}"#, .level(.availability, "offline")),
            ("{kind: tag_seen, value: true}", "{}", .event(.tag_seen)),
            ("{path: \"{device}\", kind: position}", "{}", .level(.position, "m1")),
            (
                "{kind: blood_pressure_mmhg, systolic: s, diastolic: d}", #"{"s":120,"d":80}"#,
                Fact(kind: .blood_pressure_mmhg, value: .numbers([120, 80]), nature: .level)
            ),
            (
                "{kind: blood_pressure_mmhg, path: p}", #"{"p":"120/80"}"#,
                Fact(kind: .blood_pressure_mmhg, value: .numbers([120, 80]), nature: .level)
            ),
            ("{path: [v.s, s], kind: steps}", #"{"s":1,"v":{"s":2}}"#, .level(.steps, 2)),
            ("{path: [v.s, s], kind: steps}", #"{"s":1,"v":{}}"#, .level(.steps, 1)),
            (
                "{kind: position, latitude: p.lat, longitude: p.lng}", #"{"p":{"lat":39.9,"lng":"116.38"}}"#,
                Fact(kind: .position, value: .numbers([39.9, 116.38]), nature: .level)
            ),
            (
                "{kind: position, latitude: lat, longitude: lng, scale: 0.5}", #"{"lat":79.5,"lng":-240}"#,
                Fact(kind: .position, value: .numbers([39.75, -120]), nature: .level)
            ),
            ("{kind: position, latitude: a, longitude: b}", #"{"a":0,"b":0.0}"#, .event(.not_measured, "position")),
            ("{kind: position, latitude: a, longitude: b}", #"{"a":91,"b":1}"#, .event(.not_measured, "position")),
            ("{path: hr, kind: heart_rate_bpm}", #"{"hr":0}"#, .event(.not_measured, "heart_rate_bpm")),
            ("{path: hr, kind: heart_rate_bpm, not_measured: [99]}", #"{"hr":99}"#, .event(.not_measured, "heart_rate_bpm")),
            (
                "{kind: blood_pressure_mmhg, systolic: s, diastolic: d}", #"{"s":80,"d":120}"#,
                .event(.not_measured, "blood_pressure_mmhg")
            ),
        ])
    func values(fact: String, payload: String, expected: Fact) throws {
        let decoded = try facts(fact, payload)

        #expect(decoded.facts == [expected])
        #expect(decoded.faults == [])
    }

    @Test(
        "no reading keeps what was known: the device is alive, and nothing else is said",
        arguments: ["null", "\"\"", "\"unknown\"", "\"unavailable\""])
    func noReading(value: String) throws {
        for fact in ["{path: v, kind: steps}", "{path: v, kind: smoke}", "{path: v, kind: smoke, words: {a: true}}"] {
            let decoded = try facts(fact, #"{"v":\#(value)}"#)

            #expect(decoded == Decoded([Observation(.device_alive, .bool(true), nature: .event)]))
        }
    }

    @Test("a word that says no reading may be given a meaning")
    func meaningOfUnknown() throws {
        #expect(try facts("{path: v, kind: in_bed, words: {unknown: false}}", #"{"v":"unknown"}"#).facts == [.level(.in_bed, false)])
    }

    @Test(
        "what is not understood is a fault and never a value",
        arguments: [
            (
                "{path: v, kind: steps}", "true",
                "v: \"true\" is not a number; correct the path, or say in words or not_measured what it means (p.yaml:8)"
            ),
            (
                "{path: v, kind: steps}", "\"many\"",
                "v: \"many\" is not a number; correct the path, or say in words or not_measured what it means (p.yaml:8)"
            ),
            ("{path: v, kind: smoke}", "1", "v: \"1\" is neither true nor false; say in words what it means (p.yaml:8)"),
            ("{path: v, kind: smoke}", "\"ON\"", "v: \"ON\" is neither true nor false; say in words what it means (p.yaml:8)"),
            (
                "{path: v, kind: smoke, words: {alarm: true, 7: ~}}", "\"alarmed\"",
                "v: unknown word \"alarmed\"; known: alarm, 7; say in words what it means, or ~ for nothing (p.yaml:8)"
            ),
            (
                "{path: v, kind: smoke, words: {alarm: true}}", "true",
                "v: unknown word \"true\"; known: alarm; say in words what it means, or ~ for nothing (p.yaml:8)"
            ),
            (
                "{path: v, kind: button}", "\"a\\u0007b\"",
                "v: \"a\\u{07}b\" is not a word of at most 128 bytes; say in words what it means (p.yaml:8)"
            ),
            (
                "{path: v, kind: availability}", "\"up\"",
                "v: \"up\" is neither online nor offline; say in words which it means (p.yaml:8)"
            ),
            (
                "{path: v, kind: steps}", "[]",
                "v: a list or object is not a number; correct the path, or say in words or not_measured what it means (p.yaml:8)"
            ),
        ])
    func faults(fact: String, value: String, expected: String) throws {
        let decoded = try facts("\(fact)\n{path: ok, kind: presence}", #"{"v":\#(value),"ok":true}"#)

        #expect(decoded.facts == [.level(.presence, true)])
        #expect(decoded.faults == [expected])
    }

    @Test("an event that does not happen is no news, a level that ended is")
    func falseEvents() throws {
        #expect(try facts("{path: v, kind: sos}", #"{"v":false}"#).facts == [.alive])
        #expect(try facts("{path: v, kind: fall, words: {none: false}}", #"{"v":"none"}"#).facts == [.alive])
        #expect(try facts("{path: v, kind: sos, nature: level}", #"{"v":false}"#).facts == [.level(.sos, false)])
    }

    @Test("a word may say several things, or nothing")
    func meanings() throws {
        let fact = "{path: p, words: {fallen: {fall: true, presence: true}, empty: {presence: false, in_bed: false}, idle: ~}}"

        #expect(try facts(fact, #"{"p":"fallen"}"#).facts == [.event(.fall), .level(.presence, true)])
        #expect(try facts(fact, #"{"p":"empty"}"#).facts == [.level(.presence, false), .level(.in_bed, false)])
        #expect(try facts(fact, #"{"p":"idle"}"#) == Decoded([Observation(.device_alive, .bool(true), nature: .event)]))
    }

    @Test("conditions decide what is read")
    func conditions() throws {
        let decoder = try decoder(
            """
            {path: v, kind: temperature_c, when: {type: [room, 7]}}
            {path: v, kind: body_temperature_c, when: {type: {not: [room, 7]}, bad: {exists: false}}}
            """)
        func decode(_ payload: String) throws -> [Fact] { try decoder.decode(payload, on: "acme/m1").facts }

        #expect(try decode(#"{"type":"room","v":36}"#) == [.level(.temperature_c, 36)])
        #expect(try decode(#"{"type":7,"v":36}"#) == [.level(.temperature_c, 36)])
        #expect(try decode(#"{"v":36}"#) == [.level(.body_temperature_c, 36)])
        #expect(try decode(#"{"type":"body","v":36,"bad":null}"#) == [.level(.body_temperature_c, 36)])
        #expect(try decode(#"{"type":"body","v":36,"bad":0}"#) == [.alive])
    }

    @Test("a path into a list tells every value, and a lone value counts as a list of one")
    func lists() throws {
        let fact = "{path: \"b[*].p\", kind: battery_percent}"

        #expect(try facts(fact, #"{"b":[{"p":1},{"p":2}]}"#).facts == [.level(.battery_percent, 1), .level(.battery_percent, 2)])
        #expect(try facts(fact, #"{"b":{"p":3}}"#).facts == [.level(.battery_percent, 3)])
        #expect(try facts("{path: b.*, kind: steps}", #"{"b":{"x":1,"y":2}}"#).facts == [.level(.steps, 1), .level(.steps, 2)])
    }

    // MARK: Devices and records

    @Test("a body may speak of several devices, and each that says nothing is alive")
    func severalDevices() throws {
        let decoder = try ProfileText(
            messages: """
                - topic: acme/up
                  each: "[*]"
                  device: id
                  time: ts
                  facts: [{path: data.hr, kind: heart_rate_bpm}, {path: "$[0].site", kind: position}]
                """
        ).decoder()
        let frame = Capture(
            "acme/up", #"[{"id":"a","site":"s1","ts":1763800000,"data":{"hr":60}},{"id":7,"data":{}},{"data":{"hr":61}}]"#)

        let decoded = try decoder.decode(frame)

        #expect(decoder.address(of: frame.frame)?.name == "acme/up")
        #expect(
            decoded.facts(of: "acme/up") == [
                "a heart_rate_bpm 60.0", "a position s1", "7 position s1", "acme/up device_alive true",
            ])
        #expect(decoded.observations[0].eventTime == EventTime(1_763_800_000_000))
        #expect(decoded.observations[2].eventTime == nil)
        #expect(
            decoded.faults == ["device: missing, or no name of at most 128 bytes; correct device:, or ignore such messages (p.yaml:6)"])
    }

    @Test("a lone object where a list is expected is a list of one, and names on the way can be devices")
    func loneAndNamed() throws {
        let decoder = try ProfileText(
            messages: """
                - topic: acme/up
                  each: "{device}[*]"
                  time: {path: ts, unit: ms}
                  facts: [{path: values.t, kind: temperature_c}]
                """
        ).decoder()

        let decoded = try decoder.decode(
            #"{"A":[{"ts":1763800000123,"values":{"t":20}},{"values":{"t":21}}],"B":{"values":{"t":22}}}"#, on: "acme/up")

        #expect(
            decoded.facts(of: "up") == [
                "A temperature_c 20.0", "A temperature_c 21.0", "B temperature_c 22.0", "up device_alive true",
            ])
        #expect(decoded.observations[0].eventTime == EventTime(1_763_800_000_123))
    }

    @Test("the first message that fits reads a record; what fits none only shows that its device is alive")
    func firstFits() throws {
        let decoder = try ProfileText(
            messages: """
                - {topic: acme/up, device: sid, when: {cmd: report}, facts: [{path: s, kind: smoke}]}
                - {topic: acme/up, device: sid, when: {cmd: [report, old]}, history: true}
                - {topic: acme/up, device: sid, when: {cmd: write}, ignore: true}
                """
        ).decoder()
        func decode(_ cmd: String) throws -> [String] {
            try decoder.decode(#"{"cmd":"\#(cmd)","sid":"d","s":true}"#, on: "acme/up").facts(of: "gateway")
        }

        #expect(try decode("report") == ["d smoke true", "gateway device_alive true"])
        #expect(try decode("old") == ["d device_alive true", "gateway device_alive true"])
        #expect(try decode("write") == ["gateway device_alive true"])
        #expect(try decode("other") == ["d device_alive true", "gateway device_alive true"])
    }

    @Test("where a message is ignored whatever it holds nobody speaks, and whoever spoke elsewhere is known not to")
    func nobodys() throws {
        let decoder = try ProfileText(
            messages: """
                - {topic: "acme/{device}/state", facts: [{path: s, kind: smoke}]}
                - {topic: "acme/{device}/#", ignore: true}
                """
        ).decoder()

        #expect(decoder.address(of: Capture("acme/m1/state", "{}").frame)?.name == "m1")
        #expect(decoder.address(of: Capture("acme/m1/set", "{}").frame) == nil)
        #expect(try decoder.decode("{}", on: "acme/m1/set") == Decoded())
        #expect(["acme/m1/state", "acme/m1/set", "acme"].map(decoder.isKnown) == [true, true, false])
    }

    @Test("history never says more than that somebody is alive, however long it is")
    func history() throws {
        let decoder = try ProfileText(messages: "- {topic: \"acme/{device}/history\", each: \"[*]\", history: true}").decoder()
        let payload = "[" + Array(repeating: #"{"smoke":true}"#, count: 300).joined(separator: ",") + "]"

        #expect(try decoder.decode(payload, on: "acme/m1/history").facts == [.alive])
    }

    @Test("a device's name is put together from the topic")
    func template() throws {
        let decoder = try ProfileText(
            messages: "- {topic: \"acme/{site}/{room}\", device: \"{site}.{room}\", facts: [{path: s, kind: smoke}]}"
        ).decoder()

        #expect(decoder.address(of: Capture("acme/s1/r 2", "{}").frame)?.name == "s1.r 2")
        #expect(try decoder.decode(#"{"s":true}"#, on: "acme/s1/r 2").observations.map(\.device) == [nil])
    }

    @Test("more records than a frame may hold are left out and counted")
    func manyRecords() throws {
        let decoder = try ProfileText(messages: "- {topic: \"acme/{device}\", each: \"[*]\", facts: [{path: v, kind: steps}]}")
            .decoder()
        let payload = "[" + (0..<600).map { #"{"v":\#($0)}"# }.joined(separator: ",") + "]"

        let decoded = try decoder.decode(payload, on: "acme/m1")

        #expect(decoded.observations.count == 512)
        #expect(decoded.faults == ["each: 88 more records than 512"])
    }

    // MARK: Time

    @Test(
        "times are read in their unit",
        arguments: [
            ("ts", "1763800000", Int64(1_763_800_000_000)), ("ts", "1763800000123", 1_763_800_000_123),
            ("ts", "\"2026-04-17T23:33:17+08:00\"", 1_776_439_997_000), ("ts", "\"20151212T121212Z\"", 1_449_922_332_000),
            ("{path: ts, unit: s}", "\"1763800000\"", 1_763_800_000_000),
            ("{path: ts, unit: iso8601, zone: \"+08:00\"}", "\"2026-04-17 23:33:17\"", 1_776_439_997_000),
        ])
    func times(time: String, value: String, expected: Int64) throws {
        let decoder = try ProfileText(messages: "- topic: acme/{device}\n  time: \(time)\n  facts: [{kind: sos, value: true}]")
            .decoder()

        let decoded = try decoder.decode(#"{"ts":\#(value)}"#, on: "acme/m1")

        #expect(decoded.observations.map(\.eventTime) == [EventTime(expected)])
        #expect(decoded.faults == [])
    }

    @Test(
        "a time that cannot be is a fault and takes nothing with it",
        arguments: [("12", true), ("\"noon\"", true), ("0", false), ("null", false)])
    func badTimes(value: String, isFault: Bool) throws {
        let decoder = try ProfileText(messages: "- topic: acme/{device}\n  time: ts\n  facts: [{kind: sos, value: true}]").decoder()

        let decoded = try decoder.decode(#"{"ts":\#(value)}"#, on: "acme/m1")

        #expect(decoded.facts == [.event(.sos)])
        #expect(decoded.observations[0].eventTime == nil)
        #expect(decoded.faults.isEmpty != isFault)
    }

    // MARK: Other forms

    @Test("a bare word on a topic is read by what the topic names")
    func text() throws {
        let decoder = try ProfileText(
            messages: """
                - topic: "acme/{device}/{field}"
                  format: text
                  facts:
                    - {path: ., kind: heart_rate_bpm, when: {"{field}": heartbeat}}
                    - {path: ., kind: in_bed, words: {ON: true, OFF: false}, when: {"{field}": bed}}
                """
        ).decoder()

        #expect(try decoder.decode(" 62\n", on: "acme/m1/heartbeat").facts == [.level(.heart_rate_bpm, 62)])
        #expect(try decoder.decode("OFF", on: "acme/m1/bed").facts == [.level(.in_bed, false)])
        #expect(try decoder.decode("7", on: "acme/m1/other").facts == [.alive])
        #expect(throws: DecodeFailure(.notUTF8, "the payload is not UTF-8")) {
            var state = DialectState()
            return try decoder.decode(Frame(source: "t", origin: .mqtt(topic: "acme/m1/bed"), payload: [0xFF]), state: &state)
        }
    }

    @Test(
        "lines of keys and values are read, with or without the breaks of a web page", arguments: ["<br>\r\n", "\n", "<BR/>", "<br>"])
    func keyValue(end: String) throws {
        let decoder = try ProfileText(
            messages: """
                - topic: acme/up
                  format: key_value
                  device: SER
                  facts: [{path: HR, kind: heart_rate_bpm}, {path: PRES, kind: in_bed, words: {1: true, 0: false}}]
                """
        ).decoder()

        let decoded = try decoder.decode(["SER=00112A", "PRES=1", "", "nonsense", "=x", "HR=62"].joined(separator: end), on: "acme/up")

        #expect(decoded.facts(of: "up") == ["00112A heart_rate_bpm 62.0", "00112A in_bed true", "up device_alive true"])
    }

    @Test("one topic may carry a bare word and an object")
    func bothForms() throws {
        let decoder = try ProfileText(
            messages: """
                - {topic: "acme/{device}/status", format: text, facts: [{path: ., kind: availability}]}
                - {topic: "acme/{device}/status", facts: [{path: state, kind: availability}]}
                """
        ).decoder()

        #expect(try decoder.decode("online", on: "acme/m1/status").facts == [.level(.availability, "online")])
        #expect(try decoder.decode(#" {"state":"offline"}"#, on: "acme/m1/status").facts == [.level(.availability, "offline")])
    }

    @Test("nobody speaks on another topic, nor in a kept message that is removed")
    func nobody() throws {
        let decoder = try decoder("{path: v, kind: smoke}")

        #expect(decoder.address(of: Capture("acme/m1", "").frame) == nil)
        #expect(decoder.address(of: Capture("other/m1", "{}").frame) == nil)
        #expect(try decoder.decode(#"{"v":true}"#, on: "other/m1") == Decoded())
    }

    @Test("a payload that is no JSON is refused whole")
    func notJSON() throws {
        let decoder = try decoder("{path: v, kind: smoke}")

        #expect(throws: DecodeFailure(.malformed, "the payload is not JSON")) { try decoder.decode(#"{"v":tru"#, on: "acme/m1") }
    }
}
