import Testing
import VigilCore
import VigilDaemon
import VigilDevices

/// The profiles of `config/profiles/`: payloads as the systems document them in, facts out.
struct ShippedProfileTests {
    struct Line: CustomTestStringConvertible, Sendable {
        var dialect: Dialect
        var capture: Capture

        init(_ dialect: Dialect, _ topic: String, _ payload: String, _ facts: [Fact]) {
            self.dialect = dialect
            capture = Capture(topic, payload)
            capture.facts = facts
        }

        var testDescription: String { "\(dialect) \(capture)" }
    }

    private static func bed(_ data: String, key: String = "realtime") -> String {
        #"[{"dataKey":"\#(key)","deviceId":"d1","data":{\#(data)},"timeStamp":1502069838}]"#
    }

    private static func alarm(_ type: String, status: Int = 0) -> String {
        #"{"dataKey":"alarmNotify","deviceId":"d1","timeStamp":1660620197,"data":{"type":"\#(type)","status":\#(status)}}"#
    }

    private static func lan(_ model: String, _ params: String, cmd: String = "report") -> String {
        #"{"cmd":"\#(cmd)","model":"\#(model)","sid":"s1","params":[\#(params)]}"#
    }

    // Source: yuque.com/ysss/elder/eoxu4n.
    private static let sleepace = [
        Line(
            "sleepace", "bed", bed(#""breath":15,"heart":65,"bedStatus":0"#),
            [
                .level(.in_bed, true), .level(.heart_rate_bpm, 65), .level(.respiration_rpm, 15),
            ]),
        Line(
            "sleepace", "bed", bed(#""breath":255,"heart":255,"bedStatus":1"#),
            [
                .level(.in_bed, false), .event(.not_measured, "heart_rate_bpm"), .event(.not_measured, "respiration_rpm"),
            ]),
        Line("sleepace", "bed", bed(#""bedStatus":8"#), [.alive]),
        Line("sleepace", "bed", bed(#""leftRight":1,"heart":65,"bedStatus":0"#), [.level(.in_bed, true), .level(.heart_rate_bpm, 65)]),
        Line("sleepace", "bed", bed(#""leftRight":0,"inbedStatus":1"#, key: "inBedStatus"), [.level(.in_bed, false)]),
        Line("sleepace", "bed", bed(#""status":0"#, key: "deviceSenSor"), [.level(.sensor_fault, true)]),
        Line("sleepace", "bed", bed(#""status":1"#, key: "deviceSenSor"), [.level(.sensor_fault, false)]),
        // The pad is being set up: nothing of it is anybody's state.
        Line("sleepace", "bed", bed(#""status":1"#, key: "pressureSenSor"), [.alive]),
        Line("sleepace", "bed", bed(#""initStatus":1,"heart":65,"bedStatus":0"#), [.alive]),
        Line("sleepace", "bed", bed(#""connectionStatus":0"#, key: "connectionStatus"), [.level(.availability, "offline")]),
        Line("sleepace", "bed", alarm("alarmLeftBed"), [.event(.left_bed_alarm)]),
        Line("sleepace", "bed", alarm("alarmBreathRatePause"), [.event(.apnea_alarm)]),
        Line("sleepace", "bed", alarm("alarmBreathRatePause", status: 1), [.alive]),
        Line("sleepace", "bed", alarm("alarmSensorFall"), [.level(.sensor_fault, true)]),
        Line("sleepace", "bed", alarm("alarmHeartRateFast"), [.alive]),
        Line("sleepace", "bed", bed(#""leftRight":0"#, key: "sleepStage"), [.alive]),
    ]

    // Source: jxlarrea/ha-emfitqs; DFRobot sleep_mqtt.ino; ESPresense src/main.cpp.
    private static let bare = [
        Line(
            "emfit-qs", "emfit/bed", "SER=00112A<br>\nPRES=1<br>\nHR=61<br>\nRR=14<br>",
            [
                .level(.in_bed, true), .level(.heart_rate_bpm, 61), .level(.respiration_rpm, 14),
            ]),
        Line("emfit-qs", "emfit/bed", "SER=00112A<br>\nPRES=0<br>\nHR=0<br>\nRR=0<br>", [.level(.in_bed, false)]),
        Line("dfrobot-c1001", "sleepsensor/heartbeat", "62", [.level(.heart_rate_bpm, 62)]),
        Line("dfrobot-c1001", "sleepsensor/heartbeat", "255", [.event(.not_measured, "heart_rate_bpm")]),
        Line("dfrobot-c1001", "sleepsensor/bed_status", "1", [.level(.in_bed, true)]),
        Line("espresense", "espresense/rooms/bedroom/status", "offline", [.level(.bridge_availability, "offline")]),
        Line("espresense", "espresense/rooms/bedroom/motion", "ON", [.level(.motion, true)]),
        Line("espresense", "espresense/devices/tag/bedroom", #"{"id":"tag","distance":1.2}"#, [.event(.tag_seen)]),
    ]

    // Source: lumi-openlcoud/opencloud-docs.
    private static let aqara = [
        Line("aqara-gateway-lan", "lan", lan("sensor_magnet.aq2", #"{"window_status":"open"}"#), [.level(.door_open, true)]),
        Line("aqara-gateway-lan", "lan", lan("sensor_motion.aq2", #"{"motion_status":"motion"}"#), [.event(.motion)]),
        Line("aqara-gateway-lan", "lan", lan("sensor_wleak.aq1", #"{"wleak_status":"no_leak"}"#), [.level(.water_leak, false)]),
        Line("aqara-gateway-lan", "lan", lan("weather", #"{"temperature":2150}"#), [.level(.temperature_c, 21.5)]),
        Line("aqara-gateway-lan", "lan", lan("gateway.v3", #"{"ip":"172.22.4.130"}"#, cmd: "heartbeat"), [.event(.gateway_alive)]),
        Line("aqara-gateway-lan", "lan", lan("plug", #"{"channel_0":"on"}"#, cmd: "write"), [.alive]),
        Line(
            "aqara-gateway-lan", "lan",
            #"{"cmd":"heartbeat","model":"gateway.new","sid":"s1","token":"t","params":[{"ip":"172.22.4.130"}]}"#,
            [.event(.gateway_alive)]),
        Line("aqara-gateway-lan", "lan", lan("sensor_wleak.aq1", #"{"wleak_status":"leak"}"#), [.level(.water_leak, true)]),
        Line("aqara-gateway-lan", "lan", lan("sensor_wleak.aq1", #"{"wleak_status":"normal"}"#), [.level(.water_leak, false)]),
        Line("aqara-gateway-lan", "lan", lan("sensor_switch.aq2", #"{"button_0":"click"}"#), [.event(.button, "single")]),
        Line("aqara-gateway-lan", "lan", lan("sensor_switch.aq2", #"{"button_0":"double_click"}"#), [.event(.button, "double")]),
        Line("aqara-gateway-lan", "lan", lan("sensor_switch.aq2", #"{"button_0":"long_click_press"}"#), [.event(.button, "long")]),
        Line("aqara-gateway-lan", "lan", lan("sensor_switch.aq2", #"{"button_0":"long_click_release"}"#), [.alive]),
        Line("aqara-gateway-lan", "lan", lan("sensor_86sw2.aq1", #"{"button_1":"click"}"#), [.event(.button, "right_single")]),
        Line("aqara-gateway-lan", "lan", lan("plug", #"{"channel_0":"on"}"#), [.level(.switch, true)]),
        Line("aqara-gateway-lan", "lan", lan("ctrl_ln2", #"{"channel_1":"off"}"#), [.level(.switch, false)]),
        // Home Assistant, homeassistant/components/xiaomi_aqara/binary_sensor.py
        Line("aqara-gateway-lan", "lan", lan("smoke", #"{"alarm":1}"#), [.level(.smoke, true)]),
        Line("aqara-gateway-lan", "lan", lan("sensor_natgas", #"{"alarm":"1"}"#), [.level(.gas, true)]),
        Line("aqara-gateway-lan", "lan", lan("natgas", #"{"alarm":"0"}"#), [.level(.gas, false)]),
        Line("aqara-gateway-lan", "lan", lan("sensor_magnet.aq2", #"{"alarm":1}"#), [.alive]),
    ]

    // Source: theengs/decoder tests/BLE/test_ble.cpp.
    private static let theengs = [
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"H10","type":"BODY","bpm":70}"#, [.level(.heart_rate_bpm, 70)]),
        Line(
            "theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"MB","type":"BODY","act_bpm":0}"#, [.event(.not_measured, "heart_rate_bpm")]
        ),
        Line(
            "theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"BSDOO","type":"CTMO","cont":true,"open":false}"#,
            [.level(.door_open, false)]),
        // A blind that moves is no door and nobody.
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"W270","type":"WCVR","open":true,"motion":true}"#, [.alive]),
        // theengs/decoder src/devices/CGPR1_json.h, MUE4094RT_json.h, Miband_json.h
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"CGPR1","type":"PIR","pres":true,"lux":9}"#, [.level(.motion, true)]),
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"CGPR1","type":"PIR","pres":false}"#, [.level(.motion, false)]),
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"MUE4094RT","pres":true,"darkness":80}"#, [.event(.motion)]),
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"XX","type":"PIR","pres":true}"#, [.alive]),
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"MB/SW","type":"BODY","steps":4012}"#, [.level(.steps, 4012)]),
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"SBBT","type":"BTN","button":9}"#, [.event(.button, "long")]),
        // docs.openmqttgateway.com/use/rf.html
        Line(
            "openmqttgateway", "home/OMG/433toMQTT", #"{"value":1315156,"protocol":1,"length":24,"delay":317}"#,
            [.event(.button, "1315156")]),
        Line("openmqttgateway", "home/OMG/RFtoMQTT", #"{"value":14680064,"protocol":6}"#, [.event(.button, "14680064")]),
        Line("rtl_433", "home/OMG/RTL_433toMQTT/Smoke-GS558/16624", #"{"model":"Smoke-GS558","id":16624,"learn":0}"#, [.event(.smoke)]),
        Line("rtl_433", "home/OMG/RTL_433toMQTT", #"{"model":"Generic-Remote","id":30721,"cmd":64}"#, [.event(.button, "64")]),
        // Before they were called as those of all others.
        Line(
            "theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"W110150X","type":"CTMO","cont":true,"movement":true}"#,
            [.level(.motion, true)]),
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"W110150X","type":"CTMO","motion":true}"#, [.level(.motion, true)]),
        Line(
            "theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"W120150X","contact":"open","movement":false}"#,
            [.level(.motion, false), .level(.door_open, true)]),
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"W120150X","contact":"timeout not closed"}"#, [.level(.door_open, true)]),
        Line("theengs", "home/gw/BTtoMQTT/A0", #"{"model_id":"OTHER","type":"THB","contact":"open","movement":true}"#, [.alive]),
        Line("openmqttgateway", "home/gw/BTtoMQTT/A0", #"{"id":"A0","rssi":-83}"#, [.event(.tag_seen)]),
        Line("openmqttgateway", "home/gw/LWT", "offline", [.level(.bridge_availability, "offline")]),
    ]

    @Test("the two sleepers of a double bed are two devices")
    func sleepers() throws {
        let decoder = try #require(DecoderRegistry.shipped.entry(for: "sleepace")).decoder
        func record(_ side: Int, _ status: Int) -> String {
            #"{"dataKey":"realtime","deviceId":"d1","data":{"leftRight":\#(side),"bedStatus":\#(status)},"timeStamp":1502069838}"#
        }

        let decoded = try decoder.decode(Capture("bed", "[\(record(0, 0)),\(record(1, 1))]"))

        #expect(decoded.facts(of: "bed") == ["d1 in_bed true", "d1/1 in_bed false", "bed device_alive true"])
    }

    @Test("an alarm of a double bed is told of the sleeper whose side it names, and of the device where it names none")
    func sleeperAlarms() throws {
        let decoder = try #require(DecoderRegistry.shipped.entry(for: "sleepace")).decoder
        func told(_ side: String) throws -> String? {
            let data = #"{"type":"alarmLeftBed","status":0\#(side)}"#
            let payload = #"{"dataKey":"alarmNotify","deviceId":"d1","timeStamp":1660620197,"data":\#(data)}"#
            return try decoder.decode(Capture("bed", payload)).facts(of: "bed").first
        }

        #expect(try told(#","leftRight":1"#) == "d1/1 left_bed_alarm true")
        #expect(try told(#","leftRight":0"#) == "d1 left_bed_alarm true")
        #expect(try told("") == "d1 left_bed_alarm true")
    }

    @Test(
        "what says nothing of a sleeper shows that the one lives whom it names",
        arguments: [
            (#"{"dataKey":"sleepStage","deviceId":"d1","data":{"leftRight":0}}"#, "d1 device_alive true"),
            (#"{"dataKey":"sleepStage","deviceId":"d1","data":{"leftRight":1}}"#, "d1/1 device_alive true"),
            (#"{"dataKey":"alarmNotify","deviceId":"d1","data":{"type":"alarmLeftBed","status":1}}"#, "d1 device_alive true"),
            (#"{"dataKey":"sleepReport","deviceId":"d1"}"#, "d1 device_alive true"),
        ])
    func quietSleepers(record: String, fact: String) throws {
        let decoder = try #require(DecoderRegistry.shipped.entry(for: "sleepace")).decoder

        #expect(try decoder.decode(Capture("bed", "[\(record)]")).facts(of: "bed") == [fact, "bed device_alive true"])
    }

    @Test(
        "a name that looks like a number stays the name that it is",
        arguments: [
            ("emfit-qs", "SER=001234<br>\nPRES=1<br>", "001234"), ("emfit-qs", "SER=12E3<br>\nPRES=1<br>", "12E3"),
            ("emfit-qs", "SER=1234<br>\nPRES=1<br>", "1234"), ("emfit-qs", "SER=+12<br>\nPRES=1<br>", "+12"),
            ("sleepace", #"[{"dataKey":"realtime","deviceId":9007199254740993,"data":{"bedStatus":0}}]"#, "9007199254740993"),
            ("sleepace", #"[{"dataKey":"realtime","deviceId":9007199254740994,"data":{"bedStatus":0}}]"#, "9007199254740994"),
            ("sleepace", #"[{"dataKey":"realtime","deviceId":"0042","data":{"bedStatus":0}}]"#, "0042"),
        ] as [(Dialect, String, String)])
    func numberNames(dialect: Dialect, payload: String, name: String) throws {
        let decoder = try #require(DecoderRegistry.shipped.entry(for: dialect)).decoder

        #expect(try decoder.decode(Capture("emfit/bed", payload)).facts(of: "emfit/bed").first == "\(name) in_bed true")
    }

    @Test("a profile says what its system's payloads mean", arguments: sleepace + bare + aqara + theengs)
    func facts(line: Line) throws {
        let decoder = try #require(DecoderRegistry.shipped.entry(for: line.dialect)).decoder

        let decoded = try decoder.decode(line.capture)

        // The topic itself is alive wherever the payload names the devices.
        let own = decoder.address(of: line.capture.frame)
        let named = decoded.observations.filter { $0.device != nil && $0.device != own }
        let told = named.isEmpty ? decoded.observations : named
        #expect(Decoded(told).facts == line.capture.facts)
    }
}
