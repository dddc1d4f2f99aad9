/// The name of a kind of service, characteristic or descriptor.
// Source: Bluetooth Core Specification 5.4, volume 3, part B, section 2.5.1.
public struct BluetoothUUID: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    // 00000000-0000-1000-8000-00805F9B34FB; a short one stands in its first 32 bits.
    private static let baseHigh: UInt64 = 0x0000_0000_0000_1000
    private static let baseLow: UInt64 = 0x8000_0080_5F9B_34FB

    /// One that the Bluetooth SIG assigned.
    public init(_ assigned: UInt16) {
        self.init(high: UInt64(assigned) << 32 | Self.baseHigh, low: Self.baseLow)
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// - Parameter text: four hexadecimal digits, or the whole with its dashes, in either case; nil for anything else.
    public init?(_ text: some StringProtocol) {
        if text.utf8.count == 4 {
            guard let assigned = Self.number(text) else { return nil }
            self.init(UInt16(truncatingIfNeeded: assigned))
            return
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [8, 4, 4, 4, 12], let high = Self.number(parts[0...2].joined()),
            let low = Self.number(parts[3...4].joined())
        else { return nil }
        self.init(high: high, low: low)
    }

    /// - Parameter bytes: as they come over the air, the lowest first: 2 or 16 of them; nil for any other count.
    init?(wire bytes: some BidirectionalCollection<UInt8>) {
        switch bytes.count {
        case 2: self.init(bytes.reversed().reduce(0) { $0 << 8 | UInt16($1) })
        case 16:
            let (low, high) = (bytes.prefix(8), bytes.suffix(8))
            self.init(
                high: high.reversed().reduce(0) { $0 << 8 | UInt64($1) }, low: low.reversed().reduce(0) { $0 << 8 | UInt64($1) })
        default: return nil
        }
    }

    /// Four small hexadecimal digits where the Bluetooth SIG assigned it, else the whole with its dashes: as topics name it.
    public var description: String {
        if low == Self.baseLow, high & 0xFFFF_0000_FFFF_FFFF == Self.baseHigh { return Self.digits(high >> 32, count: 4) }
        let (first, second) = (Self.digits(high, count: 16), Self.digits(low, count: 16))
        return [first.prefix(8), first.dropFirst(8).prefix(4), first.suffix(4), second.prefix(4), second.suffix(12)].joined(
            separator: "-")
    }

    private static func number(_ digits: some StringProtocol) -> UInt64? {
        // UInt64(_:radix:) would take a sign.
        digits.allSatisfy(\.isHexDigit) ? UInt64(digits, radix: 16) : nil
    }

    private static func digits(_ number: UInt64, count: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }
}
