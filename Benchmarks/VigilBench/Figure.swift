import Foundation

/// One figure as it was measured, and what was promised.
struct Figure {
    enum Requirement {
        case atLeast(Double)
        case atMost(Double)
    }

    var name: String
    var measured: Double
    var unit: String
    var requirement: Requirement
    /// What else was seen: the runs, and what limits it.
    var note: String

    var isMet: Bool {
        switch requirement {
        case .atLeast(let limit): measured >= limit
        case .atMost(let limit): measured <= limit
        }
    }

    private var required: (sign: String, limit: Double) {
        switch requirement {
        case .atLeast(let limit): (">=", limit)
        case .atMost(let limit): ("<=", limit)
        }
    }

    /// A row of the table.
    var line: String {
        let columns = [
            isMet ? "pass" : "FAIL", name.padding(toLength: 28, withPad: " ", startingAt: 0),
            "\(Self.text(measured)) \(unit)".padding(toLength: 20, withPad: " ", startingAt: 0),
            "\(required.sign) \(Self.text(required.limit))".padding(toLength: 12, withPad: " ", startingAt: 0), note,
        ]
        return columns.joined(separator: "  ")
    }

    func json() throws -> String {
        struct Row: Encodable {
            let figure, unit, required, note: String
            let measured: Double
            let passed: Bool
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let row = Row(
            figure: name, unit: unit, required: "\(required.sign) \(Self.text(required.limit))", note: note, measured: measured,
            passed: isMet)
        return String(decoding: try encoder.encode(row), as: UTF8.self)
    }

    /// Three digits that count, and whole numbers whole.
    static func text(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String(format: value >= 10 ? "%.1f" : "%.2f", value)
    }
}
