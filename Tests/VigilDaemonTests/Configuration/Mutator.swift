/// Damages a text as tired people and bad disks do, the same way for the same seed.
struct Mutator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(limit, 1))) }

    private static let nasty = [
        "~", "null", "true", "yes", "-1", "0", "1e999", ".nan", "0x10", "007", "99999999999999999999", "\"\"", "''", "[]", "{}", "[",
        "}", "&a",
        "*a", "!!str", "<<", "|", ">", "%", "@", "`", "- ", "? ", ": ", "---\n", "...\n", "\t", "\u{0}", "\u{FEFF}", "\u{2028}", "王",
        "👵🏽",
        "\u{202E}", "\r", "0ms", "9223372036854775807d", "contact:", "#", "password: x\n",
    ]

    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...below(3) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let at = below(bytes.count)
        switch below(10) {
        case 0: bytes[at] ^= 1 << UInt8(below(8))
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(UInt8(truncatingIfNeeded: next()), at: at)
        case 3: bytes.removeSubrange(at..<min(bytes.count, at + below(40)))
        case 4: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + below(200))], at: at)
        case 5: bytes.insert(contentsOf: Array(Self.nasty[below(Self.nasty.count)].utf8), at: at)
        case 6: bytes.removeLast(bytes.count - at)
        default: changeLine(&bytes)
        }
    }

    /// Whole lines lost, doubled, moved or indented, and values replaced.
    private mutating func changeLine(_ bytes: inout [UInt8]) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        let at = below(lines.count)
        switch below(5) {
        case 0: lines.remove(at: at)
        case 1: lines.insert(lines[at], at: below(lines.count))
        case 2: lines.swapAt(at, below(lines.count))
        case 3: lines[at].insert(contentsOf: [UInt8](repeating: 0x20, count: 1 + below(4)), at: 0)
        default:
            let value = Self.nasty[below(Self.nasty.count)]
            guard let colon = lines[at].firstIndex(of: UInt8(ascii: ":")) else { return }
            lines[at].replaceSubrange((colon + 1)..., with: Array(" \(value)".utf8))
        }
        bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }
}
