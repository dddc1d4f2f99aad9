import Testing
import VigilTesting

@testable import VigilCore

struct HouseholdBridgesTests {
    private func device(_ id: DeviceID, _ dialect: Dialect, _ name: String, _ liveness: LivenessClass = .sleepy) -> Device {
        Device(id: id, address: DeviceAddress(dialect: dialect, name: name), liveness: liveness)
    }

    private func bridges(_ devices: Device...) -> [DeviceID: DeviceID] { Household.bridges(of: devices) }

    @Test("devices of Zigbee2MQTT hang on the bridge of their base, the nearest one")
    func zigbee() {
        let found = bridges(
            device("low", "zigbee2mqtt", "bridge", .bridge), device("high", "zigbee2mqtt", "up/bridge", .bridge),
            device("a", "zigbee2mqtt", "kitchen"), device("b", "zigbee2mqtt", "up/hall"))

        #expect(found == ["a": "low", "b": "high"])
    }

    @Test("devices whose name stands below a bridge's hang on it")
    func below() {
        let found = bridges(
            device("zb", "tasmota", "zb", .bridge), device("smoke", "tasmota", "zb/Smoke"), device("plug", "tasmota", "zbx"))

        #expect(found == ["smoke": "zb"])
    }

    @Test("elsewhere than in Zigbee2MQTT a bridge by the name of bridge is one like any other", arguments: ["bridge", "zb-bridge"])
    func onlyAName(name: String) {
        let found = bridges(
            device("zb", "tasmota", name, .bridge), device("plug", "tasmota", "zb-plug"), device("smoke", "tasmota", "\(name)/Smoke"))

        #expect(found == ["smoke": "zb"])
    }

    @Test("a base that only begins alike is another one")
    func likeBase() {
        let found = bridges(device("up", "zigbee2mqtt", "up/bridge", .bridge), device("a", "zigbee2mqtt", "upstairs/hall"))

        #expect(found.isEmpty)
    }
}
