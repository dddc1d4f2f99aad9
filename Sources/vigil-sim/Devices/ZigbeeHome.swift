/// The four Zigbee devices of one home with what Zigbee2MQTT has cached of them.
struct ZigbeeHome {
    private let household: Household
    private var random: SplitMix64
    private var motion: MotionState
    private var door: DoorState
    private var smoke: SmokeState
    private var button: ButtonState

    init(_ household: Household, seed: UInt64) {
        self.household = household
        // A stream that daily life does not use: that one has the day in its lower half.
        random = SplitMix64(seed: seed, stream: UInt64(household.number) << 32 | 0xFFFF_FFFF)
        motion = MotionState(battery: random.number(in: 70...100), illuminance: 17, linkquality: 0, occupancy: false, voltage: 3015)
        door = DoorState(
            battery: random.number(in: 70...100), contact: true, device_temperature: random.number(in: 18...27), linkquality: 0,
            power_outage_count: random.number(in: 0...9), trigger_count: 0, voltage: 3005)
        smoke = SmokeState(battery: random.number(in: 80...100), linkquality: 0, smoke: false, smoke_density: 0, voltage: 3195)
        button = ButtonState(action: nil, battery: random.number(in: 40...100), linkquality: 0)
    }

    mutating func publish(_ deed: Deed) throws -> [Publication] {
        switch deed {
        case .motionBegins:
            motion.occupancy = true
            motion.illuminance = random.number(in: 5...400)
            return try publish(.motion)
        case .motionEnds:
            motion.occupancy = false
            return try publish(.motion)
        case .doorOpens:
            door.contact = false
            return try publish(.door)
        case .doorCloses:
            door.contact = true
            return try publish(.door)
        case .smokeBegins:
            smoke.smoke = true
            smoke.smoke_density = random.number(in: 11...40)
            return try publish(.smoke)
        case .smokeEnds:
            smoke.smoke = false
            smoke.smoke_density = 0
            return try publish(.smoke)
        case .buttonPressed:
            return try press()
        case .sensorBeat(let sensor):
            return try publish(sensor)
        case .pulseMeasured, .bandReport, .bandFall, .bandSOS:
            return []
        }
    }

    /// The device's whole cached state, with the link quality of this very message.
    private mutating func publish(_ sensor: ZigbeeSensor) throws -> [Publication] {
        let linkquality = random.number(in: 40...160)
        let payload: String
        switch sensor {
        case .motion:
            motion.linkquality = linkquality
            payload = try motion.payload()
        case .door:
            door.linkquality = linkquality
            payload = try door.payload()
        case .smoke:
            smoke.linkquality = linkquality
            payload = try smoke.payload()
        case .button:
            button.linkquality = linkquality
            payload = try button.payload()
        }
        return [Publication(topic: topic(of: sensor), payload: payload, quality: .atMostOnce)]
    }

    /// The press in the state, the press on its own topic (both are one press), and the end of the press.
    /// Sequence: Koenkk/zigbee-herdsman-converters#2797.
    private mutating func press() throws -> [Publication] {
        button.action = "emergency"
        var publications = try publish(.button)
        publications.append(Publication(topic: "\(topic(of: .button))/action", payload: "emergency", quality: .atMostOnce))
        button.action = ""
        publications += try publish(.button)
        button.action = nil
        return publications
    }

    private func topic(of sensor: ZigbeeSensor) -> String { ZigbeeNetwork.topic(household.name(of: sensor)) }
}
