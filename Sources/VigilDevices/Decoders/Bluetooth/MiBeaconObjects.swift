import VigilCore

/// The objects of one MiBeacon: a number, a length and a value each.
struct MiBeaconObjects {
    private struct Object {
        let id: UInt16
        let value: ArraySlice<UInt8>
    }

    private var objects: [Object] = []
    /// No byte is left over.
    private(set) var isWhole = false

    init(_ bytes: ArraySlice<UInt8>) {
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            guard let id = reader.number(2), let length = reader.byte(), let value = reader.take(Int(length)) else { return }
            objects.append(Object(id: UInt16(truncatingIfNeeded: id), value: value))
        }
        isWhole = !objects.isEmpty
    }

    /// - Parameter withEvents: false for a message that was heard: how things stand it may say again.
    func tell(_ facts: inout FactList, of product: MiBeaconProduct, withEvents: Bool) {
        for object in objects {
            let value = MiBeaconValue(object.value)
            guard Self.tellState(object.id, value, of: product, &facts) else { continue }
            if withEvents { Self.tellEvent(object.id, value, of: product, &facts) }
        }
        if !isWhole { facts.fault("mibeacon", "an object is cut off") }
    }
}

/// The value of an object, read as what its number says; nil where it has another length.
struct MiBeaconValue {
    private let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The first byte, however many follow.
    var byte: UInt8? { bytes.first }
    var count: Int { bytes.count }

    func number(_ length: Int) -> UInt64? { bytes.count == length ? bytes.littleEndian : nil }
    func signed(_ length: Int) -> Int64? { bytes.count == length ? bytes.signedLittleEndian : nil }
    var float: Double? { number(4).map { Double(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) } }

    /// A run of it, clamped.
    subscript(range: Range<Int>) -> ArraySlice<UInt8> { bytes.dropFirst(range.lowerBound).prefix(range.count) }
}
