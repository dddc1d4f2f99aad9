import Testing
import VigilCore

@testable import VigilDevices

struct AdvertisingDataTests {
    private func read(_ digits: String) -> AdvertisingData { AdvertisingData(BluetoothSample.hex(digits)[...]) }

    @Test("structures are found by what they are")
    func structures() {
        let data = read("0201060303f5fe04096265640319c1030516d2fc400105ff4c000215")

        #expect(data.name == "bed")
        #expect(data.serviceData(BluetoothUUID(0xFCD2)).map(Array.init) == [0x40, 0x01])
        #expect(data.manufacturerData(0x004C).map(Array.init) == [[0x02, 0x15]])
        #expect(data.structures.count == 6)
        #expect(data.fault == nil)
    }

    @Test("service data is found under a UUID of any length")
    func lengths() {
        let long = "fb349b5f80000080001000002a180000"

        #expect(read("0620d2fc000007").serviceData(BluetoothUUID(0xFCD2)).map(Array.init) == [7])
        #expect(read("1221" + long + "09").serviceData(BluetoothUUID(0x182A)).map(Array.init) == [9])
    }

    @Test(
        "a length that lies ends it, and what came before holds",
        arguments: [("020106ff16d2fc40", 1), ("02010605", 1), ("05", 0), ("", 0)])
    func lies(digits: String, count: Int) {
        let data = read(digits)

        #expect(data.structures.count == count)
        #expect((data.fault == nil) == digits.isEmpty)
    }

    @Test("padding is no lie")
    func padding() {
        let data = read("0201060000000000")

        #expect(data.structures.count == 1)
        #expect(data.fault == nil)
    }

    @Test("a structure that is too short for its type is passed over", arguments: ["0216d2", "01ff", "0119", "0116"])
    func short(digits: String) {
        let data = read(digits + "020106")

        #expect(data.structures.count == 2)
        #expect(data.fault == nil)
    }
}
