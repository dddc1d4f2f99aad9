import Testing

@testable import VigilIngest

/// H4: Bluetooth Core Specification 5.4, volume 4, part A.
struct H4FramingTests {
    private static let event: [UInt8] = [0x04, 0x0E, 0x04, 0x01, 0x03, 0x0C, 0x00]
    private static let data: [UInt8] = [0x02, 0x40, 0x20, 0x03, 0x00, 0xAA, 0xBB, 0xCC]
    private static let eventPacket = H4Packet.event(code: 0x0E, parameters: [0x01, 0x03, 0x0C, 0x00])
    private static let dataPacket = H4Packet.data(header: 0x2040, [0xAA, 0xBB, 0xCC])

    private func packets(_ framing: inout H4Framing, _ bytes: [UInt8]) -> [H4Packet] {
        framing.append(bytes[...])
        var packets: [H4Packet] = []
        while let packet = framing.next() { packets.append(packet) }
        return packets
    }

    @Test("packets are found however the stream is cut", arguments: 1...15)
    func pieces(size: Int) {
        var framing = H4Framing()
        let stream = Self.event + Self.data + Self.event

        var found: [H4Packet] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            found += packets(&framing, Array(stream[start..<min(start + size, stream.count)]))
        }

        #expect(found == [Self.eventPacket, Self.dataPacket, Self.eventPacket])
        #expect(framing.skipped == 0)
        #expect(!framing.isWithinPacket)
    }

    @Test("noise between packets is skipped and counted, also what only a host or a voice link would send")
    func noise() {
        var framing = H4Framing()

        #expect(packets(&framing, [0xFF, 0x01, 0x03, 0x05] + Self.event) == [Self.eventPacket])
        #expect(framing.skipped == 4)
        #expect(framing.skippedInRow == 0)
    }

    @Test(
        "data whose head cannot be is noise", arguments: [[0x02, 0x00, 0x0F], [0x02, 0x40, 0x30], [0x02, 0x40, 0x40]] as [[UInt8]])
    func impossibleHead(head: [UInt8]) {
        var framing = H4Framing()

        #expect(packets(&framing, head + Self.event).contains(Self.eventPacket))
        #expect(framing.skipped == head.count)
    }

    @Test("data longer than any controller sends is noise, and is not waited for")
    func tooLong() {
        var framing = H4Framing()

        #expect(packets(&framing, [0x02, 0x40, 0x20, 0x01, 0x08] + Self.event) == [Self.eventPacket])
        #expect(framing.skipped == 5)
    }

    @Test("a packet that lost bytes is given up, and the ones behind it are found")
    func givingUp() {
        var framing = H4Framing()
        #expect(packets(&framing, [0x04, 0x3E, 0xFF, 0xAA] + Self.event) == [])
        #expect(framing.isWithinPacket)

        framing.giveUp()

        #expect(packets(&framing, []) == [Self.eventPacket])
        #expect(framing.skipped == 4)
    }

    @Test("what came before a reset is forgotten")
    func reset() {
        var framing = H4Framing()
        #expect(packets(&framing, [0x04, 0x3E, 0x10]) == [])

        framing.reset()

        #expect(packets(&framing, Self.event) == [Self.eventPacket])
    }
}
