/// A small generator whose numbers are the same on every machine and with every Swift (Steele, Lea, Flood 2014).
///
/// The draws are written here as well: the standard library does not promise that its own stay the same between versions.
struct SplitMix64 {
    private var state: UInt64

    /// - Parameter stream: numbers of different streams under one seed have nothing to do with each other.
    init(seed: UInt64, stream: UInt64 = 0) {
        state = seed
        let first = next()
        state = first ^ (stream &* 0x9E37_79B9_7F4A_7C15)
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in `range`; its bias of less than 2^-40 for small ranges does not matter to a story.
    mutating func number(in range: ClosedRange<Int>) -> Int {
        let width = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int(next() % width)
    }

    /// A fraction in 0..<1.
    mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number between the two.
    mutating func number(from low: Double, to high: Double) -> Double { low + (high - low) * fraction() }
}
