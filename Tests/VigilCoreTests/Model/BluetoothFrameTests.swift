import Testing
import VigilCore

struct BluetoothFrameTests {
    @Test(
        "an address is read as people write it, in either case",
        arguments: [("A4:C1:38:8D:18:B2", 0xA4C1_388D_18B2), ("a4:c1:38:8d:18:b2", 0xA4C1_388D_18B2), ("00:00:00:00:00:01", 1)])
    func readsAddress(text: String, bits: UInt64) throws {
        let address = try #require(BluetoothAddress(text))

        #expect(address.bits == bits)
        #expect(address.description == text.uppercased())
        #expect(BluetoothAddress(bits: bits) == address)
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", "A4:C1:38:8D:18", "A4:C1:38:8D:18:B2:", "A4:C1:38:8D:18:B2:00", "A4-C1-38-8D-18-B2",
            "A4C1388D18B2", "A4:C1:38:8D:18:BG",
            "A4:C1:38:8D:18:B", ":A4:C1:38:8D:18:B", "A4::C1:38:8D:18:B", "A4:C1:38:8D:18:B２",
        ])
    func refusesAddress(text: String) {
        #expect(BluetoothAddress(text) == nil)
    }

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

    @Test("an advertisement stands in the journal as it was heard")
    func payloads() {
        let heard = Advertisement(
            properties: [.isRandomAddress, .isConnectable], signalStrength: -71, data: [0x02, 0x01, 0x06])

        #expect(heard.payload == [0x01, 0x03, 0xB9, 0x02, 0x01, 0x06])
        #expect(Advertisement(payload: heard.payload) == heard)
        #expect(Advertisement(payload: Advertisement(data: []).payload) == Advertisement(data: []))
        #expect(Advertisement(payload: [0x01, 0x00, 0x7F])?.signalStrength == nil)
    }

    @Test(
        "a payload of another version, or of none, is no advertisement",
        arguments: [[], [0x01], [0x01, 0x00], [0x02, 0x00, 0xB9]])
    func refusesPayload(payload: [UInt8]) {
        #expect(Advertisement(payload: payload) == nil)
    }
}
