import VigilCore

/// Whose topic it is and what is published there, in both versions of the convention.
///
/// Below the base `homie` the device is its ID; below any other base the base goes with it: `flat/super-car`.
// Source: github.com/homieiot/convention, convention.md of v4.0.0 and v5.0.0.
struct HomieTopic {
    enum Part {
        case state
        /// Version 5: the document that describes nodes and properties.
        case description
        /// Version 5: `$alert/battery`; removed when it is over.
        case alert(String)
        /// Version 3 and an extension of 4: `$stats/battery`.
        case battery
        case value(node: String, property: String)
        /// Version 4: `<node>/<property>/$unit`, `$settable`.
        case attribute(node: String, property: String, name: String)
        /// What says nothing here, but by somebody.
        case other
    }

    let owner: String
    /// What stands before the device's ID in the names of this base.
    let basePrefix: String
    let part: Part

    /// Nil where no device speaks: a command (`.../set`), a broadcast of a controller, a topic that is removed.
    init?(_ frame: Frame, version: Int) {
        var segments = frame.topic.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard segments.count > 2, !segments[0].isEmpty else { return nil }
        basePrefix = segments[0] == "homie" ? "" : "\(segments[0])/"
        // `homie/5/<device>` is the fifth version's; no device of the fourth has an ID that is its version.
        guard (segments[1] == "5") == (version == 5) else { return nil }
        segments.removeFirst(version == 5 ? 2 : 1)
        guard segments.count > 1, !segments[0].isEmpty, !segments[0].hasPrefix("$"), segments.last != "set" else { return nil }
        owner = basePrefix + segments.removeFirst()
        part = Self.part(segments)
        // An alert ends when its topic is removed; anything else is only gone.
        if frame.payload.isEmpty {
            guard case .alert = part else { return nil }
        }
    }

    private static func part(_ path: [String]) -> Part {
        switch path.count {
        case 1: return path[0] == "$state" ? .state : path[0] == "$description" ? .description : .other
        case 2 where path[0] == "$alert": return .alert(path[1])
        case 2 where path[0] == "$stats" && path[1] == "battery": return .battery
        case 2 where !path[0].hasPrefix("$") && !path[1].hasPrefix("$"): return .value(node: path[0], property: path[1])
        case 3 where !path[0].hasPrefix("$") && path[2].hasPrefix("$"):
            return .attribute(node: path[0], property: path[1], name: path[2])
        default: return .other
        }
    }
}
