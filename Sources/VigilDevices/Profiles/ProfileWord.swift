/// A word or number of a profile that values are held against.
struct ProfileWord: Hashable, Sendable {
    let text: String
    private let bytes: [UInt8]
    private let number: Double?

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
        number = bytes.withUnsafeBytes { TextBytes($0).number }
    }

    /// Whether the value is this word, or the number that the word writes.
    func matches(_ value: Scalar) -> Bool {
        switch value {
        case .text(let text): text == bytes
        case .large(let integer): text == "\(integer)"
        case .number(let stated): stated == number
        case .bool(let flag): text == (flag ? "true" : "false")
        case .null, .nested: false
        }
    }
}

extension TextBytes {
    static func == (text: Self, known: [UInt8]) -> Bool { text.bytes.elementsEqual(known) }
}
