import VigilCore

/// What mutation starts from: real payloads and topics of a dialect.
struct FuzzCorpus: Sendable {
    var payloads: [[UInt8]]
    var topics: [String]

    init(payloads: [[UInt8]], topics: [String]) {
        self.payloads = payloads
        self.topics = topics
    }

    /// Of a dialect that speaks in text.
    init(payloads: [String], topics: [String]) { self.init(payloads: payloads.map { Array($0.utf8) }, topics: topics) }

    static func of(_ dialect: Dialect) -> FuzzCorpus? {
        switch dialect {
        case "vigil": vigil
        case "zigbee2mqtt": zigbee2MQTT
        case "homeassistant-discovery": homeAssistant
        case "tasmota": tasmota
        case "shelly-gen1": shellyGen1
        case "shelly-gen2": shellyGen2
        case "3g-watch": watch
        case "ble": bluetooth
        case "esphome": esphome
        case "homie4": homie4
        case "homie5": homie5
        case "chirpstack": chirpStack
        case "opensleep": opensleep
        case "sleepace": sleepace
        case "emfit-qs": emfit
        case "dfrobot-c1001": dfrobot
        case "aqara-gateway-lan": aqara
        case "espresense": espresense
        case "aliyun-iot": aliyun
        case "onenet": onenet
        case "huawei-iotda": huawei
        case "thingsboard": thingsboard
        case "theengs", "openmqttgateway": theengs
        case "rtl_433": rtl433
        default: nil
        }
    }

    private static let homeAssistant = FuzzCorpus(
        payloads: [
            // https://github.com/Koenkk/zigbee2mqtt/issues/9235
            #"{"device":{"identifiers":["zigbee2mqtt_0x0015bc003100ae23"],"manufacturer":"Develco"},"device_class":"smoke","payload_off":false,"payload_on":true,"state_topic":"zigbee2mqtt/0x0015bc003100ae23","value_template":"{{ value_json.smoke }}"}"#,
            #"{"dev_cla":"motion","name":"Motion","stat_t":"zima/binary_sensor/motion/state","dev":{"ids":"a020a61c3105","name":"zima","sw":"esphome v2024.1.0","mf":"espressif"}}"#,
            #"{"device_class":"door","state_topic":"tele/hall/SENSOR","value_template":"{{ value_json.Switch1 }}","payload_on":1,"device":{"sw_version":"9.1.0(tasmota)"}}"#,
            #"{"dev_cla":"presence","stat_t":"~","~":"bed/state"}"#,
            // OpenMQTTGateway's documents; home-assistant.io/integrations/mqtt
            #"{"stat_t":"~stat/Moisture","device":{"identifiers":["18A6B3"]},"~":"tasmota_18A6B3/","val_tpl":"{{value_json.Leak}}","dev_cla":"moisture"}"#,
            #"{"dev":{"ids":"ea33","cns":[["mac","02:5b"]]},"o":{"name":"bla"},"cmps":{"a":{"p":"binary_sensor","device_class":"occupancy","value_template":"{{ value_json['a'].b }}"}},"state_topic":"b/state"}"#,
            #"{"automation_type":"trigger","subtype":"emergency","payload":"emergency","topic":"zigbee2mqtt/button/action","origin":{"name":"Zigbee2MQTT"}}"#,
        ],
        topics: [
            "homeassistant/binary_sensor/0x0015bc003100ae23/smoke/config", "homeassistant/binary_sensor/x/config",
            "homeassistant/binary_sensor/zima/motion/config", "ha/x/binary_sensor/node/door/config",
            "homeassistant/binary_sensor/18A6B3_SNS_1/config", "homeassistant/device/ea33/config",
            "homeassistant/device_automation/x/action_emergency/config",
        ])

