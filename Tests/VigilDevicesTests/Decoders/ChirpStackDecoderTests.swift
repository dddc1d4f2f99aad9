import Testing
import VigilCore

@testable import VigilDevices

/// Events as ChirpStack publishes them (chirpstack/chirpstack-docs src/chirpstack/integrations/events.md) around what Milesight's decoders
/// make of a device (Milesight-IoT/SensorDecoders, the README and decoder of each model).
struct ChirpStackDecoderTests {
    private static let milesight = "24e124b37b007001"

    private let decoder = ChirpStackDecoder()

    private func decode(
        _ body: String, named name: String = "Test device", profile: String = "Test device-profile", eui: String = milesight,
        event: String = "up", state: inout DialectState
    ) throws -> Decoded {
        let payload = #"""
            {"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"2022-07-18T09:34:15.775023242+00:00","deviceInfo":{"deviceProfileName":"\#(profile)","deviceName":"\#(name)","devEui":"\#(eui)","tags":{"key":"value"}},\#(body),"rxInfo":[{"gatewayId":"0016c001f153a14c","rssi":-36}]}
            """#
        let frame = Frame(
            source: "lora", origin: .mqtt(topic: "application/17c82e96-be03-4f38-aef3-f83d48582d97/device/\(eui)/event/\(event)"),
            payload: Array(payload.utf8))
        return try decoder.decode(frame, state: &state)
    }

    private func decode(_ body: String, named name: String = "Test device", profile: String = "Test device-profile") throws -> Decoded {
        var state = DialectState()
        return try decode(body, named: name, profile: profile, state: &state)
    }

    @Test(
        "what a codec names is read",
        arguments: [
            // gs524n
            (
                #"{"version":2,"protocol":2,"type":"smoke sensor","battery":100,"concentration":0,"temperature":28,"event":"testing alarm with normal battery"}"#,
                [.level(.battery_percent, 100), .level(.temperature_c, 28), .event(.smoke_test)]
            ),
            (
                #"{"type":"smoke sensor","battery":90,"concentration":12,"temperature":41,"event":"alarm"}"#,
                [.level(.battery_percent, 90), .level(.temperature_c, 41), .level(.smoke, true)]
            ),
            (
                #"{"type":"smoke sensor","battery":90,"event":"normal"}"#,
                [.level(.battery_percent, 90), .level(.smoke, false), .level(.sensor_fault, false)]
            ),
            (#"{"type":"smoke sensor","battery":90,"event":"silent"}"#, [.level(.battery_percent, 90)]),
            (#"{"type":"smoke sensor","battery":8,"event":"low battery"}"#, [.level(.battery_percent, 8), .level(.battery_low, true)]),
            (#"{"type":"smoke sensor","event":"failover"}"#, [.level(.sensor_fault, true)]),
            (#"{"type":"smoke sensor","event":"removed"}"#, [.level(.tamper, true)]),
            // ws101
            (
                #"{"battery":16,"button_event":{"status":"short press","msgid":181255}}"#,
                [.level(.battery_percent, 16), .event(.button, "single")]
            ),
            (#"{"button_event":{"status":"long press"}}"#, [.event(.button, "long")]),
            (#"{"button_event":{"status":3}}"#, [.event(.button, "double")]),
            // vs340, ws301, ws303, gs101, ws202
            (#"{"battery":100,"occupancy":"vacant"}"#, [.level(.battery_percent, 100), .level(.presence, false)]),
            (
                #"{"battery":100,"magnet_status":"open","tamper_status":"installed"}"#,
                [.level(.battery_percent, 100), .level(.door_open, true), .level(.tamper, false)]
            ),
            (#"{"leakage_status":"leak"}"#, [.level(.water_leak, true)]),
            (#"{"gas_status":"normal"}"#, [.level(.gas, false)]),
            (#"{"pir":"trigger","daylight":"dim"}"#, [.level(.motion, true)]),
            // vs373, either firmware
            (
                #"{"detection_status":"fall","target_status":"motionless","events":[{"alarm_id":12,"alarm_type":"fall","alarm_status":"alarm_triggered"}]}"#,
                [.event(.fall)]
            ),
            (#"{"detection_status":"fall","target_status":"normal","use_time_now":3,"use_time_today":40}"#, [.event(.fall)]),
            (#"{"detection_status":4,"target_status":1}"#, [.event(.fall)]),
            (#"{"fall_alarm":{"alarm_id":"7","alarm_status":"1"}}"#, [.event(.fall)]),
            (#"{"events":[{"alarm_id":12,"alarm_type":"fall","alarm_status":"alarm_deactivated"}]}"#, [.level(.fall, false)]),
            (#"{"detection_status":"vacant"}"#, [.level(.presence, false), .level(.in_bed, false), .level(.fall, false)]),
            (#"{"detection_status":"in_bed"}"#, [.level(.presence, true), .level(.in_bed, true), .level(.fall, false)]),
            (#"{"detection_status":"out_of_bed"}"#, [.level(.in_bed, false), .level(.fall, false)]),
            (
                #"{"events":[{"alarm_id":3,"alarm_type":"out_of_bed","alarm_status":"alarm_triggered","region_id":1}]}"#,
                [.event(.left_bed_alarm)]
            ),
            (#"{"events":[{"alarm_id":3,"alarm_type":"dwell","alarm_status":"alarm_triggered"}]}"#, [.event(.alarm_unspecified)]),
            (#"{"lying_alarm":{"alarm_id":"2","alarm_status":"1"}}"#, [.event(.alarm_unspecified)]),
            // "Motionless" of the older firmware is "human in place" of the newer one.
            (#"{"events":[{"alarm_id":3,"alarm_type":"motionless","alarm_status":"alarm_triggered"}]}"#, [.level(.presence, true)]),
            (#"{"respiratory_status":"normal","respiratory_rate":16.25}"#, [.level(.respiration_rpm, 16.25)]),
            (#"{"respiratory_status":"undetectable","respiratory_rate":0}"#, [.event(.not_measured, "respiration_rpm")]),
            // Kept by the radar while it had no network.
            (#"{"history":[{"timestamp":1710000000,"alarm_id":10,"alarm_type":"fall","alarm_status":"alarm_triggered"}]}"#, [.alive]),
            (#"{"data":{"magnet_status":"close"}}"#, [.level(.door_open, false)]),
        ] as [(String, [Fact])])
    func objects(object: String, facts: [Fact]) throws {
        let decoded = try decode(#""fPort":85,"object":\#(object)"#)

        #expect(decoded.facts == facts)
        #expect(decoded.faults.isEmpty)
    }

    @Test(
        "what is not the maker's becomes no value",
        arguments: [
            #"{"detection_status":"unheard of"}"#, #"{"event":"alarm"}"#, #"{"type":"door","event":"alarm"}"#, #"{"occupancy":7}"#,
            #"{"magnet_status":2}"#, #"{"alarm":true,"fall":1}"#, #"{"detection_status":"unknown"}"#,
        ])
    func strangers(object: String) throws {
        #expect(try decode(#""fPort":85,"object":\#(object)"#).facts == [.alive])
    }

    @Test("a battery is a percentage where the device is Milesight's")
    func otherMakers() throws {
        var state = DialectState()
        let decoded = try decode(#""object":{"battery":3.6,"temperature":21}"#, eui: "a84041000181d4f7", state: &state)

        #expect(decoded.facts == [.alive])
        #expect(decoded.faults == ["object: no name in it is known"])
    }

    @Test(
        "bytes are read where a name tells the model",
        arguments: [
            ("GS524N kitchen", "Ih5kABxA", [.event(.smoke_test), .level(.battery_percent, 100), .level(.temperature_c, 28)]),
            ("WS101", "AXUQ/y4B", [.level(.battery_percent, 16), .event(.button, "single")]),
            ("ws101-sos 3F", "/y4B", [.event(.button, "single"), .event(.sos)]),
            ("VS340", "AXVkAwAA", [.level(.battery_percent, 100), .level(.presence, false)]),
            ("WS301", "AXVkAwABBAAB", [.level(.battery_percent, 100), .level(.door_open, true), .level(.tamper, true)]),
            // 03 F8 04 01 0A00 1400, 06 FB 0C00 00 01 FF
            ("VS373 room 302", "A/gEAQoAFAAG+wwAAAH/", [.event(.fall)]),
            // 03 F8 02 00 0A00 1400
            ("VS373", "A/gCAAoAFAA=", [.level(.presence, true), .level(.in_bed, true), .level(.fall, false)]),
            // 20 CE then a fall of long ago
            ("VS373", "IM4A8etlCgAAAf8=", [.alive]),
            // 01 75 5C, 03 67 3401, 04 68 65, 05 00 01; as below the freezing point; 20 CE a leak of long ago
            (
                "EM300-ZLD", "AXVcA2c0AQRoZQUAAQ==",
                [.level(.battery_percent, 92), .level(.temperature_c, 30.8), .level(.water_leak, true)]
            ),
            ("EM300-SLD kitchen", "A2f2/wUAAA==", [.level(.temperature_c, -1), .level(.water_leak, false)]),
            ("EM300-SLD", "IM4AeOtlNAFlAQ==", [.alive]),
            // 08 B1 02 5906: 16.25 a minute
            ("VS373", "CLECWQY=", [.level(.respiration_rpm, 16.25)]),
        ] as [(String, String, [Fact])])
    func bytes(name: String, data: String, facts: [Fact]) throws {
        #expect(try decode(#""fPort":85,"data":"\#(data)""#, named: name).facts == facts)
        #expect(try decode(#""fPort":85,"data":"\#(data)""#, profile: name).facts == facts)
    }

    @Test(
        "bytes of nobody knows what say that the device is there",
        arguments: [
            ("Test device", "qg==", "data: no codec is set, and no name tells the model"),
            ("WS101 or WS301", "AXUQ/y4B", "data: no codec is set, and no name tells the model"),
            ("VS373X", "A/gCAAoAFAA=", "data: no codec is set, and no name tells the model"),
            ("VS373", "A/gC", "data: cut off"), ("EM300-ZLD", "A2c0", "data: cut off"),
            ("EM300-TH", "A2c0AQ==", "data: no codec is set, and no name tells the model"),
            ("VS373", "qqqq", "data: channel aa aa is not known"),
            ("GS524N", "Ih5kABxB", "data: no message of a GS524N"),
            ("WS101", "/y4B==", "data: not base64"),
        ])
    func unknownBytes(name: String, data: String, fault: String) throws {
        let decoded = try decode(#""fPort":1,"data":"\#(data)""#, named: name)

        #expect(decoded.facts == [.alive])
        #expect(decoded.faults == [fault])
    }

    // Versions of the codec write their words with blanks or with underscores.
    @Test(
        "an alarm of the radar is heard however its words are written",
        arguments: [
            ("fall", "alarm triggered", Fact.event(.fall)), ("Fall", "Alarm Triggered", .event(.fall)),
            ("out of bed", "alarm triggered", .event(.left_bed_alarm)), ("fall", "alarm deactivated", .level(.fall, false)),
            ("human in place", "alarm-triggered", .level(.presence, true)),
        ])
    func alarmWords(type: String, status: String, fact: Fact) throws {
        let decoded = try decode(#""object":{"events":[{"alarm_id":12,"alarm_type":"\#(type)","alarm_status":"\#(status)"}]}"#)

        #expect(decoded.facts == [fact])
        #expect(decoded.faults.isEmpty)
    }

    @Test(
        "an alarm whose words nobody knows is counted, and ends no fall",
        arguments: [
            (#""alarm_type":"fell over","alarm_status":"alarm_triggered""#, "events.alarm_type: no word of the maker's codec"),
            (#""alarm_type":"unknown","alarm_status":"alarm_triggered""#, "events.alarm_type: no word of the maker's codec"),
            (#""alarm_type":"fall","alarm_status":"ringing""#, "events.alarm_status: no word of the maker's codec"),
            (#""alarm_status":"alarm_triggered""#, "events.alarm_type: missing"),
        ])
    func unknownAlarm(event: String, fault: String) throws {
        let decoded = try decode(#""object":{"detection_status":"vacant","events":[{\#(event)}]}"#)

        #expect(decoded.facts == [.level(.presence, false), .level(.in_bed, false)])
        #expect(decoded.faults == [fault])
    }

    @Test("a fall in words with blanks is not ended by the empty room of the same uplink")
    func fallBesideVacancy() throws {
        let event = #"{"alarm_id":12,"alarm_type":"fall","alarm_status":"alarm triggered"}"#

        let decoded = try decode(#""object":{"detection_status":"vacant","events":[\#(event)]}"#)

        #expect(decoded.facts == [.event(.fall), .level(.presence, false), .level(.in_bed, false)])
    }

    @Test("a fall rings once: as an alarm, as the state that goes on, and as another alarm again")
    func falls() throws {
        var state = DialectState()
        func hear(_ object: String) throws -> [Fact] { try decode(#""object":\#(object)"#, state: &state).facts }

        #expect(try hear(#"{"detection_status":"fall"}"#) == [.event(.fall)])
        #expect(try hear(#"{"events":[{"alarm_id":1,"alarm_type":"fall","alarm_status":"alarm_triggered"}]}"#) == [.alive])
        #expect(try hear(#"{"detection_status":"fall"}"#) == [.alive])
        #expect(try hear(#"{"events":[{"alarm_id":2,"alarm_type":"fall","alarm_status":"alarm_triggered"}]}"#) == [.event(.fall)])
        #expect(try hear(#"{"detection_status":"normal"}"#) == [.level(.presence, true), .level(.fall, false)])
        #expect(try hear(#"{"fall_alarm":{"alarm_id":"3, 3","alarm_status":"1, 2"}}"#) == [.event(.fall), .level(.fall, false)])
        #expect(try hear(#"{"detection_status":"fall"}"#) == [.event(.fall)])
    }

    @Test("battery and place come from events of their own")
    func otherEvents() throws {
        var state = DialectState()

        #expect(
            try decode(#""margin":10,"batteryLevel":88.3"#, event: "status", state: &state).facts == [.level(.battery_percent, 88.3)])
        #expect(
            try decode(#""margin":10,"externalPowerSource":true,"batteryLevel":0"#, event: "status", state: &state).facts == [.alive])
        #expect(
            try decode(#""location":{"latitude":37.344214,"longitude":-8.839375,"altitude":2}"#, event: "location", state: &state).facts
                == [.level(.position, [37.344214, -8.839375])])
        #expect(try decode(#""devAddr":"00189440""#, event: "join", state: &state).facts == [.alive])
    }

    @Test("the moment of reception is taken over, and nobody speaks where the device does not")
    func addresses() throws {
        var state = DialectState()
        let decoded = try decode(#""object":{"occupancy":"occupied"}"#, state: &state)
        #expect(decoded.observations.first?.eventTime == EventTime(1_658_136_855_775))

        for event in ["txack", "log", "ack", "integration", "command/down"] {
            let frame = Frame(
                source: "lora", origin: .mqtt(topic: "application/1/device/0101010101010101/event/\(event)"), payload: Array("{}".utf8))
            #expect(decoder.address(of: frame) == nil)
        }
        let frame = Frame(
            source: "lora", origin: .mqtt(topic: "site/application/1/device/24E124B37B007001/event/up"), payload: Array("{}".utf8))
        #expect(decoder.address(of: frame)?.name == "24e124b37b007001")
    }
}
