import Testing
import VigilCore

struct ByteReaderTests {
    @Test("fields come one after the other, the lowest byte first")
    func fields() {
        var reader = ByteReader([7, 0xC4, 0x34, 0x12, 6, 5, 4, 3, 2, 1, 0x56, 0x34, 0x12, 8, 9])

        let fields = (reader.byte(), reader.signedByte(), reader.word(), reader.address(), reader.number(3))
        let isSkipped = reader.skip(1)
        let last = reader.take(1)

        #expect(fields.0 == 7)
        #expect(fields.1 == -60)
        #expect(fields.2 == 0x1234)
        #expect(fields.3 == BluetoothAddress(bits: 0x0102_0304_0506))
        #expect(fields.4 == 0x123456)
        #expect(isSkipped)
        #expect(last == [9])
        #expect(reader.isAtEnd)
    }

    @Test("where fewer bytes are left nothing is taken")
    func short() {
        var reader = ByteReader([1])

        let found: [Any?] = [reader.word(), reader.address(), reader.number(2), reader.take(2), reader.take(-1)]
        let isSkipped = reader.skip(2)

        #expect(found.allSatisfy { $0 == nil })
        #expect(!isSkipped)
        #expect(reader.rest == [1])
    }

    @Test(
        "the sign of a number stands in its highest bit",
        arguments: [([], 0), ([0xFF], -1), ([0x00, 0x80], -32768), ([0xFF, 0x7F], 32767)] as [([UInt8], Int64)])
    func signs(bytes: [UInt8], value: Int64) { #expect(bytes[...].signedLittleEndian == value) }

    @Test("of a number that is too long the first eight bytes count")
    func long() {
        let bytes = [UInt8](repeating: 0xFF, count: 8) + [1]

        #expect(bytes[...].littleEndian == .max)
        #expect(bytes[...].signedLittleEndian == -1)
    }
}
