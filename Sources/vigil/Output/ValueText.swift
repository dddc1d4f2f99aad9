import VigilCore

/// What a device measured, as people read it.
enum ValueText {
    static func text(_ value: ObservationValue) -> String {
        switch value {
        case .bool(let bool): "\(bool)"
        case .number(let number): self.number(number)
        case .text(let text): text
        case .numbers(let numbers): numbers.map(number).joined(separator: "/")
        }
    }

    /// Whole numbers whole.
    static func number(_ number: Double) -> String { Int64(exactly: number).map { "\($0)" } ?? "\(number)" }
}
