import Testing
import VigilCore

struct BluetoothUUIDTests {
    @Test("an assigned one is four digits, whether it comes with 2 bytes, 4 or 16")
    func assigned() throws {
        let short = try #require(BluetoothUUID(overTheAir: [0x37, 0x2A]))
        let long = try #require(
            BluetoothUUID(overTheAir: [0xFB, 0x34, 0x9B, 0x5F, 0x80, 0x00, 0x00, 0x80, 0x00, 0x10, 0x00, 0x00, 0x37, 0x2A, 0x00, 0x00]))

        #expect(short == BluetoothUUID(0x2A37))
        #expect(BluetoothUUID(overTheAir: [0x37, 0x2A, 0, 0]) == short)
        #expect(long == short)
        #expect(short.description == "2a37")
    }

    @Test("a vendor's is written with its dashes")
    func vendor() throws {
        // The UART service of Nordic Semiconductor.
        let text = "6e400001-b5a3-f393-e0a9-e50e24dcca9e"
        let uuid = try #require(BluetoothUUID(text))

        #expect(uuid.description == text)
        let wire: ArraySlice<UInt8> = [0x9E, 0xCA, 0xDC, 0x24, 0x0E, 0xE5, 0xA9, 0xE0, 0x93, 0xF3, 0xA3, 0xB5, 0x01, 0x00, 0x40, 0x6E]
        #expect(BluetoothUUID(overTheAir: wire) == uuid)
    }

    @Test(
        "it is written as topics write it, whatever its form",
        arguments: [
            ("2A37", "2a37"), ("00002a37", "2a37"), ("00002A37-0000-1000-8000-00805F9B34FB", "2a37"),
            ("e2c56db5dffb48d2b060d0f5a71096e0", "e2c56db5-dffb-48d2-b060-d0f5a71096e0"),
        ])
    func forms(text: String, written: String) { #expect(BluetoothUUID(text)?.description == written) }

    @Test(
        "what is none is refused",
        arguments: [
            "", "2a3", "+a37", "2a37 ", "2a37x", "xyza", "2a372a37f", "２a37", "6e400001-b5a3-f393-e0a9-e50e24dcca9",
            "-6e40001-b5a3-f393-e0a9-e50e24dcca9e",
        ]
    )
    func nonsense(text: String) {
        #expect(BluetoothUUID(text) == nil)
    }

    @Test("other lengths are none", arguments: [0, 1, 3, 5, 15, 17])
    func lengths(count: Int) {
        #expect(BluetoothUUID(overTheAir: [UInt8](repeating: 1, count: count)[...]) == nil)
    }
}
