extension TextBytes {
    /// The bytes that the text stands for in the alphabet of RFC 4648, section 4, padded; nil for anything else.
    var base64: [UInt8]? {
        guard count.isMultiple(of: 4) else { return nil }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(count / 4 * 3)
        var group: UInt32 = 0
        var padding = 0
        for (index, byte) in bytes.enumerated() {
            guard let six = Self.six(byte, isLast: index >= count - 2), padding == 0 || byte == UInt8(ascii: "=") else { return nil }
            if byte == UInt8(ascii: "=") { padding += 1 }
            group = group << 6 | six
            guard index % 4 == 3 else { continue }
            decoded.append(UInt8(truncatingIfNeeded: group >> 16))
            if padding < 2 { decoded.append(UInt8(truncatingIfNeeded: group >> 8)) }
            if padding < 1 { decoded.append(UInt8(truncatingIfNeeded: group)) }
            group = 0
        }
        return decoded
    }

    private static func six(_ byte: UInt8, isLast: Bool) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        case UInt8(ascii: "="): isLast ? 0 : nil
        default: nil
        }
    }
}
