/// Breaks payloads and topics the way that hostile, failing and merely odd senders do.
struct Mutator {
    private var random: Xorshift
    private let corpus: FuzzCorpus

    init(seed: UInt64, corpus: FuzzCorpus) {
        random = Xorshift(seed: seed)
        self.corpus = corpus
    }

    mutating func payload() -> [UInt8] {
        var bytes = pick(corpus.payloads) ?? []
        for _ in 0..<Int.random(in: 0...3, using: &random) { mutate(&bytes) }
        return bytes
    }

    mutating func topic() -> String {
        var topic = pick(corpus.topics) ?? ""
        guard Int.random(in: 0..<4, using: &random) == 0 else { return topic }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: topic += "/" + (pick(Self.segments) ?? "")
        case 1: topic = (pick(Self.segments) ?? "") + "/" + topic
        case 2: topic = String(topic.prefix(Int.random(in: 0...topic.count, using: &random)))
        case 3: topic += String(repeating: "/" + (pick(Self.segments) ?? ""), count: 200)
        case 4: topic = pick(Self.segments) ?? ""
        default:
            var bytes = Array(topic.utf8)
            mutate(&bytes)
            topic = String(decoding: bytes, as: UTF8.self)
        }
        return topic
    }

    private static let segments = [
        "", "+", "#", "$SYS", "\u{0}", "set", "get", "availability", "bridge", "state", "smoke", "action", "王阿姨", "\u{202E}x", "..",
        " ",
        "zigbee2mqtt", "vigil", "in", "observation",
    ]

    private static let tokens = [
        "null", "true", "false", "-1", "0", "255", "1e999", "-1e999", "1e308", "9223372036854775808", "-9223372036854775809", "1e-400",
        "123456789012345678901234567890", "NaN", "Infinity", "\"\"", "\"unknown\"", "\"\\ud800\"", "\"\\u0000\"", "\"emergency\"",
        "\"fall\"",
        "\"fall_alarm\"", "\"falling\"", "\"100.00\"", "\"nan\"", "\"0x10\"", "{}", "[]", "[[]]", "{\"a\":{\"b\":[]}}",
        "\"smoke\":true,", "\"kind\":\"sos\",", "\"seq\":9223372036854775807,", "\"boot\":\"z\",", "\"test\":true,", "\u{FEFF}", "//",
        ",", ":",
    ]

    private static let notUTF8: [[UInt8]] = [
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x80], [0x00],
    ]

    private mutating func mutate(_ bytes: inout [UInt8]) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: flip(&bytes)
        case 1: bytes = Array(bytes.prefix(position(in: bytes)))
        case 2: bytes = Array(bytes.dropFirst(position(in: bytes)))
        case 3: bytes.removeSubrange(range(in: bytes))
        case 4: bytes.insert(contentsOf: bytes[range(in: bytes)], at: position(in: bytes))
        case 5: splice(&bytes)
        case 6, 7: replaceToken(&bytes)
        case 8: bytes.insert(contentsOf: (pick(Self.tokens) ?? "").utf8, at: position(in: bytes))
        case 9: bytes.insert(contentsOf: pick(Self.notUTF8) ?? [], at: position(in: bytes))
        case 10: nest(&bytes)
        default: doubleMember(&bytes)
        }
    }

    private mutating func flip(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    }

    private mutating func splice(_ bytes: inout [UInt8]) {
        let other = pick(corpus.payloads) ?? []
        bytes = Array(bytes.prefix(position(in: bytes))) + other.dropFirst(position(in: other))
    }

    /// Puts a token where a value stands, so that the result often still is JSON.
    private mutating func replaceToken(_ bytes: inout [UInt8]) {
        let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
        guard let colon = pick(colons) else { return }
        let start = colon + 1
        let end =
            bytes[start...].firstIndex { [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains($0) } ?? bytes.endIndex
        bytes.replaceSubrange(start..<end, with: (pick(Self.tokens) ?? "").utf8)
    }

    private mutating func nest(_ bytes: inout [UInt8]) {
        let depth = [1, 2, 30, 31, 32, 33, 1000, 40_000].randomElement(using: &random) ?? 1
        let (open, close) = Bool.random(using: &random) ? ("[", "]") : (#"{"a":"#, "}")
        bytes = Array(String(repeating: open, count: depth).utf8) + bytes + Array(String(repeating: close, count: depth).utf8)
    }

    /// Repeats a whole member of the object.
    private mutating func doubleMember(_ bytes: inout [UInt8]) {
        let commas = bytes.indices.filter { bytes[$0] == UInt8(ascii: ",") }
        guard commas.count >= 2, let first = pick(Array(commas.indices.dropLast())) else { return }
        bytes.insert(contentsOf: bytes[commas[first]..<commas[first + 1]], at: commas[first])
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &random) }

    private mutating func position(in bytes: [UInt8]) -> Int { Int.random(in: 0...bytes.count, using: &random) }

    private mutating func range(in bytes: [UInt8]) -> Range<Int> {
        let (a, b) = (position(in: bytes), position(in: bytes))
        return min(a, b)..<max(a, b)
    }
}
