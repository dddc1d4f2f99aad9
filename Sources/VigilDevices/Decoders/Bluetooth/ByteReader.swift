/// Reads bytes from the front, and never past their end.
struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next bytes; nil, and nothing taken, where there are fewer.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func byte() -> UInt8? { rest.popFirst() }

    /// A number of up to eight bytes, the lowest first.
    mutating func number(_ count: Int) -> UInt64? { take(count)?.littleEndian }
}

extension ArraySlice<UInt8> {
    /// Its first eight bytes as a number, the lowest first.
    var littleEndian: UInt64 { prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) } }

    /// The same, of a number that has a sign.
    var signedLittleEndian: Int64 {
        let length = Swift.min(count, 8)
        guard length > 0 else { return 0 }
        let unused = UInt64(64 - 8 * length)
        return Int64(bitPattern: littleEndian << unused) >> Int64(unused)
    }
}
