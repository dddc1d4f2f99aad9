import VigilCore

/// Whose topic it is and what is published there: `<prefix>/<component>/<object id>/state`. The prefix may hold slashes.
// Source: esphome/esphome esphome/components/mqtt/mqtt_component.cpp (get_default_topic_for_to_); esphome.io/components/mqtt.
struct ESPHomeTopic {
    enum Part {
        /// `<prefix>/status`.
        case connection
        case binarySensor(Substring)
        case sensor(Substring)
        /// `switch`, `light`.
        case output(Substring)
        case event(Substring)
        /// `climate/<object id>/current_temperature`.
        case temperature(Substring)
        /// What says nothing here, but by somebody.
        case other
    }

    private static let components: Set<Substring> = [
        "binary_sensor", "sensor", "text_sensor", "switch", "light", "event", "climate", "cover", "fan", "lock", "number", "select",
        "text",
        "valve", "alarm_control_panel", "update", "date", "time", "datetime",
    ]

    let owner: String
    let part: Part

    /// Nil where no device speaks: a command, a kept topic that is removed, another system's topic.
    init?(_ frame: Frame) {
        guard !frame.payload.isEmpty else { return nil }
        let segments = frame.topic.split(separator: "/", omittingEmptySubsequences: false)
        guard let last = segments.last, segments.count > 1 else { return nil }
        if segments.count > 3,
            let place = segments.indices.dropFirst().dropLast(2).last(where: { Self.components.contains(segments[$0]) })
        {
            // Commands end otherwise, also those to a part: `climate/hall/mode/command`.
            guard last == "state" else { return nil }
            owner = segments[..<place].joined(separator: "/")
            part = Self.part(segments[place], segments[(place + 1)...])
        } else if last == "status" || last == "debug" {
            owner = segments.dropLast().joined(separator: "/")
            part = last == "status" ? .connection : .other
        } else {
            return nil
        }
        guard !owner.isEmpty else { return nil }
    }

    /// - Parameter path: the object id, perhaps a part of it, and `state`.
    private static func part(_ component: Substring, _ path: ArraySlice<Substring>) -> Part {
        guard let object = path.first, !object.isEmpty else { return .other }
        guard path.count == 2 else {
            return component == "climate" && path.count == 3 && path.dropFirst().first == "current_temperature"
                ? .temperature(object) : .other
        }
        return switch component {
        case "binary_sensor": .binarySensor(object)
        case "sensor": .sensor(object)
        case "switch", "light": .output(object)
        case "event": .event(object)
        default: .other
        }
    }
}
