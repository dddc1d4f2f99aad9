import CJSON

/// A run of UTF-8 in somebody else's buffer: compared and searched without becoming a `String`. As short-lived as the buffer.
struct TextBytes {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    init(start: UnsafePointer<CChar>?, count: Int) { bytes = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count) }

    var isEmpty: Bool { bytes.isEmpty }
    var count: Int { bytes.count }

    /// A copy. Bytes that are no UTF-8 become replacement characters.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// A part of it; the range is clamped.
    subscript(range: Range<Int>) -> TextBytes {
        TextBytes(UnsafeRawBufferPointer(rebasing: bytes[range.clamped(to: 0..<count)]))
    }

    static func == (text: Self, literal: StaticString) -> Bool {
        guard text.count == literal.utf8CodeUnitCount else { return false }
        guard let start = text.bytes.baseAddress else { return true }
        return cjson_same(start, literal.utf8Start, text.count)
    }

    /// Whether the text is the lower-case ASCII literal, in whatever case.
    func isSame(ignoringCase literal: StaticString) -> Bool {
        guard count == literal.utf8CodeUnitCount else { return false }
        for (index, byte) in bytes.enumerated() {
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            if (isUpper ? byte | 0x20 : byte) != literal.utf8Start[index] { return false }
        }
        return true
    }

    /// Whether the text starts with the literal.
    func hasPrefix(_ literal: StaticString) -> Bool {
        guard count >= literal.utf8CodeUnitCount, let start = bytes.baseAddress else { return literal.utf8CodeUnitCount == 0 }
        return cjson_same(start, literal.utf8Start, literal.utf8CodeUnitCount)
    }

    /// Whether the text ends with the literal.
    func hasSuffix(_ literal: StaticString) -> Bool {
        count >= literal.utf8CodeUnitCount && self[count - literal.utf8CodeUnitCount..<count] == literal
    }

    /// The decimal number that the whole text is; nil for anything else, for other spellings (`0x10`, `nan`) and for infinity.
    var number: Double? {
        guard !isEmpty, count <= 32 else { return nil }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "e"),
                UInt8(ascii: "E"):
                continue
            default: return nil
            }
        }
        return Double(string).flatMap { $0.isFinite ? $0 : nil }
    }

    /// Whether a number is written as people write one: no sign but a minus, no exponent, no zero in front, no more digits than a double holds.
    var isWrittenPlainly: Bool {
        let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
        guard digits.count <= 15, digits.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) else { return false }
        return !(digits.count > 1 && digits.first == UInt8(ascii: "0") && digits.dropFirst().first != UInt8(ascii: "."))
    }

    /// Without control characters and without marks that turn the direction of writing: fit to be shown to people as it is.
    var isPlain: Bool {
        for (index, byte) in bytes.enumerated() {
            if byte < 0x20 || byte == 0x7F { return false }
            // U+202A to U+202E and U+2066 to U+2069 in UTF-8.
            guard byte == 0xE2, index + 2 < count else { continue }
            switch (bytes[index + 1], bytes[index + 2]) {
            case (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9): return false
            default: continue
            }
        }
        return true
    }

    /// Whether the text ends with the bytes.
    func hasSuffix(_ bytes: [UInt8]) -> Bool { self.bytes.suffix(bytes.count).elementsEqual(bytes) }

    /// What stands before, between and behind the separators, which are at least one byte long; a text without any is one part.
    func parts(between separator: [UInt8]) -> [TextBytes] {
        var parts: [TextBytes] = []
        var start = 0
        var index = 0
        while index + separator.count <= count {
            if bytes[index..<index + separator.count].elementsEqual(separator) {
                parts.append(self[start..<index])
                index += separator.count
                start = index
            } else {
                index += 1
            }
        }
        return parts + [self[start..<count]]
    }

    /// Without white space at both ends.
    var trimmed: TextBytes {
        var bytes = bytes[...]
        while let first = bytes.first, Self.isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
        return TextBytes(UnsafeRawBufferPointer(rebasing: bytes))
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
