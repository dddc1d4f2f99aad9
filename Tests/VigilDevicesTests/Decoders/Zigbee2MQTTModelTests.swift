import Testing
import VigilCore
import VigilDevices

/// What single models say in words of their own, each with the near miss beside the hit.
/// The pages are Koenkk/zigbee2mqtt.io docs/devices/, the converters Koenkk/zigbee-herdsman-converters.
struct Zigbee2MQTTModelTests {
    private let decoder = Zigbee2MQTTDecoder()

    @Test(
        "detectors of smoke and gas",
        arguments: [
            // SMART-SMOKE10.md
            Capture(
                "zigbee2mqtt/hall",
                #"{"smoke_state":"alarm","battery_state":"low","battery":20,"smoke_value":7,"self_checking":false}"#,
                .level(.smoke, true), .level(.battery_percent, 20), .level(.battery_low, true)),
            Capture(
                "zigbee2mqtt/hall", #"{"smoke_state":"normal","battery_state":"middle"}"#, .level(.smoke, false),
                .level(.battery_low, false)),
            // The word beside the flag adds nothing, and a word of another table is none
            Capture("zigbee2mqtt/hall", #"{"smoke":false,"smoke_state":"detecting"}"#, .level(.smoke, false)),
            Capture("zigbee2mqtt/hall", #"{"smoke_state":"unknown"}"#, .alive),
            Capture("zigbee2mqtt/hall", #"{"smoke_state":"preheating"}"#, .alive),
            // modernExtend.ts iasZoneAlarm with both alarms: one is enough, in either order
            Capture("zigbee2mqtt/hall", #"{"smoke_alarm_1":true,"smoke_alarm_2":false}"#, .level(.smoke, true)),
            Capture("zigbee2mqtt/hall", #"{"smoke_alarm_1":false,"smoke_alarm_2":true}"#, .level(.smoke, true)),
            // HS1SA-E-PLUS.md: interconnectable and link_available carry it on to others, the siren sounds for others
            Capture(
                "zigbee2mqtt/hall",
                #"{"smoke":false,"test":false,"battery_low":false,"fault_state":"normal","interconnectable":true,"link_available":"smoke_active","siren_for_automation_only":"smoke_siren","temperature":22}"#,
                .level(.smoke_test, false), .level(.smoke, false), .level(.temperature_c, 22), .level(.battery_low, false),
                .level(.sensor_fault, false)),
            // BSD-2.md: an alarm that was set off by hand is no smoke; a test from afar is a test
            Capture(
                "zigbee2mqtt/hall", #"{"smoke":false,"manual_smoke_alarm":"ON","test_mode":"ON","button_pushed":false}"#,
                .level(.smoke_test, true), .level(.smoke, false)),
            Capture(
                "zigbee2mqtt/hall", #"{"smoke":true,"test_mode":"ON","battery_low":false}"#, .level(.smoke_test, true),
                .level(.smoke, true),
                .level(.battery_low, false)),
            // TS0601_gas_sensor_4.md
            Capture(
                "zigbee2mqtt/kitchen", #"{"gas":true,"gas_value":11,"preheat":false,"fault_alarm":false,"self_test":false}"#,
                .level(.gas, true), .level(.sensor_fault, false)),
            // ZB-DG03.md
            Capture("zigbee2mqtt/kitchen", #"{"gas":false,"fault":"sensor_fault"}"#, .level(.gas, false), .level(.sensor_fault, true)),
            // A siren's test is no detector's; on a topic of its own nobody knows better
            Capture("zigbee2mqtt/siren", #"{"alarm":true,"test":true,"tamper":false}"#, .level(.tamper, false)),
            Capture("zigbee2mqtt/hall/test", "true", .level(.smoke_test, true)),
        ])
    func detectors(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    // lib/lumi.ts, JY-GZ-01AQ: alarm and test are attributes 160 and 162, each reported by itself
    @Test("where test and alarm are reported apart, a test whose end was lost makes no drill of a fire")
    func staleTest() throws {
        let decoded = try decoder.decode(#"{"smoke":true,"smoke_density":9,"test":true,"linkage_alarm":true}"#, on: "zigbee2mqtt/hall")

        #expect(decoded.facts == [.level(.smoke_test, true), .level(.smoke, true)])
        #expect(decoded.faults.isEmpty)
    }

    @Test(
        "radars, straps and motion",
        arguments: [
            // ZG-204ZM.md: who sits still is there
            Capture(
                "zigbee2mqtt/radar", #"{"presence":true,"motion_state":"static","battery":80,"fading_time":30}"#,
                .level(.presence, true), .level(.motion, false), .level(.battery_percent, 80)),
            Capture(
                "zigbee2mqtt/radar", #"{"occupancy":true,"human_motion_state":"large","departure_delay":5}"#, .level(.motion, true),
                .level(.presence, true)),
            Capture("zigbee2mqtt/radar", #"{"occupancy":true,"target_distance":1.2}"#, .level(.presence, true)),
            Capture("zigbee2mqtt/pir", #"{"occupancy":true,"illuminance":12}"#, .level(.motion, true)),
            // FP1E and FP300
            Capture(
                "zigbee2mqtt/fp1e", #"{"presence":true,"movement":"no_movement"}"#, .level(.presence, true), .level(.motion, false)),
            Capture("zigbee2mqtt/fp1e", #"{"presence":true,"movement":"unknown_0"}"#, .level(.presence, true)),
            Capture(
                "zigbee2mqtt/fp300", #"{"presence":true,"pir_detection":false}"#, .level(.presence, true), .level(.motion, false)),
            // Presence as a word; the third word keeps what was known
            Capture("zigbee2mqtt/switch", #"{"presence_state":"presence","state_l1":"ON"}"#, .level(.presence, true)),
            Capture("zigbee2mqtt/radar", #"{"presence_state":"absence"}"#, .level(.presence, false)),
            Capture("zigbee2mqtt/radar", #"{"presence_state":"sensor_close"}"#, .alive),
            // TS0601_bed_presence_sensor.md: illuminance is the raw pressure
            Capture(
                "zigbee2mqtt/bed",
                #"{"occupancy":true,"illuminance":4200,"presence_delay":0,"work_state":"presence_5min","battery":90}"#,
                .level(.in_bed, true), .level(.battery_percent, 90)),
            Capture("zigbee2mqtt/bed", #"{"occupancy":false,"work_state":"none"}"#, .level(.in_bed, false)),
            // A curtain and a valve have a work_state as well
            Capture("zigbee2mqtt/curtain", #"{"state":"OPEN","position":40,"work_state":"opening","moving":true}"#, .alive),
            // The occupancy of a thermostat is one of its modes
            Capture("zigbee2mqtt/heater", #"{"occupancy":true,"local_temperature":19.5,"system_mode":"heat","state":"ON"}"#, .alive),
            // SmartThings multi sensor
            Capture(
                "zigbee2mqtt/multi", #"{"contact":true,"moving":true,"x_axis":12}"#, .level(.vibration, true), .level(.door_open, false)
            ),
        ])
    func radars(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "doors, switches and what no hand does",
        arguments: [
            // Senoro.Win-v2.md: vibration is a strength
            Capture(
                "zigbee2mqtt/window", #"{"opening_state":"tilted","vibration":3,"alarm_state":false}"#, .level(.door_open, true)),
            Capture("zigbee2mqtt/window", #"{"opening_state":"closed"}"#, .level(.door_open, false)),
            // fromZigbee.ts lock
            Capture("zigbee2mqtt/lock", #"{"state":"LOCK","lock_state":"locked","door_state":"closed"}"#, .level(.door_open, false)),
            Capture("zigbee2mqtt/lock", #"{"state":"LOCK","lock_state":"locked","door_state":"error_jammed"}"#, .alive),
            Capture("zigbee2mqtt/lock", #"{"action":"auto_lock","state":"LOCK"}"#, .alive),
            Capture("zigbee2mqtt/lock", #"{"action":"manual_unlock","state":"UNLOCK"}"#, .event(.button, "manual_unlock")),
            // Two contacts in one device: one open door is open
            Capture("zigbee2mqtt/gate", #"{"contact_left":true,"contact_right":false}"#, .level(.door_open, true)),
            Capture("zigbee2mqtt/gate", #"{"contact_left":false,"contact_right":true}"#, .level(.door_open, true)),
            // fromZigbee.ts on_off with endpoints
            Capture("zigbee2mqtt/lamps", #"{"state_l1":"OFF","state_l2":"ON","state_l3":"OFF"}"#, .level(.switch, true)),
            Capture("zigbee2mqtt/lamps", #"{"state_left":"OFF","state_right":"OFF"}"#, .level(.switch, false)),
            Capture("zigbee2mqtt/plug/state", "ON", .level(.switch, true)),
            Capture("zigbee2mqtt/siren", #"{"state":"ON","alarm":true}"#, .alive),
            Capture(
                "zigbee2mqtt/valve", #"{"state":"ON","water_consumed":12,"last_valve_open_duration":3}"#, .level(.meter_water_l, 12)),
            // DWZTCGQ11LM.md: the thing fell, moved, came to rest; fall_detection is a setting
            Capture("zigbee2mqtt/thing", #"{"action":"fall","fall_detection":"ON"}"#, .event(.vibration)),
            Capture("zigbee2mqtt/thing", #"{"action":"movement"}"#, .event(.vibration)),
            Capture("zigbee2mqtt/thing", #"{"action":"static"}"#, .alive),
            Capture("zigbee2mqtt/thing", #"{"action":"triple_tap"}"#, .event(.button, "triple_tap")),
            // WKE502Z.md: the press is the action; sos_alarm stays until somebody disarms
            Capture("zigbee2mqtt/keypad", #"{"action":"sos","sos_alarm":true}"#, .event(.sos)),
            Capture("zigbee2mqtt/keypad", #"{"action":"arm_home","sos_alarm":true}"#, .event(.button, "arm_home")),
        ])
    func hands(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "meters are read only in a unit that is known",
        arguments: [
            Capture("zigbee2mqtt/water", #"{"water_consumed":12.5,"flow_rate":0}"#, .level(.meter_water_l, 12500)),
            Capture("zigbee2mqtt/water", #"{"water_consumed":12.5}"#, .alive),
            // fromZigbee.ts gas_metering
            Capture("zigbee2mqtt/gas", #"{"gas":831.25,"volume_flow_rate":0.1,"status":0}"#, .level(.meter_gas_l, 831_250)),
        ])
    func meters(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "the bridge speaks of a device that answers",
        arguments: [
            ("device_interview", "successful", true), ("device_interview", "failed", false), ("device_interview", "started", false),
        ])
    func interviews(type: String, status: String, answers: Bool) throws {
        let decoded = try decoder.decode(
            #"{"type":"\#(type)","data":{"friendly_name":"bed","ieee_address":"0xa4","status":"\#(status)"}}"#,
            on: "zigbee2mqtt/bridge/event")

        #expect(decoded.facts == (answers ? [.alive] : []))
    }
}
