import VigilCore

/// Reads once more what is no JSON by one value alone: `NaN` and `Infinity` as Python and firmware print them, a number that no double holds, and half
/// a surrogate pair in a text.
///
/// Each is made nothing (`null`, U+FFFD) and named, so that a broken thermometer does not take the alarm beside it along. What is cut off or
/// nonsense stays so.
// Source: Python's json.dumps (allow_nan); RFC 8259, sections 6 and 8.2.
struct JSONMender {
    private static let mostFaults = 32
    private static let longestName = 64

    private let bytes: [UInt8]
    private var position = 0
    private(set) var mended: [UInt8] = []
    /// Which members were mended, and why.
    private(set) var leftOut: [Decoded.LeftOut] = []
    /// The text that was read last: before a value it is the value's name.
    private var name: Range<Int> = 0..<0

    /// Nil where there is nothing to mend.
    init?(_ bytes: [UInt8]) {
        let first = bytes.first { $0 > 0x20 }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        self.bytes = bytes
        mended.reserveCapacity(bytes.count + 16)
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\"") {
                takeText()
            } else if Self.isOfWord(bytes[position]) {
                takeWord()
            } else {
                take(1)
            }
        }
        guard !leftOut.isEmpty else { return nil }
    }

    private mutating func take(_ count: Int) {
        let end = min(position + count, bytes.count)
        mended += bytes[position..<end]
        position = end
    }

    private mutating func mend(_ count: Int, as replacement: StaticString, in name: Range<Int>, _ reason: String) {
        mended += UnsafeRawBufferPointer(start: replacement.utf8Start, count: replacement.utf8CodeUnitCount)
        position += count
        guard leftOut.count < Self.mostFaults else { return }
        let shown = String(decoding: bytes[name].prefix(Self.longestName), as: UTF8.self).printable
        leftOut.append(Decoded.LeftOut("\(shown.isEmpty ? "a value" : shown): \(reason)"))
    }

    // MARK: Texts

    private mutating func takeText() {
        let label = name
        take(1)
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            guard bytes[position] == UInt8(ascii: "\\") else {
                take(1)
                continue
            }
            switch surrogate(at: position) {
            case nil: take(2)
            case .high? where surrogate(at: position + 6) == .low: take(12)
            case .high?, .low?: mend(6, as: #"\uFFFD"#, in: label, "half of a character stands in the text")
            }
        }
        name = start..<position
        take(1)
    }

    private enum Surrogate { case high, low }

    /// What the six bytes of an escape stand for: `\ud83d`.
    private func surrogate(at start: Int) -> Surrogate? {
        guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "u"),
            let unit = UInt16(String(decoding: bytes[start + 2..<start + 6], as: UTF8.self), radix: 16)
        else { return nil }
        return UTF16.isLeadSurrogate(unit) ? .high : UTF16.isTrailSurrogate(unit) ? .low : nil
    }

    // MARK: Numbers

    private mutating func takeWord() {
        let word = bytes[position...].prefix { Self.isOfWord($0) }
        let text = String(decoding: word.prefix(Self.longestName), as: UTF8.self)
        if Self.noNumbers.contains(text.drop { $0 == "-" || $0 == "+" }.lowercased()) {
            mend(word.count, as: "null", in: name, "\(text) is no number")
        } else if Self.isTooLarge(word) {
            mend(word.count, as: "null", in: name, "a number too large to be held")
        } else {
            take(word.count)
        }
    }

    private static let noNumbers: Set<String> = ["nan", "inf", "infinity"]

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// A number beyond what 64 bits or a double hold.
    private static func isTooLarge(_ word: ArraySlice<UInt8>) -> Bool {
        let digits = word.first == UInt8(ascii: "-") ? word.dropFirst() : word
        guard let first = digits.first, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first) else { return false }
        let text = String(decoding: word, as: UTF8.self)
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return Double(text)?.isInfinite ?? false }
        return Int64(text) == nil && UInt64(text) == nil
    }
}
