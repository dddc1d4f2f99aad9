/// Reads the little-endian fields of a packet one after the other, and never past its end: nil, and nothing taken, where fewer bytes are left.
// Inlined into the rooms that use it: as calls into this one they take ten times as long, and a radio hears thousands of packets a second.
public struct ByteReader {
    @usableFromInline var unread: ArraySlice<UInt8>

    @inlinable public init(_ bytes: ArraySlice<UInt8>) { unread = bytes }

    /// What is not read yet.
    @inlinable public var rest: ArraySlice<UInt8> { unread }
    @inlinable public var isAtEnd: Bool { unread.isEmpty }

    @inlinable public mutating func byte() -> UInt8? { unread.popFirst() }

    @inlinable public mutating func signedByte() -> Int8? { byte().map { Int8(bitPattern: $0) } }

    @inlinable public mutating func word() -> UInt16? {
        guard unread.count >= 2, let low = byte(), let high = byte() else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }

    /// A number of up to eight bytes.
    @inlinable public mutating func number(_ count: Int) -> UInt64? { take(count)?.littleEndian }

    @inlinable public mutating func address() -> BluetoothAddress? { take(6).flatMap { BluetoothAddress(overTheAir: $0) } }

    /// The next bytes as they are.
    @inlinable public mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, unread.count >= count else { return nil }
        defer { unread = unread.dropFirst(count) }
        return unread.prefix(count)
    }

    /// Passes over so many bytes. Returns whether they were there.
    @inlinable public mutating func skip(_ count: Int) -> Bool { take(count) != nil }
}

extension ArraySlice<UInt8> {
    /// Its first eight bytes as a number, the lowest first.
    @inlinable public var littleEndian: UInt64 { prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) } }

    /// The same, of a number that has a sign.
    public var signedLittleEndian: Int64 {
        let length = Swift.min(count, 8)
        guard length > 0 else { return 0 }
        let unused = UInt64(64 - 8 * length)
        return Int64(bitPattern: littleEndian << unused) >> Int64(unused)
    }
}
