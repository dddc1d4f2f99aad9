/// The AD structures of an advertisement or a scan response, one after the other.
///
/// What follows a length of 0 is padding. A structure that lies about its length ends them; what came before holds.
// Source: Bluetooth Core Specification 5.4, volume 3, part C, section 11.
public struct ADStructures: Sequence, IteratorProtocol {
    public struct Structure {
        /// As it was sent: `ADType` where anybody reads it.
        public let code: UInt8
        /// What follows the type.
        public let data: ArraySlice<UInt8>
        /// Where it stands, its length included.
        public let range: Range<Int>

        @usableFromInline init(code: UInt8, data: ArraySlice<UInt8>, range: Range<Int>) {
            self.code = code
            self.data = data
            self.range = range
        }

        public var type: ADType? { ADType(rawValue: code) }
    }

    @usableFromInline var reader: ByteReader
    /// The length of a structure that is longer than what is left.
    @usableFromInline var lie: UInt8?

    @inlinable public init(_ data: ArraySlice<UInt8>) { reader = ByteReader(data) }

    /// What was wrong where they ended; nil where nothing was, and before they end.
    public var fault: String? { lie.map { "a structure of \($0) bytes stands where \(reader.rest.count) are left" } }

    @inlinable public mutating func next() -> Structure? {
        let start = reader.rest.startIndex
        guard lie == nil, let length = reader.byte() else { return nil }
        guard length > 0 else {
            reader = ByteReader([])
            return nil
        }
        guard let body = reader.take(Int(length)), let code = body.first else {
            lie = length
            return nil
        }
        return Structure(code: code, data: body.dropFirst(), range: start..<body.endIndex)
    }
}
