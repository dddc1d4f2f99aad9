import Testing
import VigilCore
import VigilDevices

/// Frames as Zigbee2MQTT published them; each block names where they were seen.
struct Zigbee2MQTTDecoderTests {
    private let decoder = Zigbee2MQTTDecoder()

    @Test(
        "alarms are levels",
        arguments: [
            // https://github.com/Koenkk/zigbee2mqtt/issues/3164
            Capture(
                "zigbee2mqtt/0x00158d0004c07fa8",
                #"{"battery":96.5,"linkquality":92,"enrolled":true,"smoke":true,"battery_low":false}"#,
                .level(.smoke, true), .level(.battery_percent, 96.5), .level(.battery_low, false)),
            // https://pastebin.com/jsutmFVm: the device object says offline while the detector speaks
            Capture(
                "zigbee2mqtt/0x005043c95333194d",
                #"{"smoke":true,"linkquality":134,"device":{"ieeeAddr":"0x005043c95333194d","type":"EndDevice","status":"offline"}}"#,
                .level(.smoke, true)),
            // https://pastebin.com/epP8GVLc: link quality 0 is not "offline"
            Capture(
                "zigbee2mqtt/0x005043c953277b7a", #"{"enrolled":true,"zone_id":23,"smoke":false,"battery_low":false,"linkquality":0}"#,
                .level(.smoke, false), .level(.battery_low, false)),
            // fromZigbee.ts, JY-GZ-01AQ: the linkage alarm sounds for another detector's smoke
            Capture(
                "zigbee2mqtt/kitchen_smoke",
                #"{"battery":100,"linkage_alarm":true,"linkage_alarm_state":true,"smoke":false,"smoke_density":0}"#,
                .level(.smoke, false), .level(.battery_percent, 100)),
            // fromZigbee.ts ias_carbon_monoxide_alarm_1_gas_alarm_2
            Capture(
                "zigbee2mqtt/co", #"{"carbon_monoxide":true,"gas":false,"tamper":false,"test":false,"trouble":false}"#,
                .level(.smoke_test, false), .level(.gas, true), .level(.tamper, false), .level(.sensor_fault, false)),
            // fromZigbee.ts ias_sos_alarm_2, Feibit SEB01ZB
            Capture(
                "zigbee2mqtt/bed", #"{"sos":true,"tamper":false,"battery_low":false}"#,
                .level(.sos, true), .level(.battery_low, false), .level(.tamper, false)),
            // https://github.com/Koenkk/zigbee2mqtt/issues/12924: temperature is the chip's
            Capture(
                "zigbee2mqtt/sink",
                #"{"battery":100,"battery_low":false,"device_temperature":26,"last_seen":1656118444933,"linkquality":83,"tamper":false,"temperature":26,"voltage":3025,"water_leak":false}"#,
                .level(.water_leak, false), .level(.battery_percent, 100), .level(.battery_low, false), .level(.battery_mv, 3025),
                .level(.tamper, false)),
        ])
    func alarms(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    // fromZigbee.ts ias_smoke_alarm_1: bits 0 and 8 of one zone status
    @Test("an alarm during a test is a drill, and counted")
    func drill() throws {
        let decoded = try decoder.decode(#"{"smoke":true,"tamper":false,"battery_low":false,"test":true}"#, on: "zigbee2mqtt/hall")

        #expect(decoded.facts == [.level(.smoke_test, true), .level(.battery_low, false), .level(.tamper, false)])
        #expect(decoded.faults == ["test: smoke during a test of the detector was taken for a drill"])
    }

    @Test(
        "an action is an event, an empty one is none",
        arguments: [
            // https://github.com/Koenkk/zigbee2mqtt/issues/31821
            Capture(
                "zigbee2mqtt/sos", #"{"action":"emergency","battery":80,"linkquality":144}"#, .event(.sos),
                .level(.battery_percent, 80)),
            // https://github.com/Koenkk/zigbee2mqtt/issues/31727
            Capture(
                "zigbee2mqtt/0xa4c13899607febd1",
                #"{"action":null,"battery":100,"last_seen":"2026-04-17T23:33:17+08:00","linkquality":14}"#,
                .level(.battery_percent, 100)),
            // https://github.com/Koenkk/zigbee2mqtt/issues/19123
            Capture(
                "zigbee2mqtt/Clavier_code",
                #"{"action":"","action_code":null,"action_zone":null,"battery":100,"battery_low":false,"tamper":false,"voltage":5000}"#,
                .level(.battery_percent, 100), .level(.battery_low, false), .level(.battery_mv, 5000), .level(.tamper, false)),
            // Koenkk/zigbee2mqtt test/extensions/receive.test.ts
            Capture("zigbee2mqtt/button", #"{"action":"single"}"#, .event(.button, "single")),
            // The same property before 1.20
            Capture("zigbee2mqtt/button", #"{"click":"double","linkquality":99}"#, .event(.button, "double")),
            // fromZigbee.ts command_panic with an endpoint; the ACE cluster's fire button; a keypad
            Capture("zigbee2mqtt/keypad", #"{"action":"panic_1"}"#, .event(.sos)),
            Capture("zigbee2mqtt/keypad", #"{"action":"fire"}"#, .event(.sos)),
            Capture("zigbee2mqtt/keypad", #"{"action":"arm_all_zones"}"#, .event(.button, "arm_all_zones")),
            Capture("zigbee2mqtt/keypad", #"{"action":"sos_cancel"}"#, .event(.button, "sos_cancel")),
            Capture("zigbee2mqtt/keypad", #"{"action":"emergency_l2"}"#, .event(.sos)),
            Capture("zigbee2mqtt/keypad", #"{"action":"sos_long"}"#, .event(.sos)),
            Capture("zigbee2mqtt/lock", #"{"action":"emergency_unlock"}"#, .event(.button, "emergency_unlock")),
            Capture("zigbee2mqtt/stove", #"{"action":"fireplace_on"}"#, .event(.button, "fireplace_on")),
            // https://github.com/stas-demydiuk/domoticz-zigbee2mqtt-plugin/issues/15: the puck was dropped, nobody fell
            Capture(
                "zigbee2mqtt/0x00158d0002b435ed", #"{"action":"drop","voltage":3145,"linkquality":134,"battery":"100.00"}"#,
                .event(.vibration), .level(.battery_percent, 100), .level(.battery_mv, 3145)),
            // lumi MFKZQ01LM: the cube fell
            Capture("zigbee2mqtt/cube", #"{"action":"fall"}"#, .event(.vibration)),
            // lumi RTCZCGQ11LM
            Capture("zigbee2mqtt/fp1", #"{"action":"region_1_enter","presence":true}"#, .level(.presence, true)),
            // https://github.com/stas-demydiuk/domoticz-zigbee2mqtt-plugin/issues/305
            Capture(
                "zigbee2mqtt/VibrationSensor", #"{"battery":100,"angle":87,"angle_x":-1,"strength":20,"action":""}"#,
                .level(.battery_percent, 100)),
        ])
    func actions(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "three vendors of fall radars have three names and two severities",
        arguments: [
            // heiman.ts, HS2FD; its occupancy is presence
            Capture(
                "zigbee2mqtt/HS2FD-ZB", #"{"fall_status":"fall_alarm","occupancy":true,"sensor_status":"activity"}"#,
                .level(.fall, true), .level(.presence, true)),
            Capture(
                "zigbee2mqtt/HS2FD-ZB", #"{"fall_status":"fall_warning","occupancy":true}"#,
                .level(.fall, false), .level(.fall_suspected, true), .level(.presence, true)),
            Capture(
                "zigbee2mqtt/HS2FD-ZB", #"{"fall_status":"normal","occupancy":false}"#,
                .level(.fall, false), .level(.fall_suspected, false), .level(.presence, false)),
            Capture("zigbee2mqtt/HS2FD-ZB", #"{"fall_status":"unknown","occupancy":true}"#, .level(.presence, true)),
            // tuya.ts, MIR-HE200-TY
            Capture(
                "zigbee2mqtt/radar_toilet",
                #"{"fall_down_status":"maybe_fall","fall_sensitivity":7,"occupancy":true,"presence":true,"static_dwell_alarm":"0","tumble_switch":"ON"}"#,
                .level(.fall, false), .level(.fall_suspected, true), .level(.presence, true), .level(.motion, true)),
            Capture("zigbee2mqtt/radar", #"{"fall_down_status":"fall","presence":true}"#, .level(.fall, true), .level(.presence, true)),
            Capture(
                "zigbee2mqtt/radar", #"{"fall_down_status":"none","presence":null}"#, .level(.fall, false),
                .level(.fall_suspected, false)),
            // https://github.com/Koenkk/zigbee2mqtt/issues/31767: a mis-mapped setting is no fall
            Capture("zigbee2mqtt/radar", #"{"presence":true,"tumble_switch":11,"fall_sensitivity":9}"#, .level(.presence, true)),
            // owon.ts, FDS315
            Capture(
                "zigbee2mqtt/fds315", #"{"breathing_rate":16,"location_x":120,"status":"falling"}"#,
                .level(.fall, true), .level(.presence, true), .level(.in_bed, false), .level(.respiration_rpm, 16)),
            Capture(
                "zigbee2mqtt/fds315", #"{"breathing_rate":16,"status":"low_posture"}"#,
                .level(.presence, true), .level(.in_bed, false), .level(.respiration_rpm, 16)),
            Capture(
                "zigbee2mqtt/fds315", #"{"breathing_rate":12,"status":"on_the_bed"}"#,
                .level(.fall, false), .level(.presence, true), .level(.in_bed, true), .level(.respiration_rpm, 12)),
            Capture(
                "zigbee2mqtt/fds315", #"{"breathing_rate":0,"status":"unoccupied"}"#,
                .level(.fall, false), .level(.presence, false), .level(.in_bed, false), .event(.not_measured, "respiration_rpm")),
            Capture("zigbee2mqtt/fds315", #"{"status":"Unknown (9)"}"#, .alive),
            // `status` of a device that is no radar
            Capture("zigbee2mqtt/pump", #"{"status":"idle"}"#, .alive),
        ])
    func falls(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "presence, movement and doors",
        arguments: [
            // https://github.com/Koenkk/zigbee2mqtt/issues/26393: contact true is closed
            Capture(
                "zigbee2mqtt/CP velux", #"{"battery":100,"contact":true,"device_temperature":15,"voltage":3005}"#,
                .level(.door_open, false), .level(.battery_percent, 100), .level(.battery_mv, 3005)),
            // https://github.com/Koenkk/zigbee2mqtt/issues/13342
            Capture(
                "zigbee2mqtt/door", #"{"contact":false,"device_temperature":28,"temperature":26}"#, .level(.door_open, true)),
            // https://github.com/Koenkk/zigbee-herdsman-converters/pull/4006: an unrelated state beside occupancy
            Capture(
                "zigbee2mqtt/0x04cf8cdf3c8a82e0",
                #"{"detection_interval":2,"motion_sensitivity":"high","occupancy":true,"state":"OFF","update":{"state":null}}"#,
                .level(.motion, true)),
            // https://github.com/Andrik45719/ZY-M100/issues/1
            Capture(
                "zigbee2mqtt/0xa4c1382a6b329e9d",
                #"{"fading_time":30,"illuminance_lux":373,"last_seen":"2024-09-07T15:51:41.925Z","presence":false,"target_distance":null}"#,
                .level(.presence, false)),
            // fromZigbee.ts ias_vibration_alarm_1_with_timeout
            Capture("zigbee2mqtt/mattress", #"{"vibration":true,"tamper":false}"#, .level(.vibration, true), .level(.tamper, false)),
        ])
    func presence(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "measurements keep their units, and no reading is none",
        arguments: [
            // zigbee2mqtt.io, WSDCGQ01LM
            Capture("zigbee2mqtt/room", #"{"temperature":27.34,"humidity":44.72}"#, .level(.temperature_c, 27.34)),
            Capture("zigbee2mqtt/room", #"{"temperature":21,"humidity":40,"device_temperature":24}"#, .level(.temperature_c, 21)),
            // A plug: volts of the mains, kilowatt hours
            Capture(
                "zigbee2mqtt/kettle", #"{"state":"ON","power":1800,"voltage":231,"energy":1.25}"#, .level(.switch, true),
                .level(.meter_energy_wh, 1250)),
            Capture("zigbee2mqtt/x", #"{"battery":null,"temperature":"","occupancy":"unknown","linkquality":1}"#, .alive),
            Capture("zigbee2mqtt/x", #"{"battery":255}"#, .event(.not_measured, "battery_percent")),
            Capture("zigbee2mqtt/x", #"{"battery":-1}"#, .event(.not_measured, "battery_percent")),
            Capture("zigbee2mqtt/x", #"{"temperature":-1}"#, .level(.temperature_c, -1)),
        ])
    func measurements(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test("a bad fact is left out and counted, the rest stays")
    func oneBadFact() throws {
        let decoded = try decoder.decode(#"{"smoke":true,"battery":"full","contact":1,"tamper":{"a":1}}"#, on: "zigbee2mqtt/x")

        #expect(decoded.facts == [.level(.smoke, true)])
        #expect(decoded.faults == ["contact: neither true nor false", "battery: not a number", "tamper: neither true nor false"])
    }

    @Test(
        "last_seen is the time of the facts",
        arguments: [(#"1573393389829"#, 1_573_393_389_829), (#""2024-09-07T15:51:41.925Z""#, 1_725_724_301_925)] as [(String, Int64)])
    func eventTime(written: String, milliseconds: Int64) throws {
        let decoded = try decoder.decode(#"{"smoke":true,"last_seen":\#(written)}"#, on: "zigbee2mqtt/x")

        #expect(decoded.observations.map(\.eventTime) == [EventTime(milliseconds)])
    }

    @Test("a last_seen that is no time loses nothing else")
    func badEventTime() throws {
        let decoded = try decoder.decode(#"{"smoke":true,"last_seen":"soon"}"#, on: "zigbee2mqtt/x")

        #expect(decoded.facts == [.level(.smoke, true)])
        #expect(decoded.observations[0].eventTime == nil)
        #expect(decoded.faults == ["last_seen: neither milliseconds nor a time in ISO 8601"])
    }

    @Test(
        "an attribute on a topic of its own says what it says in the object",
        arguments: [
            // Koenkk/zigbee2mqtt lib/controller.ts iteratePayloadAttributeOutput: null is sent as the empty text
            Capture("zigbee2mqtt/kitchen/smoke", "true", .level(.smoke, true)),
            Capture("zigbee2mqtt/kitchen/battery", "96.5", .level(.battery_percent, 96.5)),
            Capture("zigbee2mqtt/bed/button/action", "emergency", .event(.sos)),
            Capture("zigbee2mqtt/button/action", "single", .event(.button, "single")),
            Capture("zigbee2mqtt/kitchen/smoke", "", .alive),
            Capture("zigbee2mqtt/kitchen/linkquality", "92", .alive),
            Capture("zigbee2mqtt/kitchen/update-state", "idle", .alive),
            Capture("zigbee2mqtt/door/contact", "false", .level(.door_open, true)),
        ])
    func attributes(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "availability and the bridge's state, new and old form",
        arguments: [
            // Koenkk/zigbee2mqtt test/extensions/availability.test.ts; lib/mqtt.ts; issue 11935
            Capture("zigbee2mqtt/remote/availability", #"{"state":"online"}"#, isRetained: true, .level(.availability, "online")),
            Capture("zigbee2mqtt/remote/availability", "offline", isRetained: true, .level(.availability, "offline")),
            Capture("zigbee2mqtt/bridge/state", #"{"state":"offline"}"#, isRetained: true, .level(.bridge_availability, "offline")),
            Capture("zigbee2mqtt/bridge/state", "online", isRetained: true, .level(.bridge_availability, "online")),
            Capture("upstairs/z2m/bridge/state", "online", .level(.bridge_availability, "online")),
            // test/extensions/bridge.test.ts; lib/extension/health.ts
            Capture("zigbee2mqtt/bridge/response/health_check", #"{"data":{"healthy":true},"status":"ok"}"#, .event(.gateway_alive)),
            Capture("zigbee2mqtt/bridge/health", #"{"response_time":"0x1","os":{},"process":{},"mqtt":{}}"#, .event(.gateway_alive)),
            Capture("zigbee2mqtt/bridge/devices", "[{}]", isRetained: true),
            Capture("zigbee2mqtt/bridge/logging", #"{"level":"info","message":"smoke: true"}"#),
        ])
    func bridge(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    // https://github.com/Koenkk/zigbee2mqtt/issues/31727
    @Test("the bridge speaks of a device by its name")
    func bridgeEvents() throws {
        let announced = #"{"data":{"friendly_name":"bed button","ieee_address":"0xa4c13899607febd1"},"type":"device_announce"}"#
        let left = #"{"data":{"friendly_name":"bed button","ieee_address":"0xa4c13899607febd1"},"type":"device_leave"}"#

        let alive = try decoder.decode(announced, on: "zigbee2mqtt/bridge/event")
        let gone = try decoder.decode(left, on: "home/z2m/bridge/event")

        #expect(alive.facts == [.alive])
        #expect(alive.observations[0].device == DeviceAddress(dialect: "zigbee2mqtt", name: "bed button"))
        #expect(gone.facts == [.level(.availability, "offline")])
        #expect(gone.observations[0].device == DeviceAddress(dialect: "zigbee2mqtt", name: "home/z2m/bed button"))
    }

    @Test(
        "a press that may be a call and that no converter names is counted",
        arguments: [("emergency_unlock", 1), ("emergency_unlock_cancel", 0), ("unlock", 0), ("panic_1", 0)])
    func doubtfulCalls(action: String, faults: Int) throws {
        #expect(try decoder.decode(#"{"action":"\#(action)"}"#, on: "zigbee2mqtt/lock").faults.count == faults)
    }

    @Test("a list of devices beyond the size limit is not even looked at")
    func longDeviceList() throws {
        let frame = Frame(
            source: "test", origin: .mqtt(topic: "zigbee2mqtt/bridge/devices"), payload: Array(repeating: 0x20, count: 200_000))
        var state = DialectState()

        #expect(try decoder.decode(frame, state: &state) == Decoded())
    }

    @Test(
        "a value that is no JSON does not take the alarm along",
        arguments: [#"{"smoke":true,"x":1e400}"#, #"{"smoke":true,"temperature":nan}"#, #"{"smoke":true,"name":"\ud83d"}"#])
    func mended(payload: String) throws {
        let decoded = try decoder.decode(payload, on: "zigbee2mqtt/kitchen")

        #expect(decoded.facts == [.level(.smoke, true)])
        #expect(decoded.faults.count == 1)
    }

    @Test(
        "what is no state of a device fails as a whole",
        arguments: [
            ("zigbee2mqtt/kitchen", #"{"smoke":tr"#, .malformed), ("zigbee2mqtt/kitchen", "online", .malformed),
            ("zigbee2mqtt/kitchen", "[true]", .unknownShape), ("zigbee2mqtt/kitchen", #"{"smoke":false,"smoke":true}"#, .duplicateKey),
            ("zigbee2mqtt/kitchen", #"{"smoke":NaN"#, .malformed),
            ("zigbee2mqtt/kitchen/availability", #"{"state":"on"}"#, .unknownShape),
            ("zigbee2mqtt/bridge/state", "perhaps", .malformed),
        ] as [(String, String, DecodeFailure.Reason)])
    func failures(topic: String, payload: String, reason: DecodeFailure.Reason) {
        let error = #expect(throws: DecodeFailure.self) { try decoder.decode(payload, on: topic) }
        #expect(error?.reason == reason)
    }
}
