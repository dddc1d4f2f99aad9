import Testing
import VigilCore
import VigilDevices

/// Entries of Home Assistant's discovery as systems write them; each names where it was seen.
struct HomeAssistantDecoderTests {
    private let decoder = HomeAssistantDecoder(speakers: [Zigbee2MQTTDecoder(), TasmotaDecoder()])

    private func change(_ payload: String, on topic: String) -> AnnouncementChange? {
        decoder.announcement(in: Capture(topic, payload, isRetained: true).frame)
    }

    private func announcement(_ payload: String, on topic: String) throws -> Announcement {
        guard case .made(let announcement) = change(payload, on: topic) else { throw Absent() }
        return announcement
    }

    private struct Absent: Error {}

    // https://github.com/Koenkk/zigbee2mqtt/issues/9235
    private static let smoke =
        #"{"availability":[{"topic":"zigbee2mqtt/bridge/state"}],"device":{"identifiers":["zigbee2mqtt_0x0015bc003100ae23"],"manufacturer":"Develco","model":"Smoke detector with siren (SMSZB-120)","name":"0x0015bc003100ae23"},"device_class":"smoke","json_attributes_topic":"zigbee2mqtt/0x0015bc003100ae23","name":"0x0015bc003100ae23 smoke","payload_off":false,"payload_on":true,"state_topic":"zigbee2mqtt/0x0015bc003100ae23","unique_id":"0x0015bc003100ae23_smoke_zigbee2mqtt","value_template":"{{ value_json.smoke }}"}"#
    private static let smokeTopic = "homeassistant/binary_sensor/0x0015bc003100ae23/smoke/config"

