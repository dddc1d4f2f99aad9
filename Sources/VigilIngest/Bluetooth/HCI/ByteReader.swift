import VigilCore

/// Reads the little-endian fields of a packet one after the other; nil where the bytes end before the field does.
struct ByteReader {
    /// What is not read yet.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func signedByte() -> Int8? { byte().map { Int8(bitPattern: $0) } }

    mutating func word() -> UInt16? {
        guard rest.count >= 2, let low = byte(), let high = byte() else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }

    mutating func address() -> BluetoothAddress? {
        guard let bytes = take(6) else { return nil }
        return BluetoothAddress(bits: bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// Passes over so many bytes. Returns whether they were there.
    mutating func skip(_ count: Int) -> Bool { take(count) != nil }
}
