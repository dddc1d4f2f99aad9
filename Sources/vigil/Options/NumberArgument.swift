import ArgumentParser
import VigilCore

/// Whole numbers on a command line.
enum NumberArgument {
    /// Reads one within limits, and names them where it is none.
    static func within<Number: FixedWidthInteger & Sendable>(_ range: ClosedRange<Number>) -> @Sendable (String) throws -> Number {
        { text in
            guard let number = Number(text), range.contains(number) else {
                let limits =
                    range.upperBound == .max ? "from \(range.lowerBound) on" : "from \(range.lowerBound) to \(range.upperBound)"
                throw ValidationError("\(SettingFault.quoted(text)) is no number \(limits)")
            }
            return number
        }
    }
}
