import Testing
import VigilCore
import VigilDevices

/// Topics as esphome/esphome esphome/components/mqtt/ forms them; entities as the components named name them in their examples.
struct ESPHomeDecoderTests {
    private let decoder = ESPHomeDecoder()

    @Test(
        "an entity whose name is its meaning speaks for its node",
        arguments: [
            // esphome.io/components/seeed_mr60fda2
            Capture("bathroom-radar/binary_sensor/falling_detected/state", "ON", .level(.fall, true)),
            Capture("bathroom-radar/binary_sensor/falling_detected/state", "OFF", .level(.fall, false)),
            Capture("bathroom-radar/binary_sensor/people_exist/state", "ON", .level(.presence, true)),
            // esphome.io/components/seeed_mr60bha2
            Capture("bed/binary_sensor/person_information/state", "OFF", .level(.presence, false)),
            Capture("bed/sensor/real-time_heart_rate/state", "71.0", .level(.heart_rate_bpm, 71)),
            Capture("bed/sensor/real-time_respiratory_rate/state", "16.0", .level(.respiration_rpm, 16)),
            Capture("bed/sensor/real-time_heart_rate/state", "0.0", .event(.not_measured, "heart_rate_bpm")),
            Capture("bed/sensor/distance_to_detection_object/state", "112", .alive),
            Capture("bed/sensor/temperature/state", "nan", .event(.not_measured, "temperature_c")),
            // esphome.io/components/sensor/ld2410
            Capture("hall/binary_sensor/moving_target/state", "ON", .level(.motion, true)),
            Capture("hall/binary_sensor/still_target/state", "ON", .alive),
            Capture("flat/hall/binary_sensor/door/state", "ON", .level(.door_open, true)),
            Capture("hall/binary_sensor/button/state", "ON", .event(.button, "press")),
            Capture("hall/binary_sensor/button/state", "OFF", .alive),
            Capture("hall/binary_sensor/smoke_test/state", "ON", .alive),
            Capture("hall/binary_sensor/contact/state", "ON", .alive),
            Capture("hall/text_sensor/smoke/state", "ON", .alive),
            // A number is no flag, and a flag no number.
            Capture("hall/sensor/fall/state", "1", .alive),
            Capture("hall/binary_sensor/temperature/state", "ON", .alive),
            // esphome/esphome esphome/components/mqtt/mqtt_event.cpp
            Capture("hall/event/button/state", #"{"event_type":"double_press"}"#, .event(.button, "double_press")),
            Capture("hall/event/sos/state", #"{"event_type":"press"}"#, .event(.sos)),
            Capture("hall/event/sos/state", #"{"event_type":"release"}"#, .alive),
            // esphome.io/components/mqtt, birth and will
            Capture("hall/status", "online", isRetained: true, .level(.availability, "online")),
            Capture("hall/status", "offline", isRetained: true, .level(.availability, "offline")),
            Capture("hall/debug", "\u{1B}[0;32m[I][app:102]: ESPHome version 2025.7.0\u{1B}[0m", .alive),
        ])
    func values(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "any other entity and every output is spoken for under its own name",
        arguments: [
            ("hall/binary_sensor/kitchen_smoke/state", "ON", "hall/kitchen_smoke smoke=bool(true)"),
            ("hall/sensor/outside_temperature/state", "3.5", "hall/outside_temperature temperature_c=number(3.5)"),
            ("hall/switch/relay/state", "ON", "hall/relay switch=bool(true)"),
            // esphome/esphome esphome/components/light/light_json_schema.cpp
            ("hall/light/lamp/state", #"{"state":"OFF","color_mode":"brightness"}"#, "hall/lamp switch=bool(false)"),
            ("hall/climate/stove/current_temperature/state", "19.5", "hall/stove temperature_c=number(19.5)"),
            ("hall/event/bed_button/state", #"{"event_type":"single"}"#, #"hall/bed_button button=text("single")"#),
        ])
    func children(topic: String, payload: String, fact: String) throws {
        let decoded = try decoder.decode(payload, on: topic)

        #expect(decoded.observations.compactMap { fact in fact.device.map { "\($0.name) \(fact.kind)=\(fact.value)" } } == [fact])
        #expect(decoded.observations.filter { $0.device == nil }.map(\.kind) == [.device_alive])
    }

    @Test(
        "a value that is none is counted",
        arguments: [("binary_sensor/smoke", "MAYBE"), ("sensor/temperature", "warm"), ("sensor/temperature", "72.5")])
    func faults(entity: String, payload: String) throws {
        let decoded = try decoder.decode(payload, on: "hall/\(entity)/state")

        #expect(decoded.facts == [.alive])
        #expect(decoded.faults.count == 1)
    }

    @Test(
        "an entity that is on and may be an alarm is counted where its name does not say of what",
        arguments: [
            ("left_bed", "ON", 1), ("left_bed", "OFF", 0), ("kitchen_fire", "ON", 1), ("fall_height", "ON", 0), ("helper", "ON", 0),
        ])
    func unnamed(object: String, payload: String, faults: Int) throws {
        let decoded = try decoder.decode(payload, on: "hall/binary_sensor/\(object)/state")

        #expect(decoded.facts == [.alive])
        #expect(decoded.faults.count == faults)
    }

    @Test("a status is online or offline")
    func status() { #expect(throws: DecodeFailure.self) { try decoder.decode("ready", on: "hall/status") } }

    @Test(
        "what stands before the component is the node",
        arguments: [
            ("hall/binary_sensor/smoke/state", "hall"), ("home/flat 3/hall/sensor/temperature/state", "home/flat 3/hall"),
            ("客厅/status", "客厅"), ("sensor/sensor/sensor/state", "sensor"), ("hall/switch/relay/command", nil),
            ("hall/climate/stove/mode/command", nil), ("/status", nil), ("status", nil), ("hall/sensor/temperature", nil),
            ("sensor/temperature/state", nil), ("homeassistant/sensor/hall/temperature/config", nil),
        ])
    func addresses(topic: String, name: String?) {
        let frame = Frame(source: "test", origin: .mqtt(topic: topic), payload: Array("ON".utf8))

        #expect(decoder.address(of: frame) == name.map { DeviceAddress(dialect: "esphome", name: $0) })
    }
}
