import Testing

@testable import VigilCore

/// Whom a topic names.
struct NamedDevicesTests {
    private let devices = NamedDevices(["w3/4": 0, "w3/12": 1, "mat": 2, "w3x": 3])

    private func concerned(_ topic: String) -> String? {
        devices.concerned(by: DeviceAddress(dialect: "acme", name: topic), on: topic)?.name
    }

    @Test("the device that whole levels of a topic name is concerned", arguments: [("care/mat/evt", "mat"), ("care/w3/4/evt", "w3/4")])
    func named(topic: String, name: String) { #expect(concerned(topic) == name) }

    @Test("a ward's topic concerns the first device, by name, that is called after the ward")
    func below() { #expect(concerned("care/w3/evt") == "w3/12") }

    @Test("parts of names concern nobody", arguments: ["care/w/evt", "care/4/evt", "care/w3y", "care/mats", ""])
    func parts(topic: String) { #expect(concerned(topic) == nil) }

    @Test("without registered devices nobody is concerned")
    func none() {
        let address = DeviceAddress(dialect: "acme", name: "w3")

        #expect(NamedDevices().concerned(by: address, on: "w3") == nil)
    }
}
