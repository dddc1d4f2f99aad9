import VigilCore

/// A number among bytes: `u8@3`, `s16le@4`, `u8@0&0x06`.
struct ByteField: Hashable, Sendable {
    private let offset: Int
    private let length: Int
    private let isSigned: Bool
    private let isBigEndian: Bool
    /// Its lowest bit becomes bit 0 of the number.
    private let mask: UInt64

    private static let longestOffset = 1650

    /// Reads what a profile writes.
    ///
    /// - Throws: what is wrong with it, and what to write instead.
    init(_ text: String) throws(ProfileFault) {
        let parts = text.split(separator: "&", omittingEmptySubsequences: false)
        let place = parts[0].split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, place.count == 2, let type = Self.types[String(place[0])], let offset = Int(place[1]),
            (0...Self.longestOffset).contains(offset), place[1].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            throw ProfileFault(
                "\(SettingFault.quoted(text)) is no place among bytes; write type@offset, such as u8@3, s16le@4 or, of single bits, u8@0&0x06"
            )
        }
        (length, isSigned, isBigEndian) = type
        self.offset = offset
        guard parts.count == 2 else {
            mask = .max
            return
        }
        guard parts[1].hasPrefix("0x"), let mask = UInt64(parts[1].dropFirst(2), radix: 16), mask > 0,
            mask >> (8 * UInt64(length)) == 0,
            !isSigned
        else {
            throw ProfileFault("\(SettingFault.quoted(text)) takes no bits of an unsigned number of that length; write u8@0&0x06")
        }
        self.mask = mask
    }

    private static let types: [String: (length: Int, isSigned: Bool, isBigEndian: Bool)] = [
        "u8": (1, false, false), "s8": (1, true, false), "u16le": (2, false, false), "u16be": (2, false, true),
        "s16le": (2, true, false), "s16be": (2, true, true), "u24le": (3, false, false), "u24be": (3, false, true),
        "u32le": (4, false, false), "u32be": (4, false, true), "s32le": (4, true, false), "s32be": (4, true, true),
    ]

    /// Nil where the bytes end before.
    func value(in bytes: ArraySlice<UInt8>) -> Double? {
        let field = bytes.dropFirst(offset).prefix(length)
        guard field.count == length else { return nil }
        let ordered = isBigEndian ? Array(field.reversed())[...] : field
        if isSigned { return Double(ordered.signedLittleEndian) }
        guard mask != .max else { return Double(ordered.littleEndian) }
        return Double((ordered.littleEndian & mask) >> UInt64(mask.trailingZeroBitCount))
    }
}
