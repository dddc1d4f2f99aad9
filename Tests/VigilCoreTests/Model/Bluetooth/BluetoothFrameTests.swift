import Testing
import VigilCore

struct BluetoothFrameTests {
    @Test("a topic says who spoke and how, and is read back")
    func topics() throws {
        let address = try #require(BluetoothAddress("A4:C1:38:8D:18:B2"))

        #expect(BluetoothFrame.advertisement(address).topic == "ble/A4:C1:38:8D:18:B2/advertisement")
        #expect(BluetoothFrame.value(address, characteristic: "2a37").topic == "ble/A4:C1:38:8D:18:B2/2a37")
        let vendor = BluetoothFrame.value(address, characteristic: "fff1", profile: "acme")
        #expect(vendor.topic == "ble/A4:C1:38:8D:18:B2/fff1/acme")
        for frame in [BluetoothFrame.advertisement(address), .value(address, characteristic: "2a37"), vendor] {
            #expect(BluetoothFrame(topic: frame.topic) == frame)
        }
    }

    @Test(
        "no Bluetooth receiver gives such a topic",
        arguments: [
            "", "ble", "ble/", "ble/A4:C1:38:8D:18:B2", "ble/A4:C1:38:8D:18:B2/", "ble/A4:C1:38:8D:18:B2/advertisement/more",
            "ble/A4:C1:38:8D:18:B2/fff1/", "ble/A4:C1:38:8D:18:B2/fff1/acme/more", "ble/nobody/advertisement",
            "zigbee2mqtt/A4:C1:38:8D:18:B2/advertisement", "ble//advertisement",
        ])
    func otherTopics(topic: String) {
        #expect(BluetoothFrame(topic: topic) == nil)
    }
}
