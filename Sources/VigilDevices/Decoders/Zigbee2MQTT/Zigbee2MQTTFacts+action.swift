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
        default:
            tell(.button, .text(text.string), nature: .event)
            if Self.mayBeCallForHelp(text) { fault(field, "may be a call for help, and is none that a converter names") }
        }
    }

    /// What no hand does: a thing came to rest, a lock that shuts by itself, an answer to a search for the device.
    // Source: docs/devices/DWZTCGQ11LM.md (static); fromZigbee.ts lock_operation_event, identify.
    private static func isNobodys(_ text: TextBytes) -> Bool {
        text == "static" || text == "auto_lock" || text == "schedule_lock" || text == "schedule_unlock" || text == "identify"
            || text.hasPrefix("identify_")
    }

    /// What a word of an action says of a call for help.
    private enum Word { case call, manner, revocation, other }

    /// `emergency`, `panic`, `fire` as the ACE cluster names its three help buttons, `sos`; with the endpoint or the kind of press added
    /// (`panic_1`, `sos_long`). Taking the call back is none.
    // Source: fromZigbee.ts command_emergency, command_panic; utils.ts postfixWithEndpointName; ZCL 8.3.2.4 (emergency, fire, panic).
    private static func isCallForHelp(_ text: TextBytes) -> Bool {
        let words = words(of: text)
        return words.contains(.call) && words.allSatisfy { $0 == .call || $0 == .manner }
    }

    /// Somebody's call may stand in it, and something else as well: `emergency_unlock`.
    private static func mayBeCallForHelp(_ text: TextBytes) -> Bool {
        let words = words(of: text)
        return words.contains(.call) && words.contains(.other) && !words.contains(.revocation)
    }

    private static func words(of text: TextBytes) -> [Word] { text.parts(between: [UInt8(ascii: "_")]).map { word($0.string) } }

    private static func word(_ text: String) -> Word {
        switch text {
        case "sos", "SOS", "emergency", "panic", "fire": .call
        case "cancel", "clear", "stop", "off", "release": .revocation
        case "single", "double", "triple", "long", "short", "hold", "press", "pressed", "click", "button", "left", "right", "center",
            "top",
            "bottom":
            .manner
        default: text.drop { $0 == "l" }.utf8.allSatisfy { (0x30...0x39).contains($0) } ? .manner : .other
        }
    }
}
