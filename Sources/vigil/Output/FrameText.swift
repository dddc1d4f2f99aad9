import VigilConsole
import VigilCore

/// Messages as they came and what they mean, in words.
struct FrameText {
    private static let longestPayload = 200

    let language: Language
    let clock: LocalClock

    /// Three lines for a message: when and where, raw, decoded.
    func lines(_ frame: FrameReport) -> [String] {
        let kept = frame.isRetained ? " \(Words.retained[language])" : ""
        let raw = TextTable.cut(frame.payload.text.printable, to: Self.longestPayload)
        let hex = frame.payload.encoding == .hex ? "hex " : ""
        let size = frame.size > raw.utf8.count ? " \(Words.ofBytes(frame.size)[language])" : ""
        return ["\(clock.text(frame.at))  \(frame.topic.printable)\(kept)", "    \(hex)\(raw)\(size)", "    = \(meaning(frame))"]
    }

    private func meaning(_ frame: FrameReport) -> String {
        if let error = frame.error { return error.printable }
        let facts = frame.observations.map { fact in
            "\(fact.about.map { "\($0): " } ?? "")\(fact.kind.rawValue) \(ValueText.text(fact.value))".printable
        }
        let faults = frame.faults.map { Words.leftOut($0)[language].printable }
        return (facts + faults).joined(separator: ", ")
    }
}