    // docs/devices.md, the native topics
    private static let vigil = FuzzCorpus(
        payloads: [
            #"{"ts": 1763800000123, "seq": 42, "boot": "9f3c", "kind": "heart_rate_bpm", "value": 71}"#,
            #"[{"ts": 1763800000123, "seq": 43, "boot": "9f3c", "kind": "sos", "value": true}, {"kind": "battery_percent", "value": 80}]"#,
            #"{"kind": "blood_pressure_mmhg", "value": "120/80"}"#,
            #"{"kind": "button", "value": "long"}"#,
            #"{"kind": "availability", "value": "online", "seq": 1, "boot": "a"}"#,
            #"{"kind": "not_measured", "value": "spo2_percent"}"#,
            #"{"ts": 1763800000123, "seq": 7, "boot": "9f3c", "hz": 40, "xyz": [[0.1, 9.7, 0.4], [0, 9.8, 0]]}"#,
            #"{"seq": 8, "boot": "9f3c", "hz": 25, "xyz_mg": "EADoA///AADmAwIA"}"#,
        ],
        topics: ["vigil/in/band-7/observation", "vigil/in/band-7/acceleration"])

    private static let zigbee2MQTT = FuzzCorpus(
        payloads: [
            // https://github.com/Koenkk/zigbee2mqtt/issues/3164
            #"{"battery":96.5,"linkquality":92,"enrolled":true,"smoke":true,"battery_low":false}"#,
            // https://github.com/Koenkk/zigbee2mqtt/issues/31821
            #"{"action":"emergency","battery":80,"linkquality":144}"#,
            // https://github.com/Koenkk/zigbee2mqtt/issues/31727
            #"{"action":null,"battery":100,"last_seen":"2026-04-17T23:33:17+08:00","linkquality":14}"#,
            // https://github.com/stas-demydiuk/domoticz-zigbee2mqtt-plugin/issues/15
            #"{"action":"drop","device":{"ieeeAddr":"0x00158d0002b435ed","status":"online"},"voltage":3145,"battery":"100.00"}"#,
            // https://github.com/Koenkk/zigbee2mqtt/issues/12924
            #"{"battery":100,"device_temperature":26,"last_seen":1656118444933,"tamper":false,"temperature":26,"voltage":3025,"water_leak":false}"#,
            // https://github.com/Koenkk/zigbee2mqtt/issues/26393
            #"{"battery":100,"contact":true,"device_temperature":15,"power_outage_count":5,"voltage":3005}"#,
            // zigbee-herdsman-converters src/devices/heiman.ts, tuya.ts, owon.ts
            #"{"cell_mounted_table":"-760,1900,-760,1900,2400","fall_status":"fall_alarm","occupancy":true,"sensor_status":"activity"}"#,
            #"{"fall_down_status":"maybe_fall","illuminance":12,"occupancy":true,"presence":true,"tumble_switch":"ON"}"#,
            #"{"breathing_rate":16,"linkquality":140,"location_x":120,"location_y":-40,"status":"falling"}"#,
            // Koenkk/zigbee2mqtt.io docs/devices/
            #"{"smoke_state":"alarm","battery_state":"low","smoke_value":7,"self_checking":false,"fault_state":"fault | pollution_fault"}"#,
            #"{"occupancy":true,"illuminance":4200,"presence_delay":0,"work_state":"presence_5min","human_motion_state":"large"}"#,
            #"{"contact_left":true,"contact_right":false,"opening_state":"tilted","state_l1":"OFF","state_l2":"ON","vibration":3}"#,
            #"{"gas":831.25,"volume_flow_rate":0.1,"water_consumed":12.5,"presence_state":"sensor_close","movement":"no_movement"}"#,
            // https://github.com/Koenkk/zigbee2mqtt/issues/31727
            #"{"data":{"friendly_name":"0xa4c13899607febd1","ieee_address":"0xa4c13899607febd1"},"type":"device_announce"}"#,
            // Koenkk/zigbee2mqtt test/extensions/availability.test.ts, lib/mqtt.ts
            #"{"state":"online"}"#, "online", "true", "96.5",
        ],
        topics: [
            "zigbee2mqtt/kitchen", "zigbee2mqtt/CP velux", "zigbee2mqtt/kitchen/availability", "zigbee2mqtt/kitchen/smoke",
            "zigbee2mqtt/button/action", "zigbee2mqtt/bridge/state", "zigbee2mqtt/bridge/event",
            "zigbee2mqtt/bridge/response/health_check",
            "home/z2m/bridge/event", "home/z2m/kitchen",
        ])
}
