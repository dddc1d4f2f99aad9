import VigilCore

/// Whose topic it is below `shellies`, and what is published there.
struct ShellyGen1Topic {
    enum Part {
        case connection
        /// `sensor/smoke`.
        case sensor(String)
        /// `status` of a Motion, `info` of all: objects.
        case status
        /// `input_event/0`.
        case press(Channel)
        /// `relay/0`, `input/1`, `ext_temperature/0`, `emeter/0/total`.
        case channel(Channel)
        /// What says nothing here, but by somebody.
        case other
    }

    /// `relay/0`, and what is told of it.
    struct Channel {
        let kind: String
        let number: Int
        let property: String?

        /// Its address below the device.
        var name: String { "\(kind)/\(number)" }
    }

    let owner: String
    let part: Part

    /// Nil where no device speaks by its name: a command, `shellies/announce` of all, a kept topic that is removed.
    init?(_ frame: Frame) {
        guard !frame.payload.isEmpty else { return nil }
        let segments = frame.topic.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count > 2, segments[0] == "shellies", !segments[1].isEmpty, let last = segments.last else { return nil }
        guard last != "command", last != "set" else { return nil }
        owner = String(segments[1])
        part = Self.part(segments.dropFirst(2).map { String($0) })
    }

    private static func part(_ path: [String]) -> Part {
        switch path.count {
        case 1: return path[0] == "online" ? .connection : path[0] == "status" || path[0] == "info" ? .status : .other
        case 2 where path[0] == "sensor": return .sensor(path[1])
        case 2, 3:
            guard let number = Int(path[1]), (0..<16).contains(number) else { return .other }
            let channel = Channel(kind: path[0], number: number, property: path.count > 2 ? path[2] : nil)
            return path[0] == "input_event" && path.count == 2 ? .press(channel) : .channel(channel)
        default: return .other
        }
    }
}
