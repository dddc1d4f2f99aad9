import VigilCore

/// Whose topic it is and what is published there. The prefix is the device's (`topic_prefix`) and may hold slashes.
// Source: shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Mqtt.
struct ShellyGen2Topic {
    enum Part {
        /// `<prefix>/online`.
        case connection
        /// `<prefix>/events/rpc`.
        case notification
        /// `<prefix>/status/smoke:0`: a component as it stands.
        case component(String)
        /// `<prefix>/status/rpc`: all components, from a script that asks for them.
        case everything
    }

    let owner: String
    let part: Part

    /// Nil where no device speaks: a command or an answer to one, a kept topic that is removed, another system's topic.
    init?(_ frame: Frame) {
        guard !frame.payload.isEmpty else { return nil }
        let segments = frame.topic.split(separator: "/", omittingEmptySubsequences: false)
        guard let last = segments.last else { return nil }
        let ownerCount: Int
        if last == "online" {
            (part, ownerCount) = (.connection, segments.count - 1)
        } else {
            guard segments.count > 2 else { return nil }
            switch (segments[segments.count - 2], last) {
            case ("events", "rpc"): part = .notification
            // Source: bieniu/ha-shellies-discovery-gen2 python_scripts/shellies_discovery_gen2.py, SCRIPT_CODE.
            case ("status", "rpc"): part = .everything
            case ("status", _): part = .component(String(last))
            default: return nil
            }
            ownerCount = segments.count - 2
        }
        owner = segments.prefix(ownerCount).joined(separator: "/")
        guard !owner.isEmpty else { return nil }
    }
}
