import Testing
import VigilCore
import VigilDevices

/// Frames as the first generation of Shelly publishes them; each block names where they stand.
struct ShellyGen1DecoderTests {
    private let decoder = ShellyGen1Decoder()

    @Test(
        "each value has its topic",
        arguments: [
            // bieniu/ha-shellies-discovery python_scripts/shellies_discovery.py
            Capture("shellies/shellysmoke-AABBCC/sensor/smoke", "true", .level(.smoke, true)),
            Capture("shellies/shellysmoke-AABBCC/sensor/smoke", "false", .level(.smoke, false)),
            Capture("shellies/shellyflood-AABBCC/sensor/flood", "true", .level(.water_leak, true)),
            Capture("shellies/shellydw2-AABBCC/sensor/state", "open", .level(.door_open, true)),
            Capture("shellies/shellydw2-AABBCC/sensor/state", "close", .level(.door_open, false)),
            Capture("shellies/shellydw2-AABBCC/sensor/state", "unknown", .alive),
            Capture("shellies/shellydw2-AABBCC/sensor/vibration", "1", .level(.vibration, true)),
            Capture("shellies/shellydw2-AABBCC/sensor/vibration", "-1", .alive),
            Capture("shellies/shellydw2-AABBCC/sensor/tilt", "12", .alive),
            Capture("shellies/shellysense-AABBCC/sensor/motion", "true", .level(.motion, true)),
            Capture("shellies/shellyht-AABBCC/sensor/temperature", "21.50", .level(.temperature_c, 21.5)),
            Capture("shellies/shellyht-AABBCC/sensor/battery", "87", .level(.battery_percent, 87)),
            Capture("shellies/shellyht-AABBCC/sensor/error", "0", .level(.sensor_fault, false)),
            // https://github.com/enesbcs/Shelly_MQTT/issues/80
            Capture("shellies/shellygas-10521CF29E18/sensor/operation", "normal", .level(.sensor_fault, false)),
            Capture("shellies/shellygas-10521CF29E18/sensor/gas", "none", .level(.gas, false)),
            Capture("shellies/shellygas-10521CF29E18/sensor/gas", "heavy", .level(.gas, true)),
            Capture("shellies/shellygas-10521CF29E18/sensor/gas", "test", .event(.smoke_test)),
            Capture("shellies/shellygas-10521CF29E18/sensor/gas", "unknown", .alive),
            Capture("shellies/shellygas-10521CF29E18/sensor/concentration", "0", .alive),
            // shelly-api-docs gen1, Shelly Gas, /status
            Capture(
                "shellies/shellygas-10521CF29E18/status",
                #"{"gas_sensor":{"sensor_state":"normal","self_test_state":"completed","alarm_state":"heavy"}}"#, .level(.gas, true),
                .level(.sensor_fault, false)),
            Capture("shellies/shellygas-10521CF29E18/info", #"{"gas_sensor":{"alarm_state":"none"}}"#, .level(.gas, false)),
            Capture("shellies/shellygas-10521CF29E18/info", #"{"gas_sensor":{"alarm_state":"unknown"}}"#, .alive),
            // https://github.com/windkh/node-red-contrib-shelly/issues/17
            Capture(
                "shellies/shellymotionsensor-60A4239A6718/status",
                #"{"motion":true,"timestamp":1622300251,"active":true,"vibration":false,"lux":2063,"bat":97}"#, .level(.motion, true),
                .level(.vibration, false), .level(.battery_percent, 97)),
            // https://github.com/iobroker-community-adapters/ioBroker.shelly/issues/43
            Capture(
                "shellies/shellysense-849BB9/info",
                #"{"motion":true,"charger":false,"tmp":{"value":22.398561,"is_valid":true,"units":"C"},"lux":{"value":1.3,"is_valid":true},"bat":{"value":58}}"#,
                .level(.motion, true), .level(.battery_percent, 58), .level(.temperature_c, 22.398561)),
            // A relay's temperature is its chip's.
            Capture("shellies/shelly1pm-1/info", #"{"relays":[{"ison":true}],"tmp":{"tC":61.5,"tF":142.7,"is_valid":true}}"#, .alive),
            Capture("shellies/shelly1pm-1/temperature", "61.5", .alive),
            Capture("shellies/shelly1-1/relay/0", "on", .level(.switch, true)),
            Capture("shellies/shelly1-1/relay/0", "overpower", .alive),
            Capture("shellies/shellyplug-s-1/relay/0/energy", "600", .level(.meter_energy_wh, 10)),
            Capture("shellies/shellyem-1/emeter/0/total", "5712.1", .level(.meter_energy_wh, 5712.1)),
            // shelly-api-docs gen1, Button1
            Capture("shellies/shellybutton1-A4CF12F45301/input_event/0", #"{"event":"S","event_cnt":2}"#, .event(.button, "single")),
            Capture("shellies/shellybutton1-A4CF12F45301/input_event/0", #"{"event":"L","event_cnt":3}"#, .event(.button, "long")),
            Capture("shellies/shellybutton1-A4CF12F45301/input_event/0", #"{"event":"","event_cnt":0}"#, .alive),
            Capture("shellies/shelly1-1/online", "false", isRetained: true, .level(.availability, "offline")),
            Capture("shellies/shelly1-1/announce", #"{"id":"shelly1-1","model":"SHSW-1"}"#, .alive),
        ])
    func values(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "inputs, probes and further channels are spoken for under their own names",
        arguments: [
            ("shellies/shelly1-1/input/0", "1", ["shelly1-1/input/0 switch=bool(true)"]),
            ("shellies/shellyswitch25-1/relay/1", "off", ["shellyswitch25-1/relay/1 switch=bool(false)"]),
            ("shellies/shelly1-1/ext_temperature/0", "45.2", ["shelly1-1/ext_temperature/0 temperature_c=number(45.2)"]),
            ("shellies/shelly1-1/ext_temperature/0", "999", [#"shelly1-1/ext_temperature/0 not_measured=text("temperature_c")"#]),
            (
                "shellies/shellyix3-1/input_event/2", #"{"event":"SSS","event_cnt":1}"#,
                [#"shellyix3-1/input_event/2 button=text("triple")"#]
            ),
        ])
    func children(topic: String, payload: String, facts: [String]) throws {
        let decoded = try decoder.decode(payload, on: topic)

        #expect(decoded.observations.filter { $0.device != nil }.map { "\($0.device?.name ?? "") \($0.kind)=\($0.value)" } == facts)
        #expect(decoded.observations.filter { $0.device == nil }.map(\.kind) == [.device_alive])
    }

    // shelly-api-docs gen1, H&T: "in °C or °F depending on configuration"
    @Test("the unit that a device told once is that of its bare values")
    func fahrenheit() throws {
        var state = DialectState()
        let bare = Capture("shellies/shellyht-1/sensor/temperature", "68")
        let info = Capture(
            "shellies/shellyht-1/info", #"{"tmp":{"value":68.0,"units":"F","tC":20.0,"tF":68.0,"is_valid":true},"bat":{"value":90}}"#)

        let before = try decoder.decode(bare.frame, state: &state)
        let told = try decoder.decode(info.frame, state: &state)
        let after = try decoder.decode(bare.frame, state: &state)

        #expect(before.facts == [.alive])
        #expect(before.faults == ["temperature: too hot for a room: in Fahrenheit?"])
        #expect(told.facts == [.level(.battery_percent, 90), .level(.temperature_c, 20)])
        #expect(after.facts == [.level(.temperature_c, 20)])
    }

    @Test("a value that is none is counted", arguments: [("smoke", "maybe"), ("state", "ajar"), ("battery", "full"), ("gas", "some")])
    func faults(sensor: String, payload: String) throws {
        let decoded = try decoder.decode(payload, on: "shellies/shelly-1/sensor/\(sensor)")

        #expect(decoded.facts == [.alive])
        #expect(decoded.faults.count == 1)
    }

    @Test(
        "the segment after shellies is the device",
        arguments: [
            ("shellies/shellyht-1/sensor/temperature", "shellyht-1"), ("shellies/厨房/online", "厨房"), ("shellies/announce", nil),
            ("shellies/command", nil), ("shellies/shelly1-1/relay/0/command", nil), ("shellies//online", nil),
            ("other/shelly1-1/online", nil),
        ])
    func addresses(topic: String, name: String?) {
        let frame = Frame(source: "test", origin: .mqtt(topic: topic), payload: Array("true".utf8))

        #expect(decoder.address(of: frame) == name.map { DeviceAddress(dialect: "shelly-gen1", name: $0) })
    }
}
