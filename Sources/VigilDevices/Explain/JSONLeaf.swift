/// One value of a JSON payload that holds no others, and the bytes that take it away.
struct JSONLeaf: Hashable {
    /// `battery`, `params.smoke:0.alarm`, `[2].data`; empty where the whole payload is one value.
    var path: String {
        var path = ""
        for step in steps {
            switch step {
            case .member(let name): path += path.isEmpty ? name : ".\(name)"
            case .element(let index): path += "[\(index)]"
            case .everyMember, .everyElement: break
            }
        }
        return path
    }
    /// The way to it, names as they were written.
    let steps: [ProfilePath.Step]
    /// Where it stands, as it was written.
    let value: Range<Int>
    /// What goes with it: of a member its name and a comma, of an element only itself.
    let cut: Range<Int>
    /// Stands there instead: elements keep their places.
    let substitute: [UInt8]

    /// The payload without it, every other byte as it was.
    func removed(from bytes: [UInt8]) -> [UInt8] { bytes[..<cut.lowerBound] + substitute + bytes[cut.upperBound...] }
}

/// Finds the leaves of a payload that `JSONReader` has accepted, in their order.
struct JSONLeafScanner {
    private let bytes: [UInt8]
    private let limit: Int
    private var position = 0
    private(set) var leaves: [JSONLeaf] = []
    /// How many more there are than the limit.
    private(set) var further = 0

    init(_ bytes: [UInt8], limit: Int) {
        self.bytes = bytes
        self.limit = limit
        if let value = readValue([]) { append(JSONLeaf(steps: [], value: value, cut: value, substitute: Array("null".utf8))) }
    }

    private mutating func append(_ leaf: JSONLeaf) {
        if leaves.count < limit { leaves.append(leaf) } else { further += 1 }
    }

    /// Reads a value and the leaves in it. Returns where it stands, where it is a leaf itself.
    private mutating func readValue(_ steps: [ProfilePath.Step]) -> Range<Int>? {
        skipSpace()
        let start = position
        switch peek {
        case UInt8(ascii: "{"):
            position += 1
            return readMembers(steps) ? nil : start..<position
        case UInt8(ascii: "["):
            position += 1
            return readElements(steps) ? nil : start..<position
        case UInt8(ascii: "\""): _ = readText()
        default: while let byte = peek, !Self.endsScalar(byte) { position += 1 }
        }
        return start..<position
    }

    /// Returns false for an empty object, which is a leaf.
    private mutating func readMembers(_ steps: [ProfilePath.Step]) -> Bool {
        var comma: Int?
        var isFirst = true
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else {
                position = min(position + 1, bytes.count)
                return !isFirst
            }
            isFirst = false
            let start = position
            let name = readText()
            skipSpace()
            position = min(position + 1, bytes.count)  // the colon
            let way = steps + [.member(name)]
            let value = readValue(way)
            let end = position
            skipSpace()
            let hasNext = peek == UInt8(ascii: ",")
            if let value {
                let cut = comma.map { $0..<end } ?? start..<(hasNext ? position + 1 : end)
                append(JSONLeaf(steps: way, value: value, cut: cut, substitute: []))
            }
            guard hasNext else { continue }
            comma = position
            position += 1
        }
    }

    /// Returns false for an empty array, which is a leaf.
    private mutating func readElements(_ steps: [ProfilePath.Step]) -> Bool {
        var index = 0
        while true {
            skipSpace()
            guard let byte = peek, byte != UInt8(ascii: "]") else {
                position = min(position + 1, bytes.count)
                return index > 0
            }
            let way = steps + [.element(index)]
            let before = position
            if let value = readValue(way) {
                append(JSONLeaf(steps: way, value: value, cut: value, substitute: Array("null".utf8)))
            }
            index += 1
            skipSpace()
            if peek == UInt8(ascii: ",") { position += 1 }
            if position == before { position += 1 }
        }
    }

    /// Reads a text and returns what stands between its quotes, escapes as they are.
    private mutating func readText() -> String {
        position += 1
        let start = min(position, bytes.count)
        while let byte = peek, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        let end = min(position, bytes.count)
        position = min(position + 1, bytes.count)
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private mutating func skipSpace() { while let byte = peek, Self.isSpace(byte) { position += 1 } }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }
}
