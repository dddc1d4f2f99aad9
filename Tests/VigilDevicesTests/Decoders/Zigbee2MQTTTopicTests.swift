import Testing
import VigilCore
import VigilDevices

struct Zigbee2MQTTTopicTests {
    private let decoder = Zigbee2MQTTDecoder()

    private func name(_ topic: String, _ payload: String = "{}") -> String? { decoder.address(of: Capture(topic, payload).frame)?.name }

    @Test(
        "the friendly name is the address, whatever letters it has",
        arguments: [
            ("zigbee2mqtt/kitchen", "kitchen"), ("zigbee2mqtt/CP velux", "CP velux"), ("zigbee2mqtt/3号楼/王阿姨 床", "3号楼/王阿姨 床"),
            ("zigbee2mqtt/kitchen/availability", "kitchen"), ("zigbee2mqtt/a/b/availability", "a/b"),
            ("zigbee2mqtt/availability", "availability"),
            ("zigbee2mqtt/bridge/state", "bridge"), ("zigbee2mqtt/bridge", "bridge"),
            ("zigbee2mqtt/bridge/response/device/rename", "bridge"),
            ("zigbee2mqtt/hall/bridge/lamp", "hall/bridge/lamp"), ("zigbee2mqtt/set", "set"), ("zigbee2mqtt/bridges", "bridges"),
        ])
    func names(topic: String, expected: String) { #expect(name(topic) == expected) }

    @Test(
        "below another base the base stays in the name",
        arguments: [
            ("z2m/kitchen", "z2m/kitchen"), ("home/z2m/kitchen", "home/z2m/kitchen"), ("home/z2m/bridge/state", "home/z2m/bridge"),
            ("z2m/kitchen/availability", "z2m/kitchen"), ("z2m/availability", "z2m/availability"), ("/zigbee2mqtt/x", "/zigbee2mqtt/x"),
        ])
    func otherBases(topic: String, expected: String) { #expect(name(topic) == expected) }

    @Test(
        "a bare value stands on an attribute's topic, an object on the device's",
        arguments: [
            ("zigbee2mqtt/kitchen/smoke", "true", "kitchen"), ("zigbee2mqtt/kitchen/smoke", #" {"smoke":true}"#, "kitchen/smoke"),
            ("zigbee2mqtt/kitchen/linkquality", "9", "kitchen"), ("zigbee2mqtt/smoke", "true", "smoke"),
            ("zigbee2mqtt/kitchen/smoke", "", "kitchen"),
            ("z2m/kitchen/smoke", "true", "z2m/kitchen"), ("z2m/smoke", "true", "z2m/smoke"),
        ])
    func attributes(topic: String, payload: String, expected: String) { #expect(name(topic, payload) == expected) }

    @Test("a removed topic is nobody's word", arguments: ["kitchen", "kitchen/lamp", "kitchen/availability", "bridge/state"])
    func removed(path: String) throws {
        #expect(name("zigbee2mqtt/\(path)", "") == nil)
        #expect(try decoder.decode("", on: "zigbee2mqtt/\(path)") == Decoded())
    }

    @Test("a press on its own topic and in the object is of one address and kind")
    func samePress() throws {
        let alone = Capture("zigbee2mqtt/button/action", "emergency")
        let within = Capture("zigbee2mqtt/button", #"{"action":"emergency"}"#)

        #expect(decoder.address(of: alone.frame) == decoder.address(of: within.frame))
        #expect(try decoder.decode(alone).facts == decoder.decode(within).facts)
    }

    @Test(
        "commands to a device are nobody's facts",
        arguments: [
            "zigbee2mqtt/bridge/request/restart", "z2m/bridge/request/restart", "zigbee2mqtt/bridge/config/permit_join",
            "zigbee2mqtt/siren/set", "zigbee2mqtt/siren/get", "zigbee2mqtt/siren/set/smoke", "zigbee2mqtt/a/b/set", "z2m/siren/set",
            "x",
            "zigbee2mqtt/", "",
        ])
    func commands(topic: String) throws {
        #expect(name(topic, #"{"smoke":true}"#) == nil)
        #expect(try decoder.decode(#"{"smoke":true}"#, on: topic) == Decoded())
    }
}
