import Testing
import VigilCore
import VigilDevices

/// Frames as Tasmota publishes them; each block names where they stand.
struct TasmotaDecoderTests {
    private let decoder = TasmotaDecoder()

    @Test(
        "a device speaks for itself",
        arguments: [
            // tasmota/docs docs/API.md, docs/DeepSleep.md
            Capture("tele/wemos2/LWT", "Online", isRetained: true, .level(.availability, "online")),
            Capture("tele/wemos2/LWT", "Offline", isRetained: true, .level(.availability, "offline")),
            Capture("tele/wemos2/INFO3", #"{"RestartReason":"Software/System restart"}"#, .event(.device_restart)),
            Capture("tele/wemos2/INFO3", #"{"Info3":{"RestartReason":"Power On","BootCount":7}}"#, .event(.device_restart)),
            Capture("tele/tasmota/INFO3", #"{"RestartReason":"Deep-Sleep Wake"}"#, .alive),
            Capture(
                "tele/wemos2/INFO1",
                #"{"Module":"Generic","Version":"7.0.0.3(tasmota)","FallbackTopic":"cmnd/DVES_15568C_fb/","GroupTopic":"cmnd/sonoffs/"}"#,
                .alive),
            Capture("stat/wemos2/RESULT", #"{"POWER1":"OFF"}"#, .level(.switch, false)),
            Capture("stat/wemos2/POWER1", "ON", .level(.switch, true)),
            Capture("stat/wemos2/POWER", "Licht an", .alive),
            Capture(
                "tele/demo-sensor/STATE",
                #"{"Time":"2021-06-27T15:03:44+02:00","Uptime":"0T00:00:13","UptimeSec":13,"Heap":28,"POWER":"ON","Wifi":{"AP":1,"RSSI":86,"Signal":-57}}"#,
                .alive, .level(.switch, true)),
            Capture(
                "stat/demo-sensor/DEEPSLEEP", #"{"DeepSleep":{"Time":"2021-06-27T15:04:00","Epoch":1624799040}}"#, .alive),
            // docs/MQTT.md
            Capture(
                "tele/tasmota/SENSOR", #"{"Time":"2017-02-16T10:13:52", "DS18B20":{"Temperature":20.6}}"#, .level(.temperature_c, 20.6)),
            // docs/PIR-Motion-Sensors.md, docs/Zigbee.md
            Capture("stat/hall/PIR1", "ON", .level(.motion, true)),
            Capture("stat/hall/MOTION", "0", .level(.motion, false)),
            Capture("stat/leak_sensor/LEAK", "ON", .level(.water_leak, true)),
            // docs/HLK-LD2410S.md
            Capture(
                "tele/radar/SENSOR", #"{"Time":"2024-11-09T16:09:49","LD2410S":{"Distance":0.0, "People":0}}"#, .level(.presence, false)
            ),
            Capture("tele/radar/SENSOR", #"{"LD2410S":{"Distance":187.0, "People":2, "Energy":[0,0,209]}}"#, .level(.presence, true)),
            Capture("tele/radar/SENSOR", #"{"LD2410S":{"Update threshold":"3%"}}"#, .alive),
            // docs/HLK-LD2410.md; xsns_102_ld2410.ino
            Capture("tele/radar/SENSOR", #"{"LD2410":{"Distance":[200.0,181.0,144.0],"Energy":[13,100]}}"#, .level(.presence, true)),
            Capture("tele/radar/SENSOR", #"{"LD2410":{"Distance":[0.0,0.0,0.0],"Energy":[0,0]}}"#, .level(.presence, false)),
            Capture(
                "stat/radar/RESULT", #"{"LD2410":{"Moving energy":[13,12],"Static energy":[0,0],"Light":103,"Out_pin":1}}"#, .alive),
            // xsns_102_ld2402.ino
            Capture(
                "tele/radar/SENSOR", #"{"LD2402":{"Distance":105,"Motion":false,"Occupancy":true}}"#, .level(.presence, true),
                .level(.sensor_fault, false)),
            Capture("tele/radar/SENSOR", #"{"LD2402":{"Error":"Disconnected"}}"#, .level(.sensor_fault, true)),
            // xsns_40_pn532.ino
            Capture(
                "tele/door/SENSOR", #"{"Time":"2019-01-01T20:00:00","PN532":{"UID":"94D8FC5F","DATA":""}}"#,
                .event(.tag_seen, "94D8FC5F")),
            // xdrv_03_energy.ino
            Capture(
                "tele/kettle/SENSOR",
                #"{"ENERGY":{"TotalStartTime":"2018-11-23T15:33:47","Total":0.017,"Yesterday":0.000,"Today":0.002,"Power":0,"Voltage":230}}"#,
                .level(.meter_energy_wh, 17)),
            Capture("tele/kettle/SENSOR", #"{"ENERGY":{"Total":[0.017,0.2,1],"Power":[0,1,2]}}"#, .alive),
        ])
    func device(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "what was not measured, or not in the room, is no temperature",
        arguments: [
            Capture("tele/t/SENSOR", #"{"DS18B20":{"Temperature":85.0},"TempUnit":"C"}"#, .event(.not_measured, "temperature_c")),
            Capture("tele/t/SENSOR", #"{"DS18B20":{"Temperature":-127.0},"TempUnit":"C"}"#, .event(.not_measured, "temperature_c")),
            Capture("tele/t/SENSOR", #"{"AM2301":{"Temperature":null,"Humidity":null},"TempUnit":"C"}"#, .alive),
            Capture("tele/t/SENSOR", #"{"AM2301":{"Temperature":75.2,"Humidity":50},"TempUnit":"F"}"#, .level(.temperature_c, 24)),
            Capture("tele/t/SENSOR", #"{"ESP32":{"Temperature":53.3},"ANALOG":{"Temperature":57.6},"TempUnit":"C"}"#, .alive),
            Capture("tele/t/SENSOR", #"{"MLX90614":{"OBJTMP":36.6,"AMBTMP":22.7},"TempUnit":"C"}"#, .alive),
            Capture(
                "tele/t/SENSOR", #"{"SI7021":{"Temperature":22.5,"Humidity":50},"BMP280":{"Temperature":23.5},"TempUnit":"C"}"#,
                .level(.temperature_c, 22.5)),
        ])
    func temperatures(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    // Every part is a device of its own: relay and input, one sensor of many, whoever stands behind a bridge.
    @Test(
        "others are spoken for under their own names",
        arguments: [
            ("stat/plug/POWER2", "OFF", ["plug/POWER2 switch=bool(false)"]),
            ("tele/tasmota/SENSOR", #"{"Time":"2021-01-01T00:00:00","Switch1":"OFF"}"#, ["tasmota/Switch1 switch=bool(false)"]),
            ("tele/tasmota/SENSOR", #"{"Switch1":"OFF","Switch2":"ON"}"#, []),
            ("stat/tasmota/RESULT", #"{"Switch2":{"Action":"ON"}}"#, ["tasmota/Switch2 switch=bool(true)"]),
            ("stat/tasmota/RESULT", #"{"Switch1":{"Action":"HOLD"}}"#, [#"tasmota/Switch1 button=text("hold")"#]),
            ("stat/tasmota/RESULT", #"{"Button2":{"Action":"DOUBLE"}}"#, [#"tasmota/Button2 button=text("double")"#]),
            // docs/Bluetooth_ESP32.md; docs/Bluetooth.md
            (
                "tele/ibeacon/SENSOR", #"{"IBEACON":{"MAC":"A4C1387FC1E1","RSSI":-56,"STATE":"OFF"}}"#,
                ["ibeacon/A4C1387FC1E1 tag_seen=bool(false)"]
            ),
            ("tele/ibeacon/SENSOR", #"{"IBEACON_DEAABC788BC1":{"RSSI":-60}}"#, ["ibeacon/DEAABC788BC1 tag_seen=bool(true)"]),
            ("tele/ibeacon/SENSOR", #"{"IBEACON_DEAABC788BC1":{"RSSI":-0}}"#, ["ibeacon/DEAABC788BC1 tag_seen=bool(false)"]),
            (
                "tele/ble/SENSOR",
                #"{"Time":"2020-03-24T12:47:51","LYWSD03-52680f":{"Temperature":21.1,"Humidity":58.0,"DewPoint":12.5,"Battery":100},"MJ_HT_V1-d8799d":{"Temperature":21.4,"Humidity":54.6},"TempUnit":"C"}"#,
                [
                    "ble/LYWSD03-52680f temperature_c=number(21.1)", "ble/LYWSD03-52680f battery_percent=number(100.0)",
                    "ble/MJ_HT_V1-d8799d temperature_c=number(21.4)",
                ]
            ),
            // xsns_62_esp32_mi.ino: an open contact is 0
            (
                "tele/ble/SENSOR", #"{"MCCGQ02-d8799d":{"Door":0,"Events":3,"RSSI":-60,"MAC":"A4C138D8799D"}}"#,
                ["ble/MCCGQ02-d8799d door_open=bool(true)"]
            ),
            (
                "tele/ble/SENSOR", #"{"YLYK01-d8799d":{"Button3":1,"RSSI":-60,"MAC":"A4C138D8799D"}}"#,
                [#"ble/YLYK01-d8799d button=text("single")"#]
            ),
            (
                "tele/ble/SENSOR", #"{"MJYD2S-d8799d":{"Motion":1,"Events":3,"NMT":0,"Battery":0,"RSSI":-60,"MAC":"A4C138D8799D"}}"#,
                ["ble/MJYD2S-d8799d battery_percent=number(0.0)", "ble/MJYD2S-d8799d motion=bool(true)"]
            ),
            // docs/DS18x20.md
            (
                "tele/heat/SENSOR",
                #"{"DS18B20-1":{"Id":"01131B123456","Temperature":-0.1},"DS18B20-2":{"Id":"01131B654321","Temperature":-0.4},"TempUnit":"C"}"#,
                ["heat/DS18B20-1 temperature_c=number(-0.1)", "heat/DS18B20-2 temperature_c=number(-0.4)"]
            ),
        ])
    func children(topic: String, payload: String, facts: [String]) throws {
        let decoded = try decoder.decode(payload, on: topic)

        #expect(decoded.observations.filter { $0.device != nil }.map { "\($0.device?.name ?? "") \($0.kind)=\($0.value)" } == facts)
        // Whoever speaks for others is alive itself.
        #expect(decoded.observations.filter { $0.device == nil }.map(\.kind) == [.device_alive])
    }

    @Test(
        "a Zigbee device is read behind its bridge",
        arguments: [
            // docs/Zigbee.md
            (
                #"{"ZbReceived":{"0x128F":{"AqaraVibrationMode":"tilt","AqaraVibrationsOrAngle":162,"AqaraAngles":[-78,0,11],"LinkQuality":158}}}"#,
                "0x128F", [Fact.event(.vibration)]
            ),
            (
                #"{"ZbReceived":{"Vibration_sensor":{"Device":"0x128F","AqaraVibrationMode":"drop"}}}"#, "Vibration_sensor",
                [.event(.vibration)]
            ),
            (
                #"{"ZbReceived":{"0x8F20":{"Name":"Kitchen","Voltage":2.995,"Battery":98,"Temperature":21.01,"Humidity":53.68,"LinkQuality":88}}}"#,
                "Kitchen", [.level(.temperature_c, 21.01), .level(.battery_mv, 2995), .level(.battery_percent, 98)]
            ),
            (#"{"ZbReceived":{"0x4773":{"Power":true,"LinkQuality":52}}}"#, "0x4773", [.level(.switch, true)]),
            (
                #"{"ZbReceived":{"0x3476":{"Device":"0x3476","Name":"ikea_switch","0006!01":"","Power":1,"Endpoint":1}}}"#,
                "ikea_switch",
                [.event(.button, "on")]
            ),
            (
                #"{"ZbReceived":{"IKEA_remote":{"Device":"0xF72F","0008!06":"002B0500","DimmerUp":true,"Endpoint":1,"Group":100}}}"#,
                "IKEA_remote", [.event(.button, "dimmer_up")]
            ),
            // A zone of unknown type may be a door as well as a fire.
            (#"{"ZbReceived":{"0x099F":{"0500!00":"010000FF0000","LinkQuality":70}}}"#, "0x099F", [.alive]),
            // xdrv_23_zigbee_2_devices.ino, convertZoneStatus
            (
                #"{"ZbReceived":{"0x662E":{"Device":"0x662E","Name":"door","0500<00":"210000010000","ZoneStatusChange":33,"ZoneStatusChangeZone":1,"Contact":1}}}"#,
                "door",
                [.level(.door_open, true), .level(.tamper, false), .level(.battery_low, false), .level(.sensor_fault, false)]
            ),
            (
                #"{"ZbReceived":{"0x1234":{"Device":"0x1234","ZoneStatusChange":9,"Fire":1,"BatteryLow":1}}}"#, "0x1234",
                [
                    .level(.smoke_test, false), .level(.smoke, true), .level(.tamper, false), .level(.battery_low, true),
                    .level(.sensor_fault, false),
                ]
            ),
            (#"{"ZbReceived":{"0x1234":{"Fire":0,"Fire2":1}}}"#, "0x1234", [.level(.smoke, false)]),
            (#"{"ZbReceived":{"0x1234":{"Water":1}}}"#, "0x1234", [.level(.water_leak, true)]),
            (#"{"ZbReceived":{"0x1234":{"CO":1}}}"#, "0x1234", [.level(.gas, true)]),
            (#"{"ZbReceived":{"0x1234":{"PersonalAlarm":0,"PersonalAlarm2":1}}}"#, "0x1234", [.level(.sos, true)]),
            (#"{"ZbReceived":{"0x1234":{"0501!02":""}}}"#, "0x1234", [.event(.sos)]),
            (#"{"ZbReceived":{"0x1234":{"Occupancy":1,"Illuminance":12}}}"#, "0x1234", [.level(.motion, true)]),
            (#"{"ZbReceived":{"0x1234":{"AqaraCube":"fall","AqaraCubeSide":2}}}"#, "0x1234", [.event(.vibration)]),
            (#"{"ZbReceived":{"0x1234":{"click":"single","Click":"single"}}}"#, "0x1234", [.event(.button, "single")]),
            // Z_postProcessAttributes: what Aqara answers when it is asked
            (
                #"{"ZbReceived":{"0x1234":{"BatteryVoltage":0,"BatteryPercentage":0}}}"#, "0x1234",
                [.event(.not_measured, "battery_percent")]
            ),
            (#"{"ZbReceived":{"0x1234":{"BatteryPercentage":127.5}}}"#, "0x1234", [.event(.not_measured, "battery_percent")]),
            // SetOption100
            (#"{"0x2916":{"Device":"0x2916","Temperature":26.27}}"#, "0x2916", [.level(.temperature_c, 26.27)]),
            (
                #"{"ZbState":{"Status":30,"IEEEAddr":"0x00158D00036B50AE","ShortAddr":"0x8F20","PowerSource":false}}"#, "0x8F20",
                [.alive]
            ),
        ])
    func zigbee(payload: String, device: String, facts: [Fact]) throws {
        let decoded = try decoder.decode(payload, on: "tele/bridge/SENSOR")

        let told = decoded.observations.filter { $0.device?.name == "bridge/\(device)" }
        #expect(told.map { Fact(kind: $0.kind, value: $0.value, nature: $0.nature) } == facts)
        #expect(decoded.facts == facts + [.alive])
    }

    // ZCL 8.2.2.2.1.3, bit 8
    @Test("fire during a test of the detector is a drill, and counted")
    func drill() throws {
        let decoded = try decoder.decode(#"{"ZbReceived":{"0x1234":{"ZoneStatusChange":257,"Fire":1,"Test":1}}}"#, on: "tele/b/SENSOR")

        #expect(decoded.facts.first == .level(.smoke_test, true))
        #expect(!decoded.facts.contains { $0.kind == .smoke })
        #expect(decoded.faults == ["Test: smoke during a test of the detector was taken for a drill"])
    }

    @Test("one bad attribute is counted and loses no other")
    func faults() throws {
        let decoded = try decoder.decode(
            #"{"ZbReceived":{"0x1234":{"Fire":"yes","Temperature":"warm","Water":1}}}"#, on: "tele/b/SENSOR")

        #expect(decoded.facts == [.level(.water_leak, true), .alive])
        #expect(decoded.faults == ["Fire: neither 0 nor 1", "Temperature: not a number"])
    }

    @Test(
        "the device is what the topic holds beside prefix and message",
        arguments: [
            ("tele/hall/SENSOR", "hall"), ("stat/hall/POWER", "hall"), ("hall/tele/SENSOR", "hall"),
            ("tele/home/cellar/hall/LWT", "home/cellar/hall"), ("penthouse/bedroom1/hall/stat/RESULT", "penthouse/bedroom1/hall"),
            ("home/tele/cellar/STATE", "home/cellar"), ("haus/flur/SENSOR", "haus/flur"), ("tele/3号楼 王阿姨/SENSOR", "3号楼 王阿姨"),
            ("cmnd/hall/POWER", nil), ("hall/cmnd/POWER", nil), ("tele/SENSOR", nil), ("SENSOR", nil), ("weather/oslo", nil), ("", nil),
        ])
    func addresses(topic: String, name: String?) {
        let frame = Frame(source: "test", origin: .mqtt(topic: topic), payload: Array("{}".utf8))

        #expect(decoder.address(of: frame) == name.map { DeviceAddress(dialect: "tasmota", name: $0) })
    }

    // xdrv_23_zigbee_2a_devices_impl.ino, jsonPublishAttrList: SetOption83, 89, 100, 112, 118, 119 and 125 in all that they make of one fire.
    @Test(
        "a fire is heard whatever is left out around it",
        arguments: [
            ("tele/zb/SENSOR", #"{"ZbReceived":{"0x8F20":{"Device":"0x8F20","Fire":1}}}"#, "zb/0x8F20"),
            ("tele/zb/SENSOR", #"{"0x8F20":{"Device":"0x8F20","Fire":1}}"#, "zb/0x8F20"),
            ("tele/zb/SENSOR", #"{"0x1":{"Device":"0x1","Fire":1}}"#, "zb/0x1"),
            ("tele/zb/SENSOR", #"{"0x8F20":{"Fire":1}}"#, "zb/0x8F20"),
            ("tele/zb/SENSOR", #"{"Smoke":{"Device":"0x8F20","Name":"Smoke","Fire":1}}"#, "zb/Smoke"),
            ("tele/zb/SENSOR", #"{"ZbReceived":{"Device":"0x8F20","Name":"Smoke","Fire":1}}"#, "zb/Smoke"),
            ("tele/zb/SENSOR", #"{"Device":"0x8F20","Name":"Smoke","Fire":1}"#, "zb/Smoke"),
            ("tele/zb/ZbReceived", #"{"0x8F20":{"Device":"0x8F20","Fire":1}}"#, "zb/0x8F20"),
            ("tele/zb/8F20/SENSOR", #"{"ZbReceived":{"Device":"0x8F20","Fire":1}}"#, "zb/8F20"),
            ("tele/zb/8F20/ZbReceived", #"{"Device":"0x8F20","Fire":1}"#, "zb/8F20"),
            ("tele/zb/Smoke/ZbReceived", #"{"Device":"0x8F20","Name":"Smoke","Fire":1}"#, "zb/Smoke"),
            ("tele/zb/Smoke_in_hall/SENSOR", #"{"Device":"0x8F20","Name":"Smoke in hall","Fire":1}"#, "zb/Smoke_in_hall"),
            ("tele/8F20/ZbReceived", #"{"Device":"0x8F20","Fire":1}"#, "8F20"),
            ("haus/8F20/ZbReceived", #"{"Device":"0x8F20","Fire":1}"#, "haus/8F20"),
            // SetOption101
            ("tele/zb/SENSOR", #"{"0x8F20":{"Device":"0x8F20","Fire3":1,"Endpoint":3}}"#, "zb/0x8F20"),
        ])
    func fire(topic: String, payload: String, device: String) throws {
        let decoded = try decoder.decode(payload, on: topic)

        #expect(
            decoded.observations.filter { $0.kind == .smoke }.map { "\($0.device?.name ?? "") \($0.value)" } == ["\(device) bool(true)"]
        )
    }

    @Test(
        "what only looks like a Zigbee device's fire is none",
        arguments: [
            #"{"Device":"hall","Fire":1}"#, #"{"Device":"0xWOOD","Fire":1}"#, #"{"Fire":1}"#,
            #"{"0x8F20":{"Device":"0x8F20","Firewall":1}}"#,
            #"{"0x8F20":{"Device":"0x8F20","FireX":1}}"#, #"{"0x8F20":{"Device":"0x8F20","Fire3":0}}"#,
        ])
    func noFire(payload: String) throws {
        let decoded = try decoder.decode(payload, on: "tele/zb/SENSOR")

        #expect(!decoded.observations.contains { $0.kind == .smoke && $0.value == .bool(true) })
    }

    // SetOption89
    @Test("a Zigbee device that stands in the topic is that device")
    func ownTopic() throws {
        let decoded = try decoder.decode(#"{"ZbReceived":{"0x8F20":{"Device":"0x8F20","Water":0}}}"#, on: "tele/bridge/8F20/SENSOR")

        #expect(decoded.observations.first?.device?.name == "bridge/8F20")
    }

    @Test("only a time with its zone is a time")
    func times() throws {
        let local = try decoder.decode(#"{"Time":"2021-06-27T15:03:44","DS18B20":{"Temperature":20}}"#, on: "tele/t/SENSOR")
        let zoned = try decoder.decode(#"{"Time":"2021-06-27T15:03:44+02:00","DS18B20":{"Temperature":20}}"#, on: "tele/t/SENSOR")
        let epoch = try decoder.decode(#"{"Time":"2019-09-04T13:08:48","Epoch":1567595328,"Switch1":"ON"}"#, on: "tele/t/SENSOR")

        #expect(local.observations.map(\.eventTime) == [nil])
        #expect(zoned.observations.first?.eventTime?.rawValue == 1_624_799_024_000)
        #expect(epoch.observations.first?.eventTime?.rawValue == 1_567_595_328_000)
    }

    @Test("what is no report is refused", arguments: [#"{"Time":"#, "[1]", "ON"])
    func refusals(payload: String) {
        #expect(throws: DecodeFailure.self) { try decoder.decode(payload, on: "tele/hall/SENSOR") }
    }
}
