import Foundation
import Testing
import VigilCore
import VigilDevices

struct NativeDecoderTests {
    private static let topic = "vigil/in/band-7/observation"
    private let decoder = NativeDecoder()

    private func decode(_ payload: String, _ state: inout DialectState) throws -> Decoded {
        try decoder.decode(Capture(Self.topic, payload).frame, state: &state)
    }

    private func decode(_ payload: String) throws -> Decoded { try decoder.decode(payload, on: Self.topic) }

    // design: docs/devices.md, native topics
    @Test("an observation is one fact with its time, and is confirmed")
    func one() throws {
        let decoded = try decode(#"{"ts": 1763800000123, "seq": 42, "boot": "9f3c", "kind": "heart_rate_bpm", "value": 71}"#)

        #expect(decoded.facts == [.level(.heart_rate_bpm, 71)])
        #expect(decoded.observations[0].eventTime == EventTime(1_763_800_000_123))
        #expect(decoded.receipt == Receipt(source: "test", device: "band-7", boot: "9f3c", sequence: 42))
        #expect(!decoded.isRepeat)
        #expect(decoded.faults.isEmpty)
    }

    @Test(
        "what happens is an event, what holds is a level",
        arguments: [
            (#"{"kind":"sos","value":true}"#, .event(.sos)), (#"{"kind":"sos"}"#, .event(.sos)),
            (#"{"kind":"fall","value":true}"#, .event(.fall)), (#"{"kind":"button","value":"long"}"#, .event(.button, "long")),
            (#"{"kind":"smoke","value":true}"#, .level(.smoke, true)), (#"{"kind":"smoke","value":false}"#, .level(.smoke, false)),
            (#"{"kind":"door_open","value":true}"#, .level(.door_open, true)),
            (#"{"kind":"in_bed","value":false}"#, .level(.in_bed, false)),
            (#"{"kind":"availability","value":"offline"}"#, .level(.availability, "offline")),
            (#"{"kind":"blood_pressure_mmhg","value":"120/80"}"#, .level(.blood_pressure_mmhg, [120, 80])),
            (#"{"kind":"not_measured","value":"spo2_percent"}"#, .event(.not_measured, "spo2_percent")),
            (#"{"kind":"steps","value":10}"#, .level(.steps, 10)),
        ] as [(String, Fact)])
    func natures(payload: String, fact: Fact) throws { #expect(try decode(payload).facts == [fact]) }

    @Test(
        "a number that no sensor measures is not measured",
        arguments: [
            #"{"kind":"heart_rate_bpm","value":0}"#, #"{"kind":"heart_rate_bpm","value":255}"#,
            #"{"kind":"heart_rate_bpm","value":-1}"#,
            #"{"kind":"heart_rate_bpm","value":null}"#, #"{"kind":"heart_rate_bpm","value":1e300}"#,
        ])
    func notMeasured(payload: String) throws {
        let decoded = try decode(payload)

        #expect(decoded.facts == [.event(.not_measured, "heart_rate_bpm")])
        #expect(decoded.faults.isEmpty)
    }

    @Test(
        "what is not understood never becomes a value",
        arguments: [
            (#"{"kind":"levitation","value":true}"#, "kind: missing or unknown"), (#"{"value":true}"#, "kind: missing or unknown"),
            (#"{"kind":"smoke"}"#, "value: missing"), (#"{"kind":"smoke","value":"true"}"#, "value: neither true nor false"),
            (#"{"kind":"smoke","value":1}"#, "value: neither true nor false"),
            (#"{"kind":"heart_rate_bpm","value":"71"}"#, "value: not a number"), (#"{"kind":"heart_rate_bpm"}"#, "value: missing"),
            (#"{"kind":"availability","value":"maybe"}"#, "value: neither online nor offline"),
            (#"{"kind":"not_measured","value":"hunger"}"#, "value: no kind"),
            (#"{"kind":"button","value":"a\u001bb"}"#, "value: not a text of 1 to 128 bytes without control characters"),
            (#"{"kind":"blood_pressure_mmhg","value":"120"}"#, "value: not systolic/diastolic, such as 120/80"),
            (#"{"kind":"acceleration","value":1}"#, "kind: samples are sent on the topic acceleration"),
        ])
    func faults(payload: String, fault: String) throws {
        let decoded = try decode(payload)

        #expect(decoded.observations.isEmpty)
        #expect(decoded.faults == [fault])
    }

    @Test("an event that did not happen and a flag without reading tell nothing")
    func nothing() throws {
        for payload in [#"{"kind":"sos","value":false}"#, #"{"kind":"sos","value":null}"#, #"{"kind":"motion","value":null}"#] {
            #expect(try decode(payload) == Decoded())
        }
    }

    @Test("a wrong time loses only itself")
    func wrongTime() throws {
        for time in ["1763800000", "-1", "1.5e12", #""2026-01-01""#] {
            let decoded = try decode(#"{"ts":\#(time),"kind":"sos","value":true}"#)

            #expect(decoded.facts == [.event(.sos)])
            #expect(decoded.observations[0].eventTime == nil)
            #expect(decoded.faults == ["ts: no milliseconds since 1970"])
        }
    }

    @Test("one bad fact of several loses none of the others")
    func oneBadOfMany() throws {
        let decoded = try decode(
            #"[{"kind":"heart_rate_bpm","value":71},{"kind":"x"},7,{"kind":"sos"},{"kind":"spo2_percent","value":"97"}]"#)

        #expect(decoded.facts == [.level(.heart_rate_bpm, 71), .event(.sos)])
        #expect(decoded.faults == ["[1].kind: missing or unknown", "[2]: not a JSON object", "[4].value: not a number"])
    }

    @Test("many faults are told as a few and a number")
    func manyFaults() throws {
        let decoded = try decode("[" + Array(repeating: "0", count: 100).joined(separator: ",") + "]")

        #expect(decoded.faults.count == 17)
        #expect(decoded.faults.last == "and 84 more faults")
    }

    // MARK: Sequences

    @Test("a message that was heard is a repeat: nothing new, and confirmed again")
    func repeated() throws {
        var state = DialectState()
        let press = #"{"seq": 7, "boot": "a", "kind": "sos"}"#

        let first = try decode(press, &state)
        let second = try decode(press, &state)

        #expect(first.facts == [.event(.sos)] && !first.isRepeat)
        #expect(second.isRepeat && second.observations.isEmpty)
        #expect(second.receipt == first.receipt && first.receipt != nil)
        #expect(state.hasHeard(7, in: "a") && !state.hasHeard(8, in: "a"))
    }

    @Test("a fall that another message overtook is news, once (promises B5); what is too old to tell is a repeat")
    func overtaken() throws {
        var state = DialectState()
        func fall(_ number: Int) throws -> Decoded { try decode(#"{"seq": \#(number), "boot": "a", "kind": "fall"}"#, &state) }
        _ = try fall(200)

        for number in [199, 150, 136] {
            #expect(try fall(number).facts == [.event(.fall)], "\(number)")
            let again = try fall(number)
            #expect(again.isRepeat && again.receipt?.sequence == Int64(number))
        }
        #expect(try fall(135).isRepeat)
        _ = try fall(230)
        #expect(try fall(199).isRepeat && !fall(201).isRepeat)
        _ = try fall(1000)
        #expect(try fall(230).isRepeat && fall(935).isRepeat && !fall(936).isRepeat)
    }

    @Test("every number of an array counts as heard, not only its highest")
    func numbersOfArray() throws {
        var state = DialectState()
        let both = #"[{"seq": 5, "boot": "a", "kind": "fall"}, {"seq": 6, "boot": "a", "kind": "sos"}]"#
        #expect(try decode(both, &state).facts.count == 2)

        #expect(try decode(both, &state).isRepeat)
    }

    @Test("a press with the next number is a second press")
    func secondPress() throws {
        var state = DialectState()
        _ = try decode(#"{"seq": 7, "boot": "a", "kind": "sos"}"#, &state)

        let second = try decode(#"{"seq": 8, "boot": "a", "kind": "sos"}"#, &state)

        #expect(second.facts == [.event(.sos)] && !second.isRepeat)
    }

    @Test("equal messages without a number are each news")
    func unnumbered() throws {
        var state = DialectState()
        for _ in 0..<2 {
            let decoded = try decode(#"{"kind":"sos"}"#, &state)
            #expect(decoded.facts == [.event(.sos)] && !decoded.isRepeat && decoded.receipt == nil)
        }
    }

    @Test("a new boot counts anew")
    func newBoot() throws {
        var state = DialectState()
        _ = try decode(#"{"seq": 900, "boot": "a", "kind": "sos"}"#, &state)

        let decoded = try decode(#"{"seq": 1, "boot": "b", "kind": "sos"}"#, &state)

        #expect(decoded.facts == [.event(.sos)])
        #expect(state.hasHeard(1, in: "b") && !state.hasHeard(2, in: "b"))
    }

    @Test("a captured message of an earlier boot is a repeat, after a restart too (promises B7)")
    func earlierBoot() throws {
        var state = DialectState()
        let captured = #"{"seq": 7, "boot": "a", "kind": "sos"}"#
        _ = try decode(captured, &state)
        for boot in ["b", "c"] { _ = try decode(#"{"seq": 1, "boot": "\#(boot)", "kind": "sos"}"#, &state) }
        var restored = try JSONDecoder().decode(DialectState.self, from: JSONEncoder().encode(state))

        let replayed = try decode(captured, &state)
        let later = try decode(captured, &restored)

        #expect(replayed.isRepeat && replayed.observations.isEmpty)
        #expect(later.isRepeat && later.observations.isEmpty)
    }

    @Test("the boots that said something new last are remembered, 64 of them; a repeat keeps none")
    func manyBoots() throws {
        var state = DialectState()
        for boot in 0..<64 { state.heard(7, in: "b\(boot)") }
        state.heard(7, in: "b0")
        state.heard(8, in: "b1")

        state.heard(1, in: "new")
        let replayed = try (0...2).map { boot in
            var copy = state
            return try decode(#"{"seq": 7, "boot": "b\#(boot)", "kind": "sos"}"#, &copy).isRepeat
        }

        #expect(DialectState.bootLimit == 64)
        #expect(replayed == [false, true, true])
    }

    @Test("a message of two boots teaches both (promises B7)")
    func twoBoots() throws {
        var state = DialectState()
        let both = #"[{"seq": 9, "boot": "a", "kind": "sos"}, {"seq": 1, "boot": "b", "kind": "steps", "value": 3}]"#
        _ = try decode(both, &state)

        let replayed = try decode(#"{"seq": 9, "boot": "a", "kind": "sos"}"#, &state)

        #expect(replayed.isRepeat)
    }

    @Test("of several observations those that were heard are left out, and the highest number is confirmed")
    func partlyRepeated() throws {
        var state = DialectState()
        _ = try decode(#"{"seq": 2, "boot": "a", "kind": "steps", "value": 2}"#, &state)

        let mixed = try decode(
            #"[{"seq": 2, "boot": "a", "kind": "steps", "value": 2}, {"seq": 3, "boot": "a", "kind": "steps", "value": 3}, {"seq": 3, "boot": "a", "kind": "worn", "value": true}]"#,
            &state)
        let again = try decode(
            #"[{"seq": 2, "boot": "a", "kind": "steps", "value": 2}, {"seq": 3, "boot": "a", "kind": "steps", "value": 3}]"#, &state)

        #expect(mixed.facts == [.level(.steps, 3), .level(.worn, true)] && !mixed.isRepeat)
        #expect(mixed.receipt?.sequence == 3)
        #expect(again.isRepeat && again.observations.isEmpty && again.receipt?.sequence == 3)
    }

    @Test(
        "a number that cannot be counted with is a fault, and the fact is news",
        arguments: [
            #""seq": 1"#, #""boot": "a""#, #""seq": -1, "boot": "a""#, #""seq": 1.5, "boot": "a""#, #""seq": 1, "boot": """#,
            #""seq": 99999999999999999999, "boot": "a""#, #""seq": "1", "boot": "a""#,
        ])
    func badSequence(mark: String) throws {
        var state = DialectState()

        let decoded = try? decode(#"{\#(mark), "kind": "sos"}"#, &state)

        if let decoded {
            #expect(decoded.facts == [.event(.sos)])
            #expect(decoded.faults.contains { $0.hasPrefix("seq: needs") } && decoded.receipt == nil)
        }
        #expect(state == DialectState())
    }

    // MARK: Acceleration

    @Test(
        "samples are checked, confirmed and said to be not evaluated",
        arguments: [
            #""hz": 40, "xyz": [[0.1, 9.7, 0.4], [0, 9.8, 0]]"#,
            // (16, 1000, -1) and (0, 998, 2) thousandths of g
            #""hz": 25, "xyz_mg": "EADoA///AADmAwIA""#,
        ])
    func acceleration(samples: String) throws {
        var state = DialectState()
        let frame = Capture("vigil/in/band-7/acceleration", #"{"ts": 1763800000123, "seq": 7, "boot": "9f3c", \#(samples)}"#).frame

        let decoded = try decoder.decode(frame, state: &state)
        let again = try decoder.decode(frame, state: &state)

        #expect(decoded.observations.isEmpty)
        #expect(decoded.faults == ["acceleration: samples are kept and not evaluated yet"])
        #expect(decoded.receipt?.sequence == 7)
        #expect(again.isRepeat && again.faults.isEmpty)
    }

    @Test(
        "samples of another shape are a fault of their own",
        arguments: [
            (#""hz": 40"#, "xyz"), (#""hz": 40, "xyz": []"#, "xyz"), (#""hz": 40, "xyz": [[1, 2]]"#, "xyz"),
            (#""hz": 40, "xyz": [[1, 2, "3"]]"#, "xyz"), (#""hz": 40, "xyz": [[1, 2, 4000]]"#, "xyz"),
            (#""hz": 0, "xyz": [[1, 2, 3]]"#, "hz"),
            (#""xyz": [[1, 2, 3]]"#, "hz"), (#""hz": 40, "xyz_mg": "EAA=""#, "xyz_mg"), (#""hz": 40, "xyz_mg": "EADoA//!""#, "xyz_mg"),
            (#""hz": 40, "xyz_mg": """#, "xyz_mg"), (#""hz": 40, "xyz": [[1, 2, 3]], "xyz_mg": "EADoA///""#, "xyz"),
        ])
    func badAcceleration(samples: String, place: String) throws {
        let decoded = try decoder.decode("{\(samples)}", on: "vigil/in/band-7/acceleration")

        #expect(decoded.observations.isEmpty)
        #expect(decoded.faults.count == 1 && decoded.faults[0].hasPrefix("\(place): "))
    }

    // MARK: Topics and shapes

    @Test("the device is the third segment")
    func addresses() {
        func name(_ topic: String) -> String? { decoder.address(of: Capture(topic, "{}").frame)?.name }

        #expect(name("vigil/in/band-7/observation") == "band-7")
        #expect(name("vigil/in/手环 7/acceleration") == "手环 7")
        for topic in ["vigil/in/a/b/observation", "vigil/in//observation", "vigil/in/a", "vigil/out/a/receipt", "vigil/in/a/other", ""]
        {
            #expect(name(topic) == nil, "\(topic)")
        }
    }

    @Test(
        "a message that is no observation fails as a whole and confirms nothing",
        arguments: [
            ("7", .unknownShape), (#""sos""#, .unknownShape), ("sos", .malformed), (#"{"kind":"sos","kind":"fall"}"#, .duplicateKey),
        ]
            as [(String, DecodeFailure.Reason)])
    func failures(payload: String, reason: DecodeFailure.Reason) {
        let error = #expect(throws: DecodeFailure.self) { try decode(payload) }
        #expect(error?.reason == reason)
    }

    @Test("a removed topic is nobody's word")
    func removed() throws {
        #expect(decoder.address(of: Capture(Self.topic, "").frame) == nil)
        #expect(try decode("") == Decoded())
    }
}
