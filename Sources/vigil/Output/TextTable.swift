import Glibc
import VigilCore

/// Columns for a terminal; a Chinese character takes two places, and a table is at most 100 places wide unless told
/// otherwise.
///
/// Cells hold words of devices and people: whatever could steer the terminal is written out, and a row stays one line.
struct TextTable {
    static let width = 100

    /// A terminal's where somebody reads it there; whoever pipes it gets everything.
    static var widthOfOutput: Int { isatty(STDOUT_FILENO) == 1 ? width : .max }

    struct Column {
        var title: String
        /// May be cut where the table is too wide.
        var isFlexible = false
    }

    let columns: [Column]
    private let width: Int
    var rows: [[String]] = []

    init(_ columns: [Column], width: Int = Self.width) {
        self.columns = columns
        self.width = width
    }

    /// Without a line feed at the end.
    var text: String {
        let all = [columns.map(\.title)] + rows.map { $0.map(\.printable) }
        var widths = columns.indices.map { index in all.map { Self.width(of: $0[index]) }.max() ?? 0 }
        shrink(&widths)
        return all.map { row in
            let cells = zip(row, widths).map { Self.fitted($0, to: $1) }
            return Self.trimmed(cells.joined(separator: "  "))
        }.joined(separator: "\n")
    }

    /// Takes the excess from the widest flexible column, place by place.
    private func shrink(_ widths: inout [Int]) {
        let shortest = 8
        while widths.reduce(0, +) + 2 * (widths.count - 1) > width {
            let candidates = columns.indices.filter { columns[$0].isFlexible && widths[$0] > shortest }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
        }
    }

    /// Cut or filled up to just this width.
    static func fitted(_ text: String, to width: Int) -> String {
        let text = cut(text, to: width)
        return text + String(repeating: " ", count: max(0, width - self.width(of: text)))
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line = line.dropLast() }
        return String(line)
    }

    static func cut(_ text: String, to width: Int) -> String {
        guard self.width(of: text) > width else { return text }
        var cut = ""
        var taken = 1  // the mark of the cut
        for character in text {
            let next = self.width(of: String(character))
            guard taken + next <= width else { break }
            cut.append(character)
            taken += next
        }
        return cut + "…"
    }

    /// Places on a terminal.
    static func width(of text: String) -> Int { text.reduce(0) { $0 + ($1.unicodeScalars.first.map(isWide) == true ? 2 : 1) } }

    /// Unicode Standard Annex 11, the wide and full-width blocks that Chinese text uses.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
