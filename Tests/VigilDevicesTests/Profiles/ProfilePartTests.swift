import Testing
import VigilCore

@testable import VigilDevices

/// Numbers with their unit, and texts of several parts.
struct ProfilePartTests {
    private func decode(_ fact: String, _ payload: String) throws -> Decoded {
        try ProfileText(messages: "- topic: acme/{device}\n  facts: [\(fact)]").decoder().decode(payload, on: "acme/m1")
    }

    // MARK: Units

    @Test(
        "a unit behind a number is taken off where the profile names it",
        arguments: [
            ("{path: v, kind: battery_percent, unit: \"%\"}", "\"88%\"", Fact.level(.battery_percent, 88)),
            ("{path: v, kind: battery_percent, unit: \"%\"}", "\" 88 % \"", .level(.battery_percent, 88)),
            ("{path: v, kind: battery_percent, unit: \"%\"}", "88", .level(.battery_percent, 88)),
            ("{path: v, kind: battery_percent, unit: \"%\"}", "\"88\"", .level(.battery_percent, 88)),
            ("{path: v, kind: body_temperature_c, unit: [C, ℃, °C]}", "\"36.6 ℃\"", .level(.body_temperature_c, 36.6)),
            ("{path: v, kind: body_temperature_c, unit: [C, ℃, °C]}", "\"36.6°C\"", .level(.body_temperature_c, 36.6)),
            ("{path: v, kind: battery_mv, unit: V, scale: 1000}", "\"2.9 V\"", .level(.battery_mv, 2900)),
            (
                "{path: v, kind: heart_rate_bpm, unit: bpm, not_measured: [0, 255]}", "\"255 bpm\"",
                .event(.not_measured, "heart_rate_bpm")
            ),
            ("{path: v, kind: steps, unit: steps, words: {7: 70}}", "\"7steps\"", .level(.steps, 70)),
        ])
    func units(fact: String, value: String, expected: Fact) throws {
        let decoded = try decode(fact, #"{"v":\#(value)}"#)

        #expect(decoded.facts == [expected])
        #expect(decoded.faults == [])
    }

    @Test(
        "another unit than the profile's is a fault and never a value",
        arguments: [
            ("{path: v, kind: body_temperature_c, unit: C}", "97.9 F", "v: \"97.9 F\" is not a number; known units: C (p.yaml:7)"),
            (
                "{path: v, kind: body_temperature_c, unit: [C, K]}", "36.6 c",
                "v: \"36.6 c\" is not a number; known units: C, K (p.yaml:7)"
            ),
            (
                "{path: v, kind: steps, unit: m}", "many m",
                "v: \"many m\" is not a number; correct the path, or say in words or not_measured what it means (p.yaml:7)"
            ),
            (
                "{path: v, kind: steps}", "88%",
                "v: \"88%\" is not a number; where a unit stands behind it, say so: unit: \"%\" (p.yaml:7)"
            ),
        ])
    func otherUnits(fact: String, value: String, expected: String) throws {
        let decoded = try decode(fact, #"{"v":"\#(value)"}"#)

        #expect(decoded.facts == [.alive])
        #expect(decoded.faults == [expected])
    }

    @Test("a share of one is no per cent unless the profile says so")
    func shares() throws {
        let plain = try decode("{path: v, kind: battery_percent}", #"{"v":0.88}"#)

        #expect(plain.facts == [.alive])
        #expect(plain.faults == ["v: 0.88 looks like a share of 1, not like per cent; write scale: 100 if it is (p.yaml:7)"])
        #expect(try decode("{path: v, kind: battery_percent, scale: 100}", #"{"v":0.88}"#).facts == [.level(.battery_percent, 88)])
        #expect(try decode("{path: v, kind: battery_percent, scale: 100}", #"{"v":0.005}"#).facts == [.level(.battery_percent, 0.5)])
        #expect(
            try decode("{path: v, kind: battery_percent, unit: \"%\"}", #"{"v":"0.5 %"}"#).facts == [.level(.battery_percent, 0.5)])
        #expect(try decode("{path: v, kind: battery_percent}", #"{"v":0}"#).facts == [.level(.battery_percent, 0)])
        #expect(try decode("{path: v, kind: temperature_c}", #"{"v":0.88}"#).facts == [.level(.temperature_c, 0.88)])
    }

    // MARK: Texts of several parts

    private func split(_ separator: String, _ payload: String) throws -> Decoded {
        let decoder = try ProfileText(
            messages: """
                - topic: care/{ward}/evt
                  format: text
                  split: "\(separator)"
                  device: "{ward}/{.[1]}"
                  facts:
                    - {path: "[2]", when: {"[0]": PULL}, words: {1: {sos: true}, 0: ~}}
                    - {path: "[3]", kind: battery_percent, unit: "%", when: {"[3]": {exists: true}}}
                    - {path: ., words: {RESET: ~}, when: {.: RESET}}
                """
        ).decoder()
        return try decoder.decode(payload, on: "care/w3/evt")
    }

    @Test("the parts of a text are read by their place, without the white space around them")
    func parts() throws {
        let alive = "care/w3/evt device_alive true"

        #expect(try split(";", "PULL;4;1").facts(of: "care/w3/evt") == ["w3/4 sos true", alive])
        #expect(try split(";", " PULL ; 4 ; 0 ; 88 % ").facts(of: "care/w3/evt") == ["w3/4 battery_percent 88.0", alive])
        #expect(try split("::", "PULL::4::1::70").facts(of: "care/w3/evt") == ["w3/4 sos true", "w3/4 battery_percent 70.0", alive])
        #expect(try split(";", "TEMP;4;1").facts(of: "care/w3/evt") == ["w3/4 device_alive true", alive])
    }

    @Test("a part that is missing is a fault of its device, with the text, the remedy and the line; an empty one tells nothing")
    func missingParts() throws {
        let short = try split(";", "PULL;4")

        #expect(short.facts(of: "care/w3/evt") == ["w3/4 device_alive true", "care/w3/evt device_alive true"])
        #expect(
            short.leftOut == [
                Decoded.LeftOut(
                    "[2]: \"PULL;4\" has no such part; correct split: or the place, or write when: {\"[2]\": {exists: true}} where it may be missing (p.yaml:11)",
                    of: DeviceAddress(dialect: "acme", name: "w3/4"))
            ])
        #expect(try split(";", "PULL;4;;").faults == [])
        #expect(try split(";", "TEMP;4").faults == [])
    }

    @Test("an unknown word is a fault of the device that the text names")
    func unknownPart() throws {
        #expect(
            try split(";", "PULL;4;2").leftOut == [
                Decoded.LeftOut(
                    "[2]: unknown word \"2\"; known: 1, 0; say in words what it means, or ~ for nothing (p.yaml:11)",
                    of: DeviceAddress(dialect: "acme", name: "w3/4"))
            ])
    }

    @Test("a text without the part that names its device is a fault that shows it")
    func missingName() throws {
        #expect(
            try split(";", "PULL").faults == [
                "device: missing, or no name of at most 128 bytes in \"PULL\"; correct device:, or ignore such messages (p.yaml:6)"
            ])
    }
}
