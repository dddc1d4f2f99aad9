import Testing
import VigilConsole
import VigilCore
import VigilDaemon
import VigilDevices

@testable import vigil

/// Drafts of profiles from what systems announce: each is a profile as it stands, and reads what the device sends. Entries name where they
/// were seen.
struct DraftTests {
    private struct Entry: Sendable {
        var topic: String
        var payload: String
    }

    private static let decoder = HomeAssistantDecoder(speakers: DecoderRegistry.shipped.decoders)

    private func unclaimed(_ entries: [Entry]) -> [UnclaimedReport] {
        let announcements: [Announcement] = entries.compactMap { entry in
            let frame = Frame(
                source: "home", origin: .mqtt(topic: entry.topic), payload: Array(entry.payload.utf8), isRetained: true)
            return if case .made(let announcement)? = Self.decoder.announcement(in: frame) { announcement } else { nil }
        }
        let clock = ClockReading(wallOffset: .zero, isTrusted: true)
        return UnclaimedList([], announcements: announcements, clock: clock, limit: 100).devices
    }

    /// What a payload says by a draft.
    private func facts(_ draft: String, _ topic: String, _ payload: String) throws -> [String] {
        let folder = try TemporaryFolder()
        let faults = FaultList()
        let profiles = ProfileFile.load(path: try folder.file("draft.yaml", text: draft), faults: faults).profiles
        #expect(faults.faults.isEmpty, "\(faults.faults)")
        let told = try DecodeLine(registry: .shipped(and: profiles)).decode(
            dialect: profiles.first?.names.first, topic: topic, payload: Array(payload.utf8))
        return told.decoded.observations.map { "\(($0.device ?? told.address).name) \($0.kind.rawValue) \(ValueText.text($0.value))" }
            + told.decoded.faults
    }

    /// Without what a fault advises.
    private func shortened(_ fact: String) -> String { String(fact.prefix { $0 != ";" }) }

