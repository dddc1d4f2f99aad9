/// `<prefix>/<component>/[<node>/]<object>/config`, and `<prefix>/device/[<node>/]<object>/config` for all components of a device at once.
// Source: discovery.py TOPIC_MATCHER.
struct DiscoveryTopic {
    /// `binary_sensor`; nil where the entry says it of each component.
    let component: String?
    /// Stands in for the device where the entry does not name it.
    let device: String

    /// Nil for what is no entry: `homeassistant/status`, states, anything else.
    init?(_ topic: String) {
        var segments = topic.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.popLast() == "config" else { return nil }
        // With a node before the object, or without.
        guard
            let place = [3, 2].map({ segments.count - $0 }).first(where: { $0 >= 1 && Self.components.contains(String(segments[$0])) })
        else { return nil }
        let names = segments[(place + 1)...]
        guard names.allSatisfy({ !$0.isEmpty }), let first = names.first else { return nil }
        let component = String(segments[place])
        self.component = component == "device" ? nil : component
        device = String(first)
    }

    // Source: homeassistant/components/mqtt/const.py, the platforms that discovery supports.
    private static let components: Set<String> = [
        "alarm_control_panel", "binary_sensor", "button", "camera", "climate", "cover", "device", "device_automation", "device_tracker",
        "event", "fan", "humidifier", "image", "lawn_mower", "light", "lock", "notify", "number", "scene", "select", "sensor", "siren",
        "switch", "tag", "text", "update", "vacuum", "valve", "water_heater",
    ]
}
