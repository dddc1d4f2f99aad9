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
        let faults = frame.faults.map { Words.leftOut($0)[language].printable }
        let said = frame.error.map { [$0.printable] } ?? frame.observations.map(fact) + faults
        return Words.verdict(frame.verdict, said.joined(separator: ", "))[language]
    }

    private func fact(_ fact: FrameReport.Fact) -> String {
        let about = fact.about.map { "\($0): " } ?? ""
        let heed = fact.heed.flatMap(Words.note).map { " (\($0[language]))" } ?? ""
        return "\(about)\(fact.kind.rawValue) \(ValueText.text(fact.value))\(heed)".printable
    }
}
