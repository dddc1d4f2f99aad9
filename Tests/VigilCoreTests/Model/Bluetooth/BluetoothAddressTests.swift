import Testing
import VigilCore

struct BluetoothAddressTests {
    @Test(
        "an address is read as people write it, in either case",
        arguments: [("A4:C1:38:8D:18:B2", 0xA4C1_388D_18B2), ("a4:c1:38:8d:18:b2", 0xA4C1_388D_18B2), ("00:00:00:00:00:01", 1)])
    func reads(text: String, bits: UInt64) throws {
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
    func refuses(text: String) {
        #expect(BluetoothAddress(text) == nil)
    }

    @Test("over the air it comes the other way round, in six bytes")
    func overTheAir() {
        #expect(BluetoothAddress(overTheAir: [0xB2, 0x18, 0x8D, 0x38, 0xC1, 0xA4])?.description == "A4:C1:38:8D:18:B2")
        #expect(BluetoothAddress(overTheAir: [0xB2, 0x18, 0x8D, 0x38, 0xC1]) == nil)
        #expect(BluetoothAddress(overTheAir: [0xB2, 0x18, 0x8D, 0x38, 0xC1, 0xA4, 0]) == nil)
    }
}
