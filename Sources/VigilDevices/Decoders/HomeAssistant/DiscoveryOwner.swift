import VigilCore

/// Whose device an entry announces: a bridge's or a firmware's that speaks a dialect of its own, under which it is to be registered.
struct DiscoveryOwner {
    private let entry: DiscoveryEntry

    init(_ entry: DiscoveryEntry) { self.entry = entry }

    /// The device as its own dialect names it, by the topic of its values.
    func address(among speakers: [Dialect: any PayloadDecoder]) -> DeviceAddress? {
        for dialect in dialects {
            guard let speaker = speakers[dialect] else { continue }
            for reading in entry.readings {
                // An object where the value is a member of one: dialects tell topics by it.
                let payload: [UInt8] = reading.field == nil ? Array("1".utf8) : Array("{}".utf8)
                let frame = Frame(source: "discovery", origin: .mqtt(topic: reading.topic), payload: payload)
                if let address = speaker.address(of: frame) { return address }
            }
        }
        return nil
    }

    private var dialects: [Dialect] {
        let words = [entry.origin, entry.device.software, entry.device.manufacturer].compactMap { $0?.lowercased() }
        func isSaid(_ word: String) -> Bool { words.contains { $0.contains(word) } }
        // Source: Koenkk/zigbee2mqtt lib/extension/homeassistant.ts (origin, sw_version, identifiers).
        if isSaid("zigbee2mqtt") || entry.device.identifier?.hasPrefix("zigbee2mqtt_") == true { return ["zigbee2mqtt"] }
        // Source: arendst/Tasmota xdrv_12_home_assistant.ino (sw, mf); esphome mqtt_component.cpp (sw).
        if isSaid("tasmota") { return ["tasmota"] }
        if isSaid("esphome") { return ["esphome"] }
        // Source: OpenMQTTGateway main/ZmqttDiscovery.ino (mf), theengs/gateway discovery.py (mf).
        if isSaid("omg_community") || isSaid("openmqttgateway") { return ["openmqttgateway", "theengs"] }
        if isSaid("theengs") { return ["theengs"] }
        // Source: bieniu/ha-shellies-discovery (mf, topics shellies/...), ha-shellies-discovery-gen2.
        if isSaid("shelly") || isSaid("allterco") {
            return entry.readings.contains { $0.topic.hasPrefix("shellies/") } ? ["shelly-gen1"] : ["shelly-gen2"]
        }
        return []
    }
}
