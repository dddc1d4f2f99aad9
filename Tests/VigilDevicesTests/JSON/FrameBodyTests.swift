import Testing
import VigilCore

@testable import VigilDevices

/// What firmwares put around their text.
struct FrameBodyTests {
    private func body(_ payload: String) -> String {
        String(decoding: Frame(source: "test", origin: .mqtt(topic: "t"), payload: Array(payload.utf8)).body, as: UTF8.self)
    }

    @Test(
        "a byte order mark before a text, and white space and NULs behind it, are none of it",
        arguments: ["ON\0", "ON\0\0", "ON\n", "ON\r\n", "ON \0\n", "\u{FEFF}ON", "\u{FEFF}ON\0"])
    func around(payload: String) { #expect(body(payload) == "ON") }

    @Test("what stands before or within is part of it", arguments: ["O\0N", "\0ON", " ON", "\u{FEFF}\u{FEFF}ON", "ON\u{FEFF}"])
    func within(payload: String) { #expect(body(payload) == (payload.hasPrefix("\u{FEFF}\u{FEFF}") ? "\u{FEFF}ON" : payload)) }

    @Test("of nothing but that nothing is left", arguments: ["", "\0", "\u{FEFF}", "\u{FEFF} \0"])
    func nothing(payload: String) { #expect(body(payload).isEmpty) }

    @Test(
        "every system that speaks in text is understood with what its firmware puts around",
        arguments: [
            Capture("zigbee2mqtt/d", #"{"smoke":true}"#, .level(.smoke, true)),
            Capture("zigbee2mqtt/d/smoke", "true", .level(.smoke, true)),
            Capture("tele/d/LWT", "Offline", .level(.availability, "offline")),
            Capture("shellies/d/sensor/smoke", "true", .level(.smoke, true)),
            Capture("d/status/smoke:0", #"{"id":0,"alarm":true,"mute":false}"#, .level(.smoke, true), .level(.sensor_fault, false)),
            Capture("d/binary_sensor/smoke/state", "ON", .level(.smoke, true)),
            Capture("vigil/in/d/observation", #"{"kind":"sos","value":true}"#, .event(.sos)),
        ])
    func systems(capture: Capture) throws {
        let decoder = try #require(DecoderRegistry().entry(forTopic: capture.topic)).decoder
        for around in ["\(capture.payload)\0", "\(capture.payload)\r\n", "\u{FEFF}\(capture.payload)"] {
            #expect(try decoder.decode(around, on: capture.topic).facts == capture.facts)
        }
    }

    @Test("a profile's messages are understood as well, and explained")
    func profiles() throws {
        let json = try ProfileText(messages: "- topic: acme/{device}\n  facts: [{path: v, kind: smoke}]").decoder()
        let text = try ProfileText(
            messages: "- topic: acme/{device}\n  format: text\n  facts: [{path: ., kind: smoke, words: {ALARM: true}}]"
        ).decoder()

        for payload in [#"{"v":true}"# + "\0", "\u{FEFF}" + #"{"v":true}"#] {
            #expect(try json.decode(payload, on: "acme/m1").facts == [.level(.smoke, true)])
        }
        #expect(try text.decode("ALARM\0", on: "acme/m1").facts == [.level(.smoke, true)])
        let line = DecodeLine(explains: true).answer(to: #"{"topic":"zigbee2mqtt/d","payload":"\ufeff{\"smoke\":true}\u0000"}"#)
        #expect(line.contains(#""path":"smoke","role":"told""#))
    }
}
