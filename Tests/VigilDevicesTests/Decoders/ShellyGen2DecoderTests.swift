import Testing
import VigilCore
import VigilDevices

/// Frames as Shelly Plus, Pro, Gen3 and Gen4 publish them; each block names where they stand.
struct ShellyGen2DecoderTests {
    private let decoder = ShellyGen2Decoder()

    @Test(
        "a component on its own topic",
        arguments: [
            // https://github.com/JHNUL/home-server-apps messages.md
            Capture(
                "shellyht-livingroom/status/devicepower:0",
                #"{"id": 0,"battery":{"V":5.46, "percent":73},"external":{"present":false}}"#,
                .level(.battery_percent, 73), .level(.battery_mv, 5460)),
            Capture("shellyht-livingroom/status/temperature:0", #"{"id": 0,"tC":20.1, "tF":68.3}"#, .level(.temperature_c, 20.1)),
            Capture("shellyht-livingroom/status/temperature:0", #"{"id": 0,"tC":null, "tF":null,"errors":["read"]}"#, .alive),
            Capture("shellyht-livingroom/status/cloud", #"{"connected":true}"#, .alive),
            // shelly-api-docs gen2/ComponentsAndServices/Smoke
            Capture(
                "shellyplussmoke-80646fd1aabb/status/smoke:0", #"{"id":0,"alarm":true,"mute":false}"#, .level(.smoke, true),
                .level(.sensor_fault, false)),
            // https://github.com/iobroker-community-adapters/ioBroker.shelly/issues/1220
            Capture(
                "shellyfloodg4-7c2c67722288/status/flood:0", #"{"id":0,"alarm":null,"mute":false,"errors":["cable_unplugged"]}"#,
                .level(.sensor_fault, true)),
            // https://github.com/iobroker-community-adapters/ioBroker.shelly/issues/1228
            Capture(
                "shellypresence-ccba97ee72bc/status/presencezone:200", #"{"id":200,"value":false,"num_objects":0}"#,
                .level(.presence, false)),
            Capture("shellypresence-ccba97ee72bc/status/presence", #"{"live_track":{"interval":1.00},"sensor_ver":"1.0"}"#, .alive),
            Capture(
                "shellies/shellyplus1pm-1/status/switch:0",
                #"{"id":0,"output":true,"apower":0.0,"aenergy":{"total":1234.5,"minute_ts":1},"temperature":{"tC":53.1,"tF":127.6}}"#,
                .level(.switch, true), .level(.meter_energy_wh, 1234.5)),
            Capture(
                "shellyblugwg3-1/status/rpc", #"{"smoke:0":{"alarm":false},"sys":{}}"#, .level(.smoke, false),
                .level(.sensor_fault, false)),
            Capture("shellyplusht-b8d61a8b17cc/online", "true", .level(.availability, "online")),
            Capture("shellyplusht-b8d61a8b17cc/online", "false", .level(.availability, "offline")),
        ])
    func components(capture: Capture) throws { #expect(try decoder.decode(capture).facts == capture.facts) }

    @Test(
        "a notification tells what changed, and no more",
        arguments: [
            // https://gist.github.com/NelsonMinar/494a0f53785c20290b395639548349fa: 0 % on the mains is no flat battery
            (
                #"{"src":"s","dst":"s/events","method":"NotifyFullStatus","params":{"ts":1680962879.62,"devicepower:0":{"id":0,"battery":{"V":0.43,"percent":0},"external":{"present":true}},"humidity:0":{"id":0,"rh":42.2},"temperature:0":{"id":0,"tC":19.8,"tF":67.6}}}"#,
                [Fact.level(.temperature_c, 19.8)]
            ),
            // https://github.com/home-assistant/core/issues/117818
            (
                #"{"src":"s","dst":"ws","method":"NotifyFullStatus","params":{"ts":2.46,"devicepower:0":{"id":0,"battery":{"V":2.94,"percent":85}},"smoke:0":{"id":0,"alarm":false,"mute":false}}}"#,
                [.level(.battery_percent, 85), .level(.battery_mv, 2940), .level(.smoke, false), .level(.sensor_fault, false)]
            ),
            // shelly-api-docs gen2/General/Notifications
            (
                #"{"src":"s","dst":"u","method":"NotifyStatus","params":{"ts":1631186545.04,"switch:0":{"id":0,"output":true,"source":"button"}}}"#,
                [.level(.switch, true)]
            ),
            (#"{"src":"s","method":"NotifyStatus","params":{"ts":1624348482.25,"cloud":{"connected":false}}}"#, [.alive]),
            (#"{"src":"s","method":"NotifyStatus","params":{"ts":1,"smoke:0":{"id":0,"alarm":true}}}"#, [.level(.smoke, true)]),
            (
                #"{"src":"s","method":"NotifyStatus","params":{"ts":1,"flood:0":{"id":0,"errors":null}}}"#,
                [.level(.sensor_fault, false)]
            ),
            (
                #"{"src":"s","method":"NotifyEvent","params":{"ts":1,"events":[{"component":"smoke:0","id":0,"event":"alarm_test","ts":1}]}}"#,
                [.event(.smoke_test)]
            ),
            (#"{"src":"s","method":"NotifyEvent","params":{"events":[{"component":"sys","event":"config_changed"}]}}"#, [.alive]),
            (#"{"id":1,"src":"s","dst":"u","result":{"smoke:0":{"alarm":true}}}"#, [.alive]),
        ])
    func notifications(payload: String, facts: [Fact]) throws {
        #expect(try decoder.decode(payload, on: "shelly-1/events/rpc").facts == facts)
    }

    @Test(
        "inputs, further components and Bluetooth devices are spoken for under their own names",
        arguments: [
            ("s/status/input:0", #"{"id":0,"state":false}"#, ["s/input:0 switch=bool(false)"]),
            ("s/status/input:0", #"{"id":0,"state":null}"#, ["s/input:0 device_alive=bool(true)"]),
            ("s/status/switch:1", #"{"id":1,"output":false}"#, ["s/switch:1 switch=bool(false)"]),
            ("s/status/temperature:100", #"{"id":100,"tC":61.5}"#, ["s/temperature:100 temperature_c=number(61.5)"]),
            (
                "s/status/bthomedevice:200", #"{"id":200,"rssi":-72,"battery":100,"packet_id":90}"#,
                ["s/bthomedevice:200 battery_percent=number(100.0)"]
            ),
            // What it measures stands in its configuration alone.
            (
                "s/status/bthomesensor:201", #"{"id":201,"value":true,"last_updated_ts":1}"#,
                ["s/bthomesensor:201 device_alive=bool(true)"]
            ),
            // https://github.com/bieniu/ha-shellies-discovery-gen2/issues/14
            (
                "s/events/rpc",
                #"{"method":"NotifyEvent","params":{"ts":1643540082.66,"events":[{"component":"input:0","id":0,"event":"single_push","ts":1643540082.66}]}}"#,
                [#"s/input:0 button=text("single")"#]
            ),
            ("s/events/rpc", #"{"method":"NotifyEvent","params":{"events":[{"component":"input:0","event":"btn_down"}]}}"#, []),
            (
                "s/events/rpc",
                #"{"method":"NotifyEvent","params":{"events":[{"component":"bthomedevice:200","event":"long_push","idx":2}]}}"#,
                [#"s/bthomedevice:200/2 button=text("long")"#]
            ),
            // ALLTERCO/shelly-script-examples ble-shelly-blu.js
            (
                "s/events/rpc",
                #"{"method":"NotifyEvent","params":{"events":[{"component":"script:1","event":"shelly-blu","data":{"pid":1,"battery":99,"window":1,"rotation":0,"rssi":-60,"address":"b4:35:22:fe:56:e5"}}]}}"#,
                ["s/b4:35:22:fe:56:e5 door_open=bool(true)", "s/b4:35:22:fe:56:e5 battery_percent=number(99.0)"]
            ),
            (
                "s/events/rpc",
                #"{"method":"NotifyEvent","params":{"events":[{"component":"script:1","event":"shelly-blu","data":{"motion":1,"button":[0,2],"address":"b4"}}]}}"#,
                ["s/b4 motion=bool(true)", #"s/b4 button=text("double")"#]
            ),
            (
                "s/events/rpc",
                #"{"method":"NotifyEvent","params":{"events":[{"component":"script:1","event":"shelly-blu","data":{"motion":[0,1],"window":[0,0],"vibration":1,"address":"b4"}}]}}"#,
                ["s/b4 motion=bool(true)", "s/b4 door_open=bool(false)", "s/b4 vibration=bool(true)"]
            ),
            (
                "s/events/rpc",
                #"{"method":"NotifyEvent","params":{"events":[{"component":"script:1","event":"shelly-blu","data":{"motion":[],"window":["x"],"address":"b4"}}]}}"#,
                ["s/b4 device_alive=bool(true)"]
            ),
        ])
    func children(topic: String, payload: String, facts: [String]) throws {
        let decoded = try decoder.decode(payload, on: topic)

        #expect(decoded.observations.filter { $0.device != nil }.map { "\($0.device?.name ?? "") \($0.kind)=\($0.value)" } == facts)
        #expect(decoded.observations.filter { $0.device == nil }.map(\.kind) == [.device_alive])
    }

    @Test("on the mains a partial report of the battery says nothing either")
    func overlay() throws {
        var state = DialectState()
        let powered = Capture("s/status/devicepower:0", #"{"id":0,"battery":{"percent":0},"external":{"present":true}}"#)
        let partial = Capture(
            "s/events/rpc", #"{"method":"NotifyStatus","params":{"ts":1,"devicepower:0":{"id":0,"battery":{"percent":0}}}}"#)
        let unplugged = Capture("s/status/devicepower:0", #"{"id":0,"battery":{"percent":12},"external":{"present":false}}"#)

        let facts = try [powered, partial, unplugged, partial].map { try decoder.decode($0.frame, state: &state).facts }

        #expect(facts == [[.alive], [.alive], [.level(.battery_percent, 12)], [.level(.battery_percent, 0)]])
    }

    @Test("the time is that of the notification, once the device has a clock")
    func times() throws {
        let timed = try decoder.decode(
            #"{"method":"NotifyStatus","params":{"ts":1631186545.04,"smoke:0":{"alarm":true}}}"#, on: "s/events/rpc")
        let untimed = try decoder.decode(
            #"{"method":"NotifyStatus","params":{"ts":2.46,"smoke:0":{"alarm":true}}}"#, on: "s/events/rpc")

        #expect(timed.observations.first?.eventTime?.rawValue == 1_631_186_545_040)
        #expect(untimed.observations.first?.eventTime == nil)
    }

    @Test("a bad value is counted and loses no other")
    func faults() throws {
        let decoded = try decoder.decode(
            #"{"method":"NotifyStatus","params":{"smoke:0":{"alarm":"yes"},"temperature:0":{"tC":[]},"flood:0":{"alarm":true}}}"#,
            on: "s/events/rpc")

        #expect(decoded.facts == [.level(.water_leak, true)])
        #expect(decoded.faults == ["alarm: neither true nor false", "tC: not a number"])
    }

    @Test(
        "the prefix is the device",
        arguments: [
            ("shellyplus1-a8032abe54dc/events/rpc", "shellyplus1-a8032abe54dc"), ("flat/hall/status/switch:0", "flat/hall"),
            ("flat/hall/online", "flat/hall"), ("hall/rpc", nil), ("hall/command/switch:0", nil), ("hall/status", nil),
            ("events/rpc", nil),
            ("online", nil), ("hall/debug/log", nil), ("", nil),
        ])
    func addresses(topic: String, name: String?) {
        let frame = Frame(source: "test", origin: .mqtt(topic: topic), payload: Array("{}".utf8))

        #expect(decoder.address(of: frame) == name.map { DeviceAddress(dialect: "shelly-gen2", name: $0) })
    }

    @Test("what is no status is refused", arguments: ["[1]", "", "{", "true"])
    func refusals(payload: String) {
        let isRemoved = payload.isEmpty
        if isRemoved {
            #expect((try? decoder.decode(payload, on: "s/status/smoke:0")) == Decoded())
        } else {
            #expect(throws: DecodeFailure.self) { try decoder.decode(payload, on: "s/status/smoke:0") }
        }
    }
}
