import Testing
import VigilCore
import VigilDaemon
import VigilDevices

/// The profile of rtl_433: receptions as its decoders write them in, facts out, the same on both kinds of topics.
struct RTL433ProfileTests {
    struct Reception: CustomTestStringConvertible, Sendable {
        /// As its topic has it, below `devices`.
        var device: String
        /// What names it, as JSON.
        var head: String
        /// Names and values, as JSON.
        var fields: [(name: String, value: String)]
        var facts: [Fact]

        init(_ device: String, _ head: String, _ fields: [(String, String)], _ facts: [Fact]) {
            self.device = device
            self.head = head
            self.fields = fields
            self.facts = facts
        }

        var testDescription: String { "\(device) \(fields)" }

        var json: String {
            let members = fields.map { #""\#($0.name)":\#($0.value)"# }
            return "{" + ([#""time":"2025-05-02 15:29:08""#, head] + members).joined(separator: ",") + "}"
        }
    }

    private static func gs558(_ learn: Int, _ facts: Fact...) -> Reception {
        let fields = [("id", "31722"), ("unit", "24"), ("learn", "\(learn)"), ("code", #""5f7d58""#)]
        return Reception("Smoke-GS558/31722", #""model":"Smoke-GS558""#, fields, facts)
    }

    private static func cavius(_ text: String, batteryOK: Int = 1, _ facts: Fact...) -> Reception {
        Reception(
            "Cavius-Security/4711", #""model":"Cavius-Security""#,
            [("id", "4711"), ("battery_ok", "\(batteryOK)"), ("net_id", "1"), ("message", "32"), ("text", "\"\(text)\"")], facts)
    }

    private static func honeywell(_ open: Int, tamper: Int = 0, _ facts: Fact...) -> Reception {
        Reception(
            "Honeywell-Security/8/702442", #""model":"Honeywell-Security""#,
            [
                ("id", "702442"), ("channel", "8"), ("event", "160"), ("contact_open", "\(open)"), ("reed_open", "0"), ("alarm", "1"),
                ("tamper", "\(tamper)"), ("battery_ok", "1"), ("heartbeat", "0"),
            ], facts)
    }

    private static func kerui(_ state: String, _ further: [(String, String)], _ facts: Fact...) -> Reception {
        Reception(
            "Kerui-Security/840811", #""model":"Kerui-Security""#,
            [("id", "840811"), ("cmd", "10")] + further + [("state", "\"\(state)\"")],
            facts)
    }

    private static func x10(_ event: String, _ further: [(String, String)] = [], _ facts: Fact...) -> Reception {
        Reception(
            "X10-Security/31a0", #""model":"X10-Security""#,
            [("id", #""31a0""#), ("code", #""88""#), ("event", "\"\(event)\"")] + further,
            facts)
    }

    private static func chuango(_ command: String, _ facts: Fact...) -> Reception {
        Reception(
            "Chuango-Security/426820", #""model":"Chuango-Security""#,
            [("id", "426820"), ("cmd", "\"\(command)\""), ("cmd_id", "2")], facts)
    }

    private static func govee(_ event: String, _ further: [(String, String)] = [], _ facts: Fact...) -> Reception {
        Reception(
            "Govee-Water/4711", #""model":"Govee-Water""#,
            [("id", "4711")] + further + [("event", "\"\(event)\""), ("code", #""1f""#)], facts)
    }

    private static func leak(_ alarm: Int, batteryOK: Int, _ facts: Fact...) -> Reception {
        Reception(
            "Bresser-Leakage/7/2533818455", #""model":"Bresser-Leakage""#,
            [("id", "2533818455"), ("channel", "7"), ("battery_ok", "\(batteryOK)"), ("alarm", "\(alarm)")], facts)
    }

    private static func interlogix(_ subtype: String, _ battery: String, _ facts: Fact...) -> Reception {
        Reception(
            "Interlogix-Security/\(subtype)/a52c11", #""model":"Interlogix-Security","subtype":"\#(subtype)""#,
            [("id", #""a52c11""#), ("battery", "\"\(battery)\""), ("switch1", #""OPEN""#)], facts)
    }

    private static func visonic(_ alarm: Int, tamper: Int, batteryOK: Int, _ facts: Fact...) -> Reception {
        Reception(
            "Visonic-Powercode/6f4770", #""model":"Visonic-Powercode""#,
            [("id", #""6f4770""#), ("tamper", "\(tamper)"), ("alarm", "\(alarm)"), ("battery_ok", "\(batteryOK)")], facts)
    }

    // Source: merbanan/rtl_433 src/devices, each file by the name of its model; docs/DATA_FORMAT.md.
    private static let receptions = [
        gs558(0, .event(.smoke)), gs558(1),
        cavius("Fire alarm", .event(.smoke), .level(.battery_low, false)), cavius("Alarm muted", .level(.battery_low, false)),
        cavius("Test alarm", .event(.smoke_test), .level(.battery_low, false)), cavius("Pairing", .level(.battery_low, false)),
        cavius("Warning/Water detected", .event(.alarm_unspecified), .level(.battery_low, false)),
        cavius("Battery low", batteryOK: 0, .level(.battery_low, true)),
        honeywell(1, .level(.door_open, true), .level(.tamper, false), .level(.battery_low, false)),
        honeywell(0, tamper: 1, .level(.door_open, false), .level(.tamper, true), .level(.battery_low, false)),
        kerui("motion", [("motion", "1")], .event(.motion)), kerui("open", [("opened", "1")], .level(.door_open, true)),
        kerui("close", [("opened", "0")], .level(.door_open, false)), kerui("tamper", [("tamper", "1")], .event(.tamper)),
        kerui("water", [("water", "1")], .event(.water_leak)), kerui("battery", [("battery_ok", "0")], .event(.battery_low)),
        x10("KR18 PANIC", [], .event(.sos)), x10("KR15A PANIC-3SECOND", [], .event(.sos)), x10("KEY-FOB DISARM"), x10("UNKNOWN"),
        x10("MOTION TRIPPED", [], .event(.motion)), x10("MOTION READY"),
        x10("DOOR/WINDOW OPEN", [("tamper", "1")], .level(.door_open, true), .event(.tamper)),
        x10("DS10A DOOR/WINDOW CLOSED", [("battery_ok", "0")], .level(.door_open, false), .event(.battery_low)),
        chuango("Alarm", .event(.sos)), chuango("24H Zone", .event(.alarm_unspecified)), chuango("Tamper", .event(.tamper)),
        chuango("Low Battery", .event(.battery_low)), chuango("Arm"), chuango("Test"),
        govee("Water Leak", [("detect_wet", "1")], .event(.water_leak)), govee("Button Press", [("detect_wet", "0")]),
        govee(
            "Battery Report", [("battery_ok", "0.59000"), ("battery_mV", "2508")], .level(.battery_percent, 59),
            .level(.battery_mv, 2508)),
        govee("Battery Report", [("battery_ok", "1.0")], .level(.battery_low, false)),
        Reception("Govee-Contact/4711", #""model":"Govee-Contact""#, [("id", "4711"), ("event", #""Open""#)], [.event(.door_open)]),
        leak(1, batteryOK: 0, .level(.water_leak, true), .level(.battery_low, true)),
        leak(0, batteryOK: 1, .level(.water_leak, false), .level(.battery_low, false)),
        interlogix("contact", "LOW", .level(.battery_low, true)), interlogix("keyfob", "OK"),
        // Its alarm bit is a door, a pendant or smoke.
        visonic(1, tamper: 1, batteryOK: 0, .level(.tamper, true), .level(.battery_low, true)),
        Reception("Generic-Remote/30721", #""model":"Generic-Remote""#, [("id", "30721"), ("cmd", "64")], [.event(.button, "64")]),
        Reception(
            "Prologue-TH/1/9", #""model":"Prologue-TH""#,
            [("id", "9"), ("channel", "1"), ("battery_V", "2.8"), ("temperature_C", "21.5"), ("humidity", "48")],
            [.level(.battery_mv, 2800), .level(.temperature_c, 21.5)]),
        Reception(
            "Acurite-986/1R", #""model":"Acurite-986""#, [("channel", #""1R""#), ("temperature_F", "50")], [.level(.temperature_c, 10)]),
        Reception("Acurite-5n1/31", #""model":"Acurite-5n1","subtype":31"#, [("wind_avg_km_h", "3")], []),
        Reception("Flex", #""model":"Flex""#, [("count", "24")], []),
    ]

    private func decoder() throws -> any PayloadDecoder { try #require(DecoderRegistry.shipped.entry(for: "rtl_433")).decoder }

    private func told(_ decoded: [(address: DeviceAddress, decoded: Decoded)], of device: String) -> [Fact] {
        decoded.flatMap { address, decoded in
            decoded.observations.filter { ($0.device ?? address).name == device && $0.kind != .device_alive }
        }.map { Fact(kind: $0.kind, value: $0.value, nature: $0.nature) }
    }

    @Test("a reception is read as its decoder documents it", arguments: receptions)
    func events(reception: Reception) throws {
        let decoder = try decoder()
        let capture = Capture("rtl_433/box/events", reception.json)

        let decoded = try decoder.decode(capture)

        #expect(decoded.faults == [])
        #expect(decoder.address(of: capture.frame) == DeviceAddress(dialect: "rtl_433", name: "box"))
        #expect(decoded.observations.contains { $0.device?.name == reception.device })
        let facts = told([(DeviceAddress(dialect: "rtl_433", name: "box"), decoded)], of: reception.device)
        #expect(Set(facts) == Set(reception.facts))
        #expect(facts.count == reception.facts.count)
    }

    @Test("its values one by one say the same of the same device", arguments: receptions)
    func values(reception: Reception) throws {
        let decoder = try decoder()

        let decoded = try reception.fields.map { field in
            let bare = field.value.hasPrefix("\"") ? String(field.value.dropFirst().dropLast()) : field.value
            let capture = Capture("rtl_433/box/devices/\(reception.device)/\(field.name)", bare)
            return (address: try #require(decoder.address(of: capture.frame)), decoded: try decoder.decode(capture))
        }

        #expect(Set(decoded.map(\.address.name)) == [reception.device])
        #expect(decoded.flatMap(\.decoded.faults) == [])
        let facts = told(decoded, of: reception.device)
        #expect(Set(facts) == Set(reception.facts))
        #expect(facts.count == reception.facts.count)
    }

    @Test("models of before 2020, another base, and the receiver's own counters")
    func variants() throws {
        let decoder = try decoder()
        // Source: domoticz/domoticz#3834.
        let old = #"{"time":"2020-01-04 14:19:30","model":"Smoke detector GS 558","id":16624,"unit":5,"learn":0,"code":"c81e05"}"#

        #expect(
            try decoder.decode(old, on: "home/rtl/events").facts(of: "home/rtl/events")
                == ["Smoke detector GS 558/16624 smoke true", "home/rtl/events device_alive true"])
        #expect(try decoder.decode("0", on: "home/devices/Smoke_detector_GS_558/16624/learn").facts == [.event(.smoke)])
        #expect(try decoder.decode(#"{"frames":{"count":3}}"#, on: "rtl_433/box/states").facts(of: "box") == ["box device_alive true"])
    }

    @Test("what rtl_433 hears is never missed for its silence")
    func liveness() throws {
        #expect(try #require(DecoderRegistry.shipped.entry(for: "rtl_433")).liveness == .oneWay)
    }
}