    @Test("a smoke detector sleeps for a day, whether it tells of its battery or not")
    func smokeDetector() throws {
        let report = unclaimed([
            Entry(
                topic: "homeassistant/binary_sensor/x1/config",
                payload: #"{"dev_cla":"smoke","stat_t":"hall/x1/smoke","dev":{"ids":["x1"]}}"#)
        ])

        #expect(try #require(report.first?.announced?.profile).contains("liveness: sleepy_smoke\n"))
    }

    @Test("EMS-ESP: short names, a word for each state, topics that begin with the device")
    func heatPump() throws {
        // https://github.com/emsesp/EMS-ESP32/issues/1360
        let report = unclaimed([
            Entry(
                topic: "homeassistant/binary_sensor/ems-esp/system_status/config",
                payload: #"{"uniq_id":"system_status","obj_id":"system_status","stat_t":"ems-esp/status","name":"EMS-ESP status","#
                    + #""pl_on":"online","pl_off":"offline","stat_cla":"measurement","dev_cla":"connectivity","ent_cat":"diagnostic","#
                    + #""dev":{"name":"EMS-ESP","sw":"v3.5.0","mf":"proddy","mdl":"EMS-ESP","ids":["ems-esp"]}}"#)
        ])
        let draft = try #require(report.first?.announced?.profile)

        #expect(report.map { "\($0.dialect):\($0.address)" } == ["homeassistant-discovery:ems-esp"])
        #expect(try facts(draft, "ems-esp/status", "online") == ["ems-esp availability online"])
        #expect(try facts(draft, "ems-esp/status", "on").map(shortened) == ["ems-esp device_alive true", ".: unknown word \"on\""])
    }

    @Test("a number behind the first level is a part of the device's name, so that the next of its kind is another device")
    func numbered() throws {
        let report = unclaimed([
            Entry(
                topic: "homeassistant/binary_sensor/c1/config",
                payload:
                    #"{"dev_cla":"safety","stat_t":"care/1/state","val_tpl":"{{ value_json.sos }}","pl_on":"1","pl_off":"0","dev":{"ids":["cord-a"]}}"#
            )
        ])
        let draft = try #require(report.first?.announced?.profile)

        #expect(try facts(draft, "care/1/state", #"{"sos":1}"#) == ["care/1 sos true"])
        #expect(try facts(draft, "care/2/state", #"{"sos":1}"#) == ["care/2 sos true"])
    }

    @Test(
        "a state of danger is what its name says, and rings once while it lasts",
        arguments: [
            ("SOS", "value_json.state", "sos"), ("Button", "value_json.sos", "sos"), ("Fall", "value_json.state", "fall"),
            ("Bathroom falling", "value_json.state", "fall"), ("Safety", "value_json.state", "alarm_unspecified"),
            ("Rainfall", "value_json.state", "alarm_unspecified"),
        ])
    func dangers(name: String, member: String, kind: String) throws {
        let report = unclaimed([
            Entry(
                topic: "homeassistant/binary_sensor/d1/config",
                payload:
                    #"{"name":"\#(name)","dev_cla":"safety","stat_t":"care/d1/state","val_tpl":"{{ \#(member) }}","dev":{"ids":["d1"]}}"#
            )
        ])
        let draft = try #require(report.first?.announced?.profile)
        let field = member.dropFirst("value_json.".count)

        #expect(draft.contains("kind: \(kind), nature: level"))
        #expect(try facts(draft, "care/d1/state", #"{"\#(field)":"ON"}"#) == ["d1 \(kind) true"])
        #expect(try facts(draft, "care/d1/state", #"{"\#(field)":"OFF"}"#) == ["d1 \(kind) false"])
    }

    @Test(
        "a template that only makes a number of a member names that member; one that computes is left out, and the draft says so",
        arguments: [
            ("{{ value_json.bat | int }}", true), ("{{value_json.bat|float(0)|round(1)}}", true),
            ("{{ value_json['bat'] | int(0) }}", true),
            ("{{ value_json.bat | int * 10 }}", false), ("{{ value_json.bat | multiply(10) }}", false),
            ("{{ value_json.bat | }}", false),
        ])
    func numericFilters(template: String, isRead: Bool) throws {
        let report = unclaimed([
            Entry(
                topic: "homeassistant/sensor/b1/config",
                payload:
                    #"{"dev_cla":"battery","unit_of_meas":"%","stat_t":"mat/b1/state","val_tpl":"\#(template)","dev":{"ids":["b1"]}}"#),
            Entry(
                topic: "homeassistant/binary_sensor/b1/config",
                payload: #"{"dev_cla":"smoke","stat_t":"mat/b1/state","val_tpl":"{{ value_json.smoke }}","dev":{"ids":["b1"]}}"#),
        ])
        let draft = try #require(report.first?.announced?.profile)

        let said = try facts(draft, "mat/b1/state", #"{"bat":"87","smoke":"OFF"}"#)

        #expect(said.contains("b1 battery_percent 87") == isRead, "\(said)")
        #expect(draft.contains("# What computes in its template"))
    }

    @Test("Z-Wave JS UI: nested topics with numbers of parts in them, and a member of an object")
    func zwave() throws {
        // https://github.com/domoticz/domoticz/issues/5579
        let device =
            #""device":{"identifiers":["zwavejs2mqtt_0xc15d8aa6_node66"],"manufacturer":"Fibargroup","#
            + #""model":"Smoke Detector (FGSD002)","name":"Bijkeuken-Sensor","sw_version":"3.3"}"#
        let report = unclaimed([
            Entry(
                topic: "homeassistant/sensor/Bijkeuken-Sensor/battery_level/config",
                payload: #"{"value_template":"{{ value_json.value }}","unit_of_measurement":"%","device_class":"battery","#
                    + #""state_topic":"zwave/Bijkeuken/Sensor/128/0/level",\#(device)}"#)
        ])
        let draft = try #require(report.first?.announced?.profile)

        #expect(report.map(\.address) == ["zwavejs2mqtt_0xc15d8aa6_node66"])
        #expect(
            try facts(draft, "zwave/Bijkeuken/Sensor/128/0/level", #"{"time":1676206060000,"value":86}"#)
                == ["Sensor battery_percent 86"])
    }

    @Test(
        "what speaks a dialect of its own is offered under it and needs no draft",
        arguments: [
            (
                // esphome mqtt_component.cpp, mqtt_binary_sensor.cpp
                "homeassistant/binary_sensor/kitchen/smoke/config",
                #"{"dev_cla":"smoke","name":"Smoke","stat_t":"kitchen/binary_sensor/smoke/state","avty_t":"kitchen/status","#
                    + #""uniq_id":"ESPbinary_sensorsmoke","dev":{"ids":"a4cf12f03a4e","name":"kitchen","sw":"esphome v2023.5.0","mf":"espressif"}}"#,
                "esphome:kitchen"
            ),
            (
                // https://github.com/jim-easterbrook/pywws/issues/108
                "homeassistant/sensor/0x00124b00253c5f14/temperature/config",
                #"{"device":{"identifiers":["zigbee2mqtt_0x00124b00253c5f14"],"manufacturer":"SONOFF","name":"Temp Sensor"},"#
                    + #""device_class":"temperature","state_topic":"zigbee2mqtt/Temp Sensor","unit_of_measurement":"°C","#
                    + #""value_template":"{{ value_json.temperature }}"}"#,
                "zigbee2mqtt:Temp Sensor"
            ),
            (
                // arendst/Tasmota xdrv_12_home_assistant.ino
                "homeassistant/sensor/D3C412_battery/config",
                #"{"name":"hall Battery","stat_t":"tele/hall/SENSOR","dev_cla":"temperature","unit_of_meas":"°C","#
                    + #""val_tpl":"{{value_json['DHT22'].Temperature}}","dev":{"ids":["D3C412"],"sw":"9.2.0(tasmota)","mf":"Tasmota"}}"#,
                "tasmota:hall"
            ),
        ])
    func decoded(topic: String, payload: String, address: String) {
        let report = unclaimed([Entry(topic: topic, payload: payload)])

        #expect(report.map { "\($0.dialect):\($0.address)" } == [address])
        #expect(report.first?.announced?.profile == nil)
    }

    @Test(
        "what is no entry, says nothing that is of use, or where nobody can say what it means, is not offered",
        arguments: [
            #"{"name":"x","device_class":"smoke","state_topic":"a/b""#, "[]", "null", "17", #""smoke""#, "{}",
            #"{"device_class":"smoke"}"#, #"{"device_class":["smoke"],"state_topic":{"a":1}}"#,
            #"{"device_class":"occupancy","state_topic":"frigate/+/person"}"#,
            #"{"device_class":"occupancy","state_topic":"frigate/hall/person","value_template":"{{ value_json.count | int > 0 }}"}"#,
            #"{"device_class":"smoke","device_class":"gas","state_topic":"a/b"}"#,
            // https://github.com/thorrak/tiltbridge/issues/194: nobody turns °F into °C here
            #"{"dev_cla":"temperature","unit_of_meas":"°F","stat_t":"tiltbridge/tilt_Black","val_tpl":"{{value_json.Temp}}"}"#,
        ])
    func useless(payload: String) {
        let entries = ["binary_sensor", "sensor"].map { Entry(topic: "homeassistant/\($0)/x/config", payload: payload) }

        #expect(unclaimed(entries).isEmpty)
    }

    @Test("a word that was not announced is a fault and never a guess: who announces none says ON and OFF")
    func polarity() throws {
        // https://github.com/john30/ebusd/issues/562: neither payload_on nor payload_off
        let report = unclaimed([
            Entry(
                topic: "homeassistant/binary_sensor/ebusd_leak/config",
                payload: #"{"device_class":"moisture","state_topic":"ebusd/boiler/leak","device":{"identifiers":["ebusd_bai"]}}"#)
        ])
        let draft = try #require(report.first?.announced?.profile)

        #expect(try facts(draft, "ebusd/boiler/leak", "ON") == ["boiler water_leak true"])
        #expect(
            try facts(draft, "ebusd/boiler/leak", "1").map(shortened) == ["boiler device_alive true", ".: unknown word \"1\""])
    }

    @Test(
        "whatever is announced, a draft is a profile that reads back",
        arguments: [
            #"a"b"#, #"back\\slash"#, "# no comment", "{device}", "- list", "null", "火警 厨房", "x: y", "'", "%", "&a", "*a", "0x10",
            " spaces ",
        ])
    func quoting(word: String) throws {
        let escaped = word.replacing("\"", with: "\\\"")
        let report = unclaimed([
            Entry(
                topic: "homeassistant/binary_sensor/odd/config",
                payload: #"{"device_class":"smoke","state_topic":"odd/device/\#(escaped)/state","payload_on":"\#(escaped)","#
                    + #""payload_off":"-","device":{"identifiers":["\#(escaped)"],"name":"\#(escaped)"}}"#)
        ])

        for draft in report.compactMap(\.announced?.profile) {
            let folder = try TemporaryFolder()
            let faults = FaultList()
            let profiles = ProfileFile.load(path: try folder.file("draft.yaml", text: draft), faults: faults).profiles
            #expect(profiles.count == 1 && faults.faults.isEmpty, "\(draft)\(faults.faults)")
        }
    }
}
