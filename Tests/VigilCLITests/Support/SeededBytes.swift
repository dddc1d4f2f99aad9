/// Bytes that are the same for the same seed (SplitMix64).
struct SeededBytes {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// 0 up to, and without, the limit.
    mutating func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func one<Element>(of elements: [Element]) -> Element { elements[number(below: elements.count)] }

    mutating func bytes(upTo limit: Int) -> [UInt8] { (0..<number(below: limit)).map { _ in UInt8(truncatingIfNeeded: next()) } }

    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...number(below: 4) {
            let place = number(below: bytes.count)
            if number(below: 2) == 0 { bytes[place] = UInt8(truncatingIfNeeded: next()) } else { bytes.remove(at: place) }
        }
        return bytes
    }
}
