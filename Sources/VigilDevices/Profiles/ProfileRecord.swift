/// What a profile reads at a time: a part of a JSON body, a bare value, or lines; as short-lived as the payload's buffer.
enum ProfileRecord {
    case json(JSONNode)
    case text(TextBytes)
    case lines(KeyValueLines)

    /// A text as a fault shows it; what holds more is not shown.
    var shown: String { if case .text(let text) = self { " in \(Scalar.text(text).shown)" } else { "" } }
}

/// Lines of `KEY=value`, which may end with `<br>` as those of a web page do.
struct KeyValueLines: Sequence, IteratorProtocol {
    private var rest: TextBytes

    init(_ text: TextBytes) { rest = text }

    mutating func next() -> (key: TextBytes, value: Scalar)? {
        while !rest.isEmpty {
            let line = takeLine()
            guard let equals = line.bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { continue }
            return (line[0..<equals].trimmed, Scalar(bare: line[equals + 1..<line.count]))
        }
        return nil
    }

    private mutating func takeLine() -> TextBytes {
        var end = 0
        while end < rest.count, rest.bytes[end] != 0x0A, rest.bytes[end] != 0x0D, !isBreak(at: end) { end += 1 }
        let line = rest[0..<end]
        var next = end
        if isBreak(at: end) { while next < rest.count, rest.bytes[next] != UInt8(ascii: ">") { next += 1 } }
        rest = rest[Swift.min(next + 1, rest.count)..<rest.count]
        return line
    }

    private func isBreak(at index: Int) -> Bool { rest[index..<Swift.min(index + 3, rest.count)].isSame(ignoringCase: "<br") }
}
