import Foundation
import VigilCore

/// A registry and the messages of its devices, as large as asked for.
///
/// A dwelling has one resident, and five Zigbee2MQTT devices of the kinds that a flat has.
struct Community {
    enum Kind: Int, CaseIterable {
        case motion, door, smoke, button, climate

        var name: String { "\(self)" }
    }

    static let source: SourceID = "main"

    var registry: Registry
    let deviceCount: Int
    private let topics: [String]

    init(devices count: Int, hookPort: Int = 0) {
        deviceCount = count
        let dwellings = (count + Kind.allCases.count - 1) / Kind.allCases.count
        var names: [String] = []
        var devices: [Device] = []
        for index in 0..<count {
            let name = Self.name(of: index)
            names.append(Self.topic(of: index))
            let liveness: LivenessClass =
                switch Self.kind(of: index) {
                case .smoke: .sleepySmoke
                case .button: .oneWay
                default: .sleepy
                }
            devices.append(
                Device(
                    id: DeviceID(name), address: DeviceAddress(dialect: "zigbee2mqtt", name: name),
                    dwelling: DwellingID(Self.dwelling(index / Kind.allCases.count)), liveness: liveness))
        }
        topics = names
        registry = Registry(
            version: 1, community: Self.places(dwellings),
            residents: (0..<dwellings).map { number in
                Resident(
                    id: ResidentID(Self.resident(number)), name: "resident \(number)", dwelling: DwellingID(Self.dwelling(number)),
                    contacts: [ContactID("family-\(number)")])
            },
            devices: devices,
            contacts: (0..<dwellings).map { number in
                Contact(
                    id: ContactID("family-\(number)"), name: "family \(number)", role: .family,
                    methods: [ContactMethod(channel: "hook", address: "http://127.0.0.1:\(hookPort)/\(Self.resident(number))")])
            } + [
                Contact(
                    id: "lead", name: "lead", role: .communityLead,
                    methods: [ContactMethod(channel: "hook", address: "http://127.0.0.1:\(hookPort)/lead")])
            ])
    }

    // MARK: Names

    static func kind(of index: Int) -> Kind { Kind(rawValue: index % Kind.allCases.count) ?? .motion }
    static func name(of index: Int) -> String { "\(kind(of: index).name)-\(padded(index / Kind.allCases.count + 1))" }
    static func topic(of index: Int) -> String { "zigbee2mqtt/\(name(of: index))" }
    static func resident(_ number: Int) -> String { "r\(padded(number + 1))" }
    static func dwelling(_ number: Int) -> String { "d\(padded(number + 1))" }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// A hundred dwellings to a grid.
    private static func places(_ count: Int) -> VigilCore.Community {
        let grids = stride(from: 0, to: count, by: 100).map { start in
            let dwellings = (start..<min(start + 100, count)).map { Dwelling(id: DwellingID(dwelling($0)), name: dwelling($0)) }
            return Grid(
                id: GridID("g\(start / 100)"), name: "grid",
                buildings: [Building(id: "b", name: "building", units: [Unit(id: "u", name: "unit", dwellings: dwellings)])])
        }
        return VigilCore.Community(name: "benchmark", grids: grids)
    }

    // MARK: Messages

    /// The message with this number, said at a time: the devices report one after the other, each time with another value.
    func frame(_ number: Int, at time: EngineTime) -> Frame {
        let index = number % deviceCount
        return Frame(
            source: Self.source, origin: .mqtt(topic: topics[index]),
            payload: Self.payload(of: Self.kind(of: index), round: number / deviceCount, at: time))
    }

    /// What Zigbee2MQTT publishes of the device: its whole cached state.
    // Shapes: Koenkk/zigbee-herdsman-converters#4006 (RTCGQ14LM), Koenkk/zigbee2mqtt#26393 (MCCGQ11LM), Koenkk/zigbee2mqtt#2113
    // (JTYJ-GD-01LM/BW), Koenkk/zigbee2mqtt#31727 (TS0601_sos), WSDCGQ11LM with the bridge's linkquality and last_seen.
    static func payload(of kind: Kind, round: Int, at time: EngineTime) -> [UInt8] {
        let turn = round.isMultiple(of: 2)
        // What was seen in the past would be late.
        var seen: String { Date(timeIntervalSince1970: TimeInterval(time.rawValue / 1000)).ISO8601Format(stampStyle) }
        let text =
            switch kind {
            case .motion:
                #"{"battery":100,"detection_interval":2,"illuminance":\#(round % 1000),"linkquality":152,"motion_sensitivity":"high","#
                    + #""occupancy":\#(turn),"power_outage_count":5,"temperature":25,"voltage":3123}"#
            case .door:
                #"{"battery":97,"contact":\#(turn),"device_temperature":24,"last_seen":"\#(seen)","linkquality":120,"#
                    + #""power_outage_count":12,"trigger_count":\#(round % 1000),"voltage":3005}"#
            case .smoke:
                #"{"battery":98,"linkquality":135,"sensitivity":"high","smoke":false,"smoke_density":\#(round % 3),"#
                    + #""test":false,"update":{"installed_version":1,"latest_version":1,"state":"idle"},"voltage":3055}"#
            case .button: #"{"action":null,"battery":100,"linkquality":\#(100 + round % 100),"voltage":3000}"#
            case .climate:
                #"{"battery":91,"humidity":\#(40 + round % 20).5,"last_seen":"\#(seen)","linkquality":88,"#
                    + #""power_outage_count":31,"pressure":1012.3,"temperature":\#(18 + round % 8).25,"voltage":2985}"#
            }
        return Array(text.utf8)
    }

    /// As a bridge in China writes it: `2026-11-22T08:00:00+08:00`.
    private static let stampStyle = Date.ISO8601FormatStyle(
        timeZoneSeparator: .colon, timeZone: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt)

    /// A press for help on a resident's button.
    static let press = Array(#"{"action":"emergency","battery":100,"linkquality":116}"#.utf8)
}