    @Test("a device of Zigbee2MQTT is announced under its own dialect")
    func bridged() throws {
        let announcement = try announcement(Self.smoke, on: Self.smokeTopic)

        #expect(
            announcement
                == Announcement(
                    topic: Self.smokeTopic, address: DeviceAddress(dialect: "zigbee2mqtt", name: "0x0015bc003100ae23"),
                    name: "0x0015bc003100ae23", manufacturer: "Develco", model: "Smoke detector with siren (SMSZB-120)",
                    readings: [
                        Announcement.Reading(
                            kind: .smoke, deviceClass: "smoke", topic: "zigbee2mqtt/0x0015bc003100ae23", field: "smoke", on: "true",
                            off: "false")
                    ]))
    }

    // A rule of Tasmota in OpenMQTTGateway's documents: short names, and a base at the beginning of the topic
    @Test("short names are spelled out, and the base stands where the tilde is")
    func abbreviations() throws {
        let announcement = try announcement(
            #"{"name":"WaterMeterLeak","stat_t":"~stat/Moisture","avty_t":"~tele/LWT","pl_avail":"Online","uniq_id":"18A6B3_SNS_1","device":{"identifiers":["18A6B3"]},"~":"tasmota_18A6B3/","val_tpl":"{{value_json.Leak}}","pl_off":"OFF","pl_on":"ON","dev_cla":"moisture"}"#,
            on: "homeassistant/binary_sensor/18A6B3_SNS_1/config")

        #expect(announcement.address == DeviceAddress(dialect: "homeassistant-discovery", name: "18A6B3"))
        #expect(
            announcement.readings == [
                Announcement.Reading(
                    kind: .water_leak, deviceClass: "moisture", topic: "tasmota_18A6B3/stat/Moisture", field: "Leak", on: "ON",
                    off: "OFF")
            ])
    }

    @Test("all components of a device in one entry share what the entry says for all")
    func components() throws {
        // home-assistant.io/integrations/mqtt, device discovery
        let announcement = try announcement(
            #"{"dev":{"ids":"ea334450945afc","name":"Kitchen","mf":"Bla electronics","mdl":"xya","sw":"1.0"},"o":{"name":"bla2mqtt","sw":"2.1"},"cmps":{"a":{"p":"binary_sensor","device_class":"occupancy","value_template":"{{ value_json['occupied'] }}","unique_id":"a"},"b":{"p":"sensor","device_class":"temperature","unit_of_measurement":"°C","value_template":"{{ value_json.env.temperature }}"},"c":{"p":"sensor","device_class":"temperature","unit_of_measurement":"°F","value_template":"{{ value_json.f }}"},"d":{"p":"light"}},"state_topic":"sensorBedroom/state","qos":2}"#,
            on: "homeassistant/device/ea334450945afc/config")

        #expect(announcement.address == DeviceAddress(dialect: "homeassistant-discovery", name: "ea334450945afc"))
        #expect(announcement.readings.map(\.kind) == [.presence, .temperature_c])
        #expect(announcement.readings.map(\.field) == ["occupied", "env.temperature"])
        #expect(announcement.readings.map(\.topic) == ["sensorBedroom/state", "sensorBedroom/state"])
    }

    @Test("a firmware's device is announced under its dialect where that has a decoder, else under the discovery's")
    func firmware() throws {
        // arendst/Tasmota xdrv_12_home_assistant.ino; esphome mqtt_component.cpp
        let tasmota = try announcement(
            #"{"name":"Leak","stat_t":"tele/cellar/SENSOR","val_tpl":"{{value_json.Leak}}","dev_cla":"moisture","dev":{"ids":["18A6B3"],"sw":"9.1.0(tasmota)","mf":"Tasmota"}}"#,
            on: "homeassistant/binary_sensor/18A6B3_leak/config")
        let esphome = try announcement(
            #"{"dev_cla":"motion","name":"Motion","stat_t":"zima/binary_sensor/motion/state","avty_t":"zima/status","uniq_id":"ESPbinary_sensormotion","dev":{"ids":"a020a61c3105","name":"zima","sw":"esphome v2024.1.0-dev Jan  3 2024, 20:56:34","mdl":"nodemcu","mf":"espressif"}}"#,
            on: "homeassistant/binary_sensor/zima/motion/config")

        #expect(tasmota.address == DeviceAddress(dialect: "tasmota", name: "cellar"))
        #expect(esphome.address == DeviceAddress(dialect: "homeassistant-discovery", name: "a020a61c3105"))
        #expect(esphome.readings.map(\.field) == [nil])
    }

    @Test("a press is a button, or a call for help by its name")
    func triggers() throws {
        // Koenkk/zigbee2mqtt test/extensions/homeassistant.test.ts
        func entry(_ action: String) -> String {
            #"{"automation_type":"trigger","type":"action","subtype":"\#(action)","payload":"\#(action)","topic":"zigbee2mqtt/button/action","origin":{"name":"Zigbee2MQTT","sw":"2.1.0"},"device":{"identifiers":["zigbee2mqtt_0x0017880104e45520"],"name":"button"}}"#
        }

        let single = try announcement(entry("single"), on: "homeassistant/device_automation/0x0017880104e45520/action_single/config")
        let emergency = try announcement(
            entry("emergency"), on: "homeassistant/device_automation/0x0017880104e45520/action_emergency/config")

        #expect(single.readings.map(\.kind) == [.button])
        #expect(single.address == DeviceAddress(dialect: "zigbee2mqtt", name: "button"))
        #expect(emergency.readings.map(\.kind) == [.sos])
    }

    @Test(
        "what is of no use here says so, and takes the place of what stood there",
        arguments: [
            // A soil sensor's moisture is a number; a template computes; a switch that sets the device up; no topic; not JSON
            ("homeassistant/sensor/plant/config", #"{"dev_cla":"moisture","unit_of_meas":"%","stat_t":"plant/state"}"#),
            (
                "homeassistant/binary_sensor/x/config",
                #"{"dev_cla":"motion","stat_t":"x","val_tpl":"{% if value_json.a > 3 %}ON{% endif %}"}"#
            ),
            ("homeassistant/binary_sensor/x/config", #"{"dev_cla":"motion","stat_t":"x","val_tpl":"{{ value_json.a | int > 3 }}"}"#),
            ("homeassistant/binary_sensor/x/config", #"{"dev_cla":"motion","stat_t":"x","val_tpl":"{{ value_json }}"}"#),
            ("homeassistant/binary_sensor/x/config", #"{"dev_cla":"motion","stat_t":"x","val_tpl":"{{ value_json['a }}"}"#),
            ("homeassistant/switch/x/child_lock/config", #"{"stat_t":"x","entity_category":"config"}"#),
            ("homeassistant/binary_sensor/x/config", #"{"dev_cla":"smoke"}"#),
            ("homeassistant/binary_sensor/x/config", #"{"dev_cla":"smoke","stat_t":"a/+/b"}"#),
            ("homeassistant/binary_sensor/x/config", #"{"dev_cla":"smoke","stat_t":"~/b","~":"{device}"}"#),
            ("homeassistant/binary_sensor/x/config", #"{"dev_cla":"light","stat_t":"x"}"#),
            ("homeassistant/light/x/config", #"{"stat_t":"x"}"#),
            ("homeassistant/device/x/config", #"{"cmps":{"a":{"p":"binary_sensor"}}}"#),
            ("homeassistant/binary_sensor/x/config", "[1]"), ("homeassistant/binary_sensor/x/config", "{"),
        ])
    func useless(topic: String, payload: String) { #expect(change(payload, on: topic) == .useless(topic: topic)) }

    @Test("an empty entry was removed")
    func removed() { #expect(change("", on: Self.smokeTopic) == .withdrawn(topic: Self.smokeTopic)) }

    @Test(
        "what is no entry says nothing",
        arguments: [
            "homeassistant/status", "homeassistant/binary_sensor/config", "homeassistant/binary_sensor/a/b/c/config",
            "binary_sensor/a/config",
            "homeassistant/toaster/a/config", "homeassistant/binary_sensor//config", "zigbee2mqtt/bridge/config", "config", "",
        ])
    func others(topic: String) {
        #expect(change(Self.smoke, on: topic) == nil)
        #expect(decoder.address(of: Capture(topic, Self.smoke).frame) == nil)
    }

    @Test("another prefix and a node make no difference")
    func prefixes() {
        for topic in ["ha/x/binary_sensor/node/smoke/config", "ha/binary_sensor/smoke/config"] {
            guard case .made = change(Self.smoke, on: topic) else {
                Issue.record("\(topic)")
                continue
            }
        }
    }

    @Test("words that would turn a screen around are left out, and what is shared by too many components is cut")
    func hostile() throws {
        let many = (0..<100).map { #""c\#($0)":{"p":"binary_sensor","dev_cla":"motion","stat_t":"t/\#($0)"}"# }.joined(separator: ",")

        let announcement = try announcement(
            #"{"dev":{"ids":"a","name":"ki\u202Etchen","mf":"\#(String(repeating: "x", count: 500))"},"cmps":{\#(many)}}"#,
            on: "homeassistant/device/a/config")

        #expect(announcement.name == nil)
        #expect(announcement.manufacturer == nil)
        #expect(announcement.readings.count == 16)
    }
}
