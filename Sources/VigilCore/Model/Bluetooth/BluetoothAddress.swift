/// A Bluetooth device address: 48 bits, written `A4:C1:38:8D:18:B2`.
// Source: Bluetooth Core Specification 5.4, volume 6, part B, section 1.3.
public struct BluetoothAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The first byte that is written stands highest; bits 48 to 63 are 0.
    public let bits: UInt64

    @inlinable public init(bits: UInt64) { self.bits = bits & 0xFFFF_FFFF_FFFF }

    /// The six bytes as they are written; over the air and on the host interface they come the other way round.
    public var bytes: [UInt8] { (0..<6).map { UInt8(truncatingIfNeeded: bits >> (8 * (5 - $0))) } }

    /// - Parameter text: six pairs of hexadecimal digits with colons, in either case; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var bits: UInt64 = 0
        var digits = 0
        for (place, byte) in text.utf8.enumerated() {
            if place % 3 == 2 {
                guard byte == UInt8(ascii: ":") else { return nil }
            } else {
                guard digits < 12, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
                bits = bits << 4 | UInt64(digit)
                digits += 1
            }
        }
        guard digits == 12, text.utf8.count == 17 else { return nil }
        self.bits = bits
    }

    /// - Parameter bytes: six, the lowest first, as they come over the air; nil for another number.
    @inlinable public init?(overTheAir bytes: ArraySlice<UInt8>) {
        guard bytes.count == 6 else { return nil }
        self.init(bits: bytes.littleEndian)
    }

    public static func < (a: Self, b: Self) -> Bool { a.bits < b.bits }

    public var description: String {
        let digits = Array("0123456789ABCDEF")
        return bytes.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined(separator: ":")
    }
}
