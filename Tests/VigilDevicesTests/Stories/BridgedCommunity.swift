import VigilCore
import VigilDevices
import VigilTesting

/// The small community with devices behind Zigbee2MQTT: `button1`, `smoke1`, `motion1` and the others by their friendly names.
enum BridgedCommunity {
    static var script: EngineScript { EngineScript(registry, rules, decoders: DecoderRegistry().decoders) }

    static var registry: Registry {
        var registry = SmallCommunity.registry()
        for index in registry.devices.indices {
            registry.devices[index].address = DeviceAddress(dialect: "zigbee2mqtt", name: registry.devices[index].id.rawValue)
        }
        return registry
    }

    private static var rules: RuleSet {
        var rules = SmallCommunity.rules()
        rules.routes = [
            TopicRoute(source: "home", filter: "zigbee2mqtt/#", dialect: "zigbee2mqtt"),
            TopicRoute(source: "home", filter: "homeassistant/#", dialect: "homeassistant-discovery"),
        ]
        return rules
    }
}
