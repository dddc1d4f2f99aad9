/// Zigbee2MQTT and all devices behind it: what it publishes, where, and with which flags.
///
/// States of devices go out at QoS 0 and are not retained, states of the bridge and availability at QoS 1 and retained: its defaults.
struct ZigbeeNetwork {
    static let base = "zigbee2mqtt"

    /// The bridge's last will.
    static let will = Publication(
        topic: "\(base)/bridge/state", payload: #"{"state":"offline"}"#, quality: .atLeastOnce, isRetained: true)

    private var homes: [Int: ZigbeeHome] = [:]
    private let order: ClosedRange<Int>

    init(plan: Plan) {
        order = plan.homes
        for home in plan.homes { homes[home] = ZigbeeHome(Household(number: home), seed: plan.seed) }
    }

    /// What Zigbee2MQTT publishes when it has connected: itself, who is there, and the cached state of every device.
    mutating func birth() throws -> [Publication] {
        let online = try OnlineState(state: "online").payload()
        var publications = [Publication(topic: "\(Self.base)/bridge/state", payload: online, quality: .atLeastOnce, isRetained: true)]
        for home in order {
            for sensor in ZigbeeSensor.allCases {
                let topic = Self.topic(Household(number: home).name(of: sensor))
                publications.append(
                    Publication(topic: "\(topic)/availability", payload: online, quality: .atLeastOnce, isRetained: true))
                publications += try homes[home]?.publish(.sensorBeat(sensor)) ?? []
            }
        }
        return publications
    }

    /// What Zigbee2MQTT publishes when it is stopped.
    func farewell() -> [Publication] { [Self.will] }

    /// What a happening makes a home's devices say; nothing where it is not theirs.
    mutating func publish(_ happening: Happening) throws -> [Publication] {
        try homes[happening.home]?.publish(happening.deed) ?? []
    }

    static func topic(_ friendlyName: String) -> String { "\(base)/\(friendlyName)" }
}
