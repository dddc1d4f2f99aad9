/// Bytes as people write them: `d2fc40`.
public enum HexText {
    private static let alphabet = Array("0123456789abcdef".utf8)

    /// Small digits, two for each byte.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The lowest digits of a number, with zeros in front.
    public static func digits(_ number: UInt64, count: Int) -> String {
        let bytes = (0..<(count + 1) / 2).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
        return String(text(bytes).suffix(count))
    }

    /// - Parameter text: pairs of digits in either case; nil for anything else.
    public static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[place], let low = digits[place + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}
