// The states that Zigbee2MQTT publishes of the four devices, key for key. Shapes were taken from what people posted of real
// installations; the issues are named with each. Zigbee2MQTT merges what it has cached into every message.

/// Shape: Koenkk/zigbee2mqtt#1498 (RTCGQ11LM).
struct MotionState: Encodable {
    var battery: Int
    var illuminance: Int
    var linkquality: Int
    var occupancy: Bool
    var voltage: Int
}

/// Shape: Koenkk/zigbee2mqtt#26393 (MCCGQ11LM). `contact` is true while the door is closed.
struct DoorState: Encodable {
    var battery: Int
    var contact: Bool
    var device_temperature: Int
    var linkquality: Int
    var power_outage_count: Int
    var trigger_count: Int
    var voltage: Int
}

/// Shape: Koenkk/zigbee2mqtt#2113 and stas-demydiuk/domoticz-zigbee2mqtt-plugin#311 (JTYJ-GD-01LM/BW).
struct SmokeState: Encodable {
    var battery: Int
    var linkquality: Int
    var sensitivity = "high"
    var smoke: Bool
    var smoke_density: Int
    var voltage: Int
}

/// Shape: Koenkk/zigbee2mqtt#31727 (TS0601_sos): `emergency` when pressed, empty a moment later, null when it only reports in.
struct ButtonState: Encodable {
    enum CodingKeys: CodingKey {
        case action, battery, linkquality
    }

    var action: String?
    var battery: Int
    var linkquality: Int

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        // Written out because an absent action is sent as null, which the synthesised code would leave out.
        try container.encode(action, forKey: .action)
        try container.encode(battery, forKey: .battery)
        try container.encode(linkquality, forKey: .linkquality)
    }
}

/// `bridge/state` and `availability`. Shape: Koenkk/zigbee2mqtt `test/extensions/availability.test.ts`.
struct OnlineState: Encodable {
    var state: String
}
