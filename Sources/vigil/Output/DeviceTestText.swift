import VigilConsole
import VigilCore

/// What came of a walk or press test, in words.
struct DeviceTestText {
    private let language: Language
    private let clock: LocalClock

    init(_ language: Language, timeZone: String) {
        self.language = language
        clock = LocalClock(zone: timeZone)
    }

    func text(_ answer: TestDeviceCommand.Answer, for length: String) -> String {
        guard answer.frames.isEmpty else {
            let text = FrameText(language: language, clock: clock)
            return ([Words.testHeard(answer.device.rawValue)[language]] + answer.frames.reversed().flatMap(text.lines)).joined(
                separator: "\n")
        }
        let silent = Words.testSilent(answer.device.rawValue, for: length)[language]
        guard !answer.others.isEmpty else { return "\(silent)\n\(Words.nobodySpoke[language])" }
        let others = answer.others.map { other in
            "  \(other.dialect):\(other.address)  \(other.device?.rawValue ?? Words.unregistered[language])  \(other.frames)"
        }
        return ([silent, Words.othersSpoke[language]] + others).joined(separator: "\n")
    }
}
