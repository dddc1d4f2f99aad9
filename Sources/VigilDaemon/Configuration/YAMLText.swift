import VigilCore

/// The bytes of a file as text that the YAML parser may be given, or the fault that forbids it.
struct YAMLText {
    /// Character by character, the way the parser counts columns.
    var scalars: [Unicode.Scalar]
    let file: String

    /// Larger than any registry that a box can watch over, small enough to be read at once.
    static let sizeLimit = 16 << 20
    /// Aliases are refused wherever they stand; this many are still let through to the parser, so that the fault can say where. More
    /// of them could make a mapping key of astronomical size before anybody can refuse it.
    static let aliasLimit = 16

    init?(_ bytes: [UInt8], file: String, faults: FaultList) {
        self.file = file
        scalars = []
        guard bytes.count <= Self.sizeLimit else {
            let message = "the file is larger than \(Self.sizeLimit >> 20) MiB; split it or remove what does not belong here"
            faults.add(SettingFault(mark: Setting.Mark(file: file, line: 1, column: 1), path: "", message: message))
            return nil
        }
        scalars.reserveCapacity(bytes.count)
        guard decode(bytes, faults), isPrintable(faults), hasFewAliases(faults) else { return nil }
    }

    /// The place of the character at an offset.
    func mark(at offset: Int) -> Setting.Mark {
        var line = 1
        var start = 0
        for index in scalars.indices.prefix(offset) where isLineEnd(index) {
            line += 1
            start = index + 1
        }
        return Setting.Mark(file: file, line: line, column: offset - start + 1)
    }

    /// The inverse of `mark(at:)`; nil for a place beyond the text.
    func offset(line: Int, column: Int) -> Int? {
        var start = 0
        var current = 1
        for index in scalars.indices where current < line {
            guard isLineEnd(index) else { continue }
            current += 1
            start = index + 1
        }
        let offset = start + column - 1
        return current == line && scalars.indices.contains(offset) ? offset : nil
    }

    var string: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private mutating func decode(_ bytes: [UInt8], _ faults: FaultList) -> Bool {
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        while true {
            switch decoder.decode(&rest) {
            case .scalarValue("\u{FEFF}") where scalars.isEmpty: continue  // the byte order mark of another system's editor
            case .scalarValue(let scalar): scalars.append(scalar)
            case .emptyInput: return true
            case .error: return fail(at: scalars.count, "the file is not UTF-8 from here on; save it as UTF-8", faults)
            }
        }
    }

    /// What YAML 1.1 allows in a stream (section 5.1 there).
    private func isPrintable(_ faults: FaultList) -> Bool {
        let odd = scalars.firstIndex {
            switch $0.value {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: false
            default: true
            }
        }
        return odd.map { fail(at: $0, "a control character stands here; remove it", faults) } ?? true
    }

    private func hasFewAliases(_ faults: FaultList) -> Bool {
        var count = 0
        for index in scalars.indices.dropLast() where scalars[index] == "*" {
            let before = index == 0 ? "\n" : scalars[index - 1]
            guard " \t\r\n[{,:".unicodeScalars.contains(before), scalars[index + 1].properties.isAlphabetic else { continue }
            count += 1
            guard count <= Self.aliasLimit else { return fail(at: index, "too many aliases; write the values out", faults) }
        }
        return true
    }

    private func fail(at offset: Int, _ message: String, _ faults: FaultList) -> Bool {
        faults.add(SettingFault(mark: mark(at: offset), path: "", message: message))
        return false
    }

    /// Whether a line ends with this character; the parser counts the rarer ends as well.
    private func isLineEnd(_ index: Int) -> Bool {
        switch scalars[index] {
        case "\n", "\u{85}", "\u{2028}", "\u{2029}": true
        case "\r": index + 1 == scalars.count || scalars[index + 1] != "\n"
        default: false
        }
    }
}
