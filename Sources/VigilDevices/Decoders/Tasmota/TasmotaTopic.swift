import VigilCore

/// Whose topic it is and what is published there: `tele/<topic>/SENSOR`, or in another order as `FullTopic` says.
///
/// The device is what remains without the prefix and the last segment, so `home/tele/cellar/SENSOR` speaks of `home/cellar`.
// Source: tasmota/docs docs/MQTT.md (FullTopic, prefixes), docs/Buttons-and-Switches.md, docs/PIR-Motion-Sensors.md.
struct TasmotaTopic {
    enum Part {
        /// `LWT`.
        case connection
        /// `STATE`: how the device itself is, at each period of telemetry.
        case state
        /// An object: `SENSOR`, `RESULT`, `INFO1` to `INFO3`, `ZbReceived` (SetOption118), an answer to a command.
        case report
        /// `POWER`, `POWER2`: a relay as a bare word.
        case relay(Channel)
        /// A topic that the documentation lets a rule publish: `stat/<topic>/PIR1 ON`.
        case detector(ObservationKind)
        /// Words that mean nothing here, or an object.
        case other
    }

    let owner: String
    let part: Part

    /// Nil where no device speaks: a command (`cmnd/...`), a kept topic that is removed, a topic that is none of Tasmota's.
    init?(_ frame: Frame) {
        guard !frame.payload.isEmpty else { return nil }
        var segments = frame.topic.split(separator: "/", omittingEmptySubsequences: false)
        guard let last = segments.popLast() else { return nil }
        if let place = segments.firstIndex(where: { $0 == "tele" || $0 == "stat" || $0 == "cmnd" }) {
            guard segments.remove(at: place) != "cmnd" else { return nil }
        } else if !Self.isUnmistakable(last) {
            return nil
        }
        owner = segments.joined(separator: "/")
        guard !owner.isEmpty else { return nil }
        part = Self.part(last)
    }

    private static func part(_ last: Substring) -> Part {
        switch last {
        case "LWT": return .connection
        case "STATE": return .state
        case "SENSOR", "RESULT", "INFO1", "INFO2", "INFO3", "ZbReceived": return .report
        default: break
        }
        guard let channel = Channel(last) else { return .other }
        return switch channel.name {
        case "POWER": .relay(channel)
        case "PIR", "MOTION": .detector(.motion)
        case "LEAK": .detector(.water_leak)
        default: .other
        }
    }

    /// Prefixes may be renamed; these words are Tasmota's without one.
    private static func isUnmistakable(_ last: Substring) -> Bool {
        ["SENSOR", "STATE", "LWT", "INFO1", "INFO2", "INFO3", "ZbReceived"].contains(last)
    }
}

extension TasmotaTopic {
    /// A numbered input or output: `POWER`, `POWER2`, `Switch1`.
    struct Channel {
        /// Without the number.
        let name: Substring
        let number: Int

        /// Nil for a number that no device has.
        init?(_ text: Substring) {
            let digits = text.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
            name = text.dropLast(digits)
            // Tasmota leaves the number of an only channel out.
            guard digits > 0 else {
                number = 1
                return
            }
            guard let number = Int(text.suffix(digits)), (1...32).contains(number) else { return nil }
            self.number = number
        }
    }
}
