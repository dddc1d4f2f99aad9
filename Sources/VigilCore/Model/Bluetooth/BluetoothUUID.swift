/// A UUID of Bluetooth: the name of a kind of service, characteristic or descriptor.
// Source: Bluetooth Core Specification 5.4, volume 3, part B, section 2.5.1.
public struct BluetoothUUID: Hashable, Sendable, CustomStringConvertible {
    public let bits: UInt128

    private static let base: UInt128 = 0x0000_0000_0000_1000_8000_0080_5F9B_34FB

    public init(bits: UInt128) { self.bits = bits }

    /// One that the Bluetooth SIG assigned.
    public init(_ assigned: UInt32) { self.init(bits: UInt128(assigned) << 96 | Self.base) }

    /// - Parameter bytes: 2, 4 or 16 of them, the lowest first, as they come over the air; nil for another number.
    public init?(overTheAir bytes: ArraySlice<UInt8>) {
        switch bytes.count {
        case 2, 4: self.init(UInt32(truncatingIfNeeded: bytes.littleEndian))
        case 16: self.init(bits: bytes.reversed().reduce(0) { $0 << 8 | UInt128($1) })
        default: return nil
        }
    }

    /// - Parameter text: 4, 8 or 32 hexadecimal digits, with dashes or without; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let digits = String(text.filter { $0 != "-" })
        guard digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        switch digits.utf8.count {
        case 4, 8:
            guard let assigned = UInt32(digits, radix: 16) else { return nil }
            self.init(assigned)
        case 32:
            guard let bits = UInt128(digits, radix: 16) else { return nil }
            self.init(bits: bits)
        default: return nil
        }
    }

    /// The number that the Bluetooth SIG assigned; nil for a maker's own.
    public var assigned: UInt32? {
        let assigned = UInt32(truncatingIfNeeded: bits >> 96)
        return Self(assigned) == self ? assigned : nil
    }

    /// Small digits, as `BluetoothFrame` writes them: `2a37`, or the whole with its dashes.
    public var description: String {
        if let assigned, assigned <= UInt16.max { return HexText.digits(UInt64(assigned), count: 4) }
        let digits =
            HexText.digits(UInt64(truncatingIfNeeded: bits >> 64), count: 16)
            + HexText.digits(UInt64(truncatingIfNeeded: bits), count: 16)
        var rest = Substring(digits)
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
