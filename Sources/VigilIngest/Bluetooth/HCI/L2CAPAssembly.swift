import VigilCore

/// Puts the pieces of one connection's data together to messages.
// Source: Bluetooth Core Specification 5.4, volume 3, part A, sections 3.1 and 7.2.
struct L2CAPAssembly {
    /// An attribute has 512 bytes at most.
    static let longestMessage = 1024
    private static let headLength = 4

    struct Message: Hashable {
        let channel: UInt16
        let payload: [UInt8]
    }

    private var bytes: [UInt8] = []
    /// The rest of a message that is too long, or that nobody heard begin.
    private var isSkipping = true
    /// Pieces that belonged to no message.
    private(set) var skipped = 0

    /// - Parameter begins: the piece is the first of its message.
    mutating func take(_ piece: ArraySlice<UInt8>, begins: Bool) -> Message? {
        if begins {
            if !bytes.isEmpty { skipped += 1 }
            bytes = []
            isSkipping = false
        }
        guard !isSkipping else {
            skipped += 1
            return nil
        }
        bytes += piece
        var reader = ByteReader(bytes[...])
        guard let length = reader.word(), let channel = reader.word() else { return nil }
        guard length <= Self.longestMessage, bytes.count <= Int(length) + Self.headLength else { return skip() }
        guard bytes.count == Int(length) + Self.headLength else { return nil }
        bytes = []
        isSkipping = true
        return Message(channel: channel, payload: Array(reader.rest))
    }

    private mutating func skip() -> Message? {
        skipped += 1
        bytes = []
        isSkipping = true
        return nil
    }
}
