import VigilCore

/// Who is about, and what was moved.
extension Zigbee2MQTTFacts {
    mutating func tellPresence() {
        if report[.presence] != nil { tell(.presence, anyOf: .presence) } else { tellPresenceState() }
        let isMoving = movement
        if let isMoving { tell(.motion, .bool(isMoving)) }
        switch report[.work_state]?.text {
        // Source: docs/devices/TS0601_bed_presence_sensor.md: a strap under the mattress. Covers and valves have a `work_state` of other words.
        case let text? where text.hasPrefix("presence") || text.hasPrefix("none"): tell(.in_bed, anyOf: .occupancy)
        default: tellOccupancy(isMovementTold: isMoving != nil)
        }
    }

    private mutating func tellOccupancy(isMovementTold: Bool) {
        // Source: fromZigbee.ts thermostat: which of its two temperatures it keeps.
        guard !report.names(.local_temperature) else { return }
        if report[.presence] != nil {
            if !isMovementTold { tell(.motion, anyOf: .occupancy) }
        } else if report.names(anyOf: .fall_status, .motion_state, .target_distance) {
            // Source: heiman.ts, HS2FD: bit 0 of its occupancy is "someone is there", moving or not; so it is with every radar.
            tell(.presence, anyOf: .occupancy)
        } else {
            tell(.motion, anyOf: .occupancy)
        }
    }

    /// Presence as a word, of devices that have no flag.
    // Source: docs/devices/: `none`, `presence`; `absence`, `presence`, `sensor_close`; PIRIV-01 `true`, `false`.
    private mutating func tellPresenceState() {
        guard let text = report[.presence_state]?.text else { return }
        if text == "presence" || text == "true" { tell(.presence, .bool(true)) }
        if text == "none" || text == "absence" || text == "false" { tell(.presence, .bool(false)) }
    }

    /// Whether a radar sees somebody move, who may be there all the same when nobody moves.
    // Source: docs/devices/ZG-204ZM.md (motion_state), `human_motion_state` of others, FP1E (movement), FP300 (pir_detection),
    // MIR-HE200-TY before 2023 (motion).
    private var movement: Bool? {
        mutating get {
            if let isSeen = report[.pir_detection]?.bool ?? report[.motion]?.bool { return isSeen }
            switch report[.motion_state]?.text ?? report[.movement]?.text {
            case let text? where text == "large" || text == "medium" || text == "small" || text == "active" || text == "movement":
                return true
            case let text? where text == "none" || text == "static" || text == "no_movement" || text == "no_presence": return false
            default: return nil
            }
        }
    }

    mutating func tellMovedThings() {
        // Senoro.Win sends a strength under the same name.
        if report[.vibration]?.number == nil { tell(.vibration, anyOf: .vibration) }
        // Motors of curtains are `moving` as well.
        if report.names(.x_axis) { tell(.vibration, anyOf: .moving) }
        // Source: exposes.ts: the contact is closed (true) or open (false).
        if let isClosed = flag(.contact) { tell(.door_open, .bool(!isClosed)) }
        // Source: docs/devices/Senoro.Win.md; fromZigbee.ts lock. A lock that cannot tell says nothing.
        switch report[.opening_state]?.text ?? report[.door_state]?.text {
        case let text? where text == "open" || text == "tilted": tell(.door_open, .bool(true))
        case let text? where text == "closed": tell(.door_open, .bool(false))
        default: break
        }
        tellSwitch()
    }

    /// A plug, a lamp, a wall switch with one channel or several: on when one of them is.
    private mutating func tellSwitch() {
        let isSensor = report.names(anyOf: .occupancy, .presence, .presence_state, .contact, .smoke, .gas, .water_leak, .fall_status)
        // What is driven by a schedule as often as by a hand.
        let isMachine = report.names(anyOf: .local_temperature, .lock_state, .flow, .last_valve_open_duration)
        guard let text = report[.state]?.text, !isSensor, !isMachine else { return }
        if text == "ON" || text == "OFF" { tell(.switch, .bool(text == "ON")) }
    }
}
