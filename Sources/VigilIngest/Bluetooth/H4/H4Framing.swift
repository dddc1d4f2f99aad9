import VigilCore

/// Cuts a stream of bytes into packets by their indicators and lengths; what stands between them is skipped and counted.
///
/// H4 has no mark where a packet begins: after noise a byte that looks like one is taken for one, and its length swallows what follows. So
/// only what a controller may send to us is taken, no packet is longer than `longestPacket`, and whoever feeds this calls `giveUp` when one
/// does not end: serial lines lose bytes, and then the packet that is waited for has its end in the next one.
// Source: Bluetooth Core Specification 5.4, volume 4, part A, sections 2 and 4; part E, section 5.4.
struct H4Framing {
    /// An event has 258 bytes at most. Data is told in pieces of the size that the controller chose, a few hundred bytes in practice.
    static let longestPacket = 2048

    private enum Indicator {
        static let data: UInt8 = 0x02
        static let event: UInt8 = 0x04
    }

    private static let lastHandle: UInt16 = 0x0EFF

    private var bytes: [UInt8] = []
    /// Where what is not read yet begins.
    private var start = 0
    /// Bytes that belonged to no packet.
    private(set) var skipped = 0
    /// How many of them came since the last packet.
    private(set) var skippedInRow = 0

    /// A packet has begun and not ended.
    var isWithinPacket: Bool { start < bytes.count }

    mutating func append(_ more: ArraySlice<UInt8>) {
        bytes.removeFirst(start)
        start = 0
        bytes += more
    }

    /// The next packet that is whole.
    mutating func next() -> H4Packet? {
        while start < bytes.count {
            var reader = ByteReader(bytes[start...])
            switch Self.read(&reader) {
            case .packet(let packet):
                start = bytes.count - reader.rest.count
                skippedInRow = 0
                return packet
            case .unfinished: return nil
            case .noise: skip()
            }
        }
        return nil
    }

    /// The packet that has begun does not end: it was none. What follows its first byte may hold some.
    mutating func giveUp() { if isWithinPacket { skip() } }

    /// Forgets what came and begins anew.
    mutating func reset() {
        bytes = []
        start = 0
        skippedInRow = 0
    }

    private mutating func skip() {
        start += 1
        skipped &+= 1
        skippedInRow += 1
    }

    private enum Found {
        case packet(H4Packet)
        case unfinished
        case noise
    }

    private static func read(_ reader: inout ByteReader) -> Found {
        switch reader.byte() {
        case Indicator.event:
            guard let code = reader.byte() else { return .unfinished }
            // 0 is no event; vendors have 0xFF.
            guard code != 0 else { return .noise }
            guard let length = reader.byte(), let parameters = reader.take(Int(length)) else { return .unfinished }
            return .packet(.event(code: code, parameters: parameters))
        case Indicator.data:
            guard let header = reader.word() else { return .unfinished }
            // 3 for the place in a message, and broadcasts, are not for low energy.
            guard header & 0x0FFF <= lastHandle, header >> 12 & 3 != 3, header >> 14 == 0 else { return .noise }
            guard let length = reader.word() else { return .unfinished }
            guard length <= longestPacket else { return .noise }
            guard let data = reader.take(Int(length)) else { return .unfinished }
            return .packet(.data(header: header, data))
        // Commands go the other way, and voice and isochronous data were not asked for.
        default: return .noise
        }
    }
}
