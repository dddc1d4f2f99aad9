import Testing
import VigilCore
import VigilTesting

/// What is announced of devices that nobody registered, through the whole engine.
struct AnnouncedDeviceTests {
    private static let topic = "homeassistant/binary_sensor/0x0015/smoke/config"

    private static func entry(_ name: String) -> String {
        #"{"dev_cla":"smoke","stat_t":"zigbee2mqtt/\#(name)","val_tpl":"{{ value_json.smoke }}","o":{"name":"Zigbee2MQTT"}}"#
    }

    private func changes(_ effects: [Effect]) -> [AnnouncementChange] {
        effects.compactMap { if case .announcement(let change) = $0 { change } else { nil } }
    }

    @Test("an announced device is told once, and a removed entry takes it back")
    func announced() {
        var script = BridgedCommunity.script

        let first = changes(script.say(Self.topic, Self.entry("new"), retained: true))
        let again = changes(script.say(Self.topic, Self.entry("new"), retained: true))
        let removed = changes(script.say(Self.topic, "", retained: true))

        #expect(first.map(\.topic) == [Self.topic])
        #expect(again.isEmpty)
        #expect(removed == [.withdrawn(topic: Self.topic)])
    }

    @Test("an entry is no word of the device: who is registered is neither heard nor alive by it")
    func registered() {
        var script = BridgedCommunity.script

        let effects = script.say(Self.topic, Self.entry("smoke1"), retained: true)

        #expect(effects.isEmpty)
    }

    @Test("a device that leaves the registry is announced anew by the next entry")
    func released() {
        var script = BridgedCommunity.script
        script.say(Self.topic, Self.entry("smoke1"), retained: true)
        var registry = BridgedCommunity.registry
        registry.version += 1
        registry.devices.removeAll { $0.id == "smoke1" }
        script.apply(.registryChange(registry))

        let told = changes(script.say(Self.topic, Self.entry("smoke1"), retained: true))

        #expect(told.count == 1)
    }
}
