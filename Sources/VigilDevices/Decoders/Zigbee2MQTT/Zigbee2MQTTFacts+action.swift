import VigilCore

/// `action`: the one property that happens instead of lasting. The bridge never caches it, and ends it with an empty one.
// Source: Koenkk/zigbee2mqtt lib/state.ts (dontCacheProperties).
extension Zigbee2MQTTFacts {
    private static let longestAction = 64

    mutating func tellAction() {
        // `click` is the name of versions before 1.20.
        let field: Zigbee2MQTTField = report[.action] == nil ? .click : .action
        guard let value = report[field] else { return }
        guard let text = value.text, text.count <= Self.longestAction, text.isPlain else { return fault(field, "not a word") }
        switch text {
        // The puck or cube itself was moved; a dropped or falling sensor is no person who fell.
        // Source: lumi DJT11LM (vibration, tilt, drop), MFKZQ01LM (fall), DWZTCGQ11LM (movement, orientation, fall).
        case _
        where text == "vibration" || text == "tilt" || text == "drop" || text == "fall" || text == "movement"
            || text == "orientation":
            tell(.vibration, .bool(true), nature: .event)
        // Zones of a presence radar (Aqara FP1): `presence` says the same of the whole room.
        case _ where text.hasPrefix("region_"): break
        case _ where Self.isNobodys(text): break
        case _ where Self.isCallForHelp(text): tell(.sos, .bool(true), nature: .event)
        default: tell(.button, .text(text.string), nature: .event)
        }
    }

    /// What no hand does: a thing came to rest, a lock that shuts by itself, an answer to a search for the device.
    // Source: docs/devices/DWZTCGQ11LM.md (static); fromZigbee.ts lock_operation_event, identify.
    private static func isNobodys(_ text: TextBytes) -> Bool {
        text == "static" || text == "auto_lock" || text == "schedule_lock" || text == "schedule_unlock" || text == "identify"
            || text.hasPrefix("identify_")
    }

    /// `emergency`, `panic`, `fire` as the ACE cluster names its three help buttons, `sos`; with the endpoint or the kind of press added
    /// (`panic_1`, `sos_long`). Taking the call back is none.
    // Source: fromZigbee.ts command_emergency, command_panic; ZCL 8.3.2.4 (emergency, fire, panic).
    private static func isCallForHelp(_ text: TextBytes) -> Bool {
        var isCall = false
        var rest = text
        while !rest.isEmpty {
            let end = rest.bytes.firstIndex(of: UInt8(ascii: "_")) ?? rest.count
            let word = rest[0..<end]
            rest = rest[min(end + 1, rest.count)..<rest.count]
            if word == "sos" || word == "SOS" || word == "emergency" || word == "panic" || word == "fire" { isCall = true }
            if word == "cancel" || word == "clear" || word == "stop" || word == "off" || word == "release" { return false }
        }
        return isCall
    }
}
