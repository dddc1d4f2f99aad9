import Testing

@testable import VigilDevices

struct ByteFieldTests {
    private let bytes: [UInt8] = [0x00, 0x01, 0xFE, 0xFF, 0x80, 0x06]

    @Test(
        "a number stands among bytes where it is written",
        arguments: [
            ("u8@1", 1), ("s8@2", -2), ("u16le@1", 0xFE01), ("u16be@1", 0x01FE), ("s16le@2", -2), ("s16be@2", -257),
            ("u24le@1", 0xFFFE01), ("u24be@1", 0x01FEFF), ("u32le@1", 0x80FF_FE01), ("s32le@2", 0x0680_FFFE), ("u8@5&0x06", 3),
            ("u16le@4&0x0680", 0x0D),
        ] as [(String, Double)])
    func values(text: String, value: Double) throws { #expect(try ByteField(text).value(in: bytes[...]) == value) }

    @Test("one that the bytes do not reach to is not there", arguments: ["u8@6", "u16le@5", "u32le@3", "u8@1650"])
    func beyond(text: String) throws { #expect(try ByteField(text).value(in: bytes[...]) == nil) }

    @Test(
        "what is no place is refused with what to write",
        arguments: [
            "", "u8", "u8@", "u8@-1", "u8@+1", "u8@1651", "u9@1", "@1", "u8@1&", "u8@1&6", "u8@1&0x0", "u8@1&0x100", "s8@1&0x01",
            "u8@1&0x01&0x02", "vitals.hr", "u8@1 ",
        ])
    func refused(text: String) { #expect(throws: ProfileFault.self) { try ByteField(text) } }
}
