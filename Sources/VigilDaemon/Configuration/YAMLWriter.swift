import VigilCore

/// Writes the few shapes of YAML that a registry needs.
struct YAMLWriter {
    private(set) var text = ""

    mutating func line(_ depth: Int, _ content: String) {
        text += String(repeating: "  ", count: depth) + content + "\n"
    }

    mutating func gap() { text += "\n" }

    /// A key with a list under it.
    mutating func list<Element>(_ depth: Int, _ key: String, _ elements: [Element], _ write: (inout YAMLWriter, Int, Element) -> Void) {
        line(depth, elements.isEmpty ? "\(key): []" : "\(key):")
        for element in elements { write(&self, depth + 1, element) }
    }

    /// An element that is a map of its own lines: an id and a name, with more to follow one level deeper.
    mutating func place(_ depth: Int, id: String, name: String) {
        line(depth, "- id: \(Self.word(id))")
        line(depth + 1, "name: \(Self.word(name))")
    }

    /// An element that is a map in one line; keys without a value are left out.
    mutating func item(_ depth: Int, _ pairs: [(key: String, value: String?)]) {
        let written = pairs.compactMap { pair in pair.value.map { "\(pair.key): \($0)" } }
        line(depth, "- {\(written.joined(separator: ", "))}")
    }

    static func words(_ texts: [String]) -> String { "[\(texts.map(word).joined(separator: ", "))]" }

    /// Text as a scalar that any YAML reader takes for text: bare where it begins with a letter and can mean nothing else.
    static func word(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, !reserved.contains(text.lowercased()) else {
            return quoted(text)
        }
        let isBare = text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_./".unicodeScalars.contains($0)
        }
        return isBare ? text : quoted(text)
    }

    private static let reserved: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\t": "\\t"
            case _ where mustEscape(scalar): escape(scalar)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    /// What a YAML stream may not hold as it is, and what a reader would fold away.
    private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: false
        default: true
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16)
        let (prefix, width) = hex.count <= 4 ? ("\\u", 4) : ("\\U", 8)
        return prefix + String(repeating: "0", count: width - hex.count) + hex
    }
}
