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
            let name = answer.device.rawValue
            let head = answer.heard ? Words.testHeard(name) : Words.testNotTaken(name)
            let heard = [head[language]] + answer.frames.reversed().flatMap(text.lines)
            return (heard + late(answer.frames)).joined(separator: "\n")
        }
        let silent = Words.testSilent(answer.device.rawValue, for: length)[language]
        guard !answer.others.isEmpty else { return "\(silent)\n\(Words.nobodySpoke[language])" }
        let others = answer.others.map { other in
            "  \(other.dialect):\(other.address)  \(other.device?.rawValue ?? Words.unregistered[language])  \(other.frames)"
        }
        return ([silent, Words.othersSpoke[language]] + others).joined(separator: "\n")
    }

    /// A call that claims to be old is told as one that arrived late, and is no drill.
    private func late(_ frames: [FrameReport]) -> [String] {
        let claims = frames.flatMap { frame in
            frame.observations.filter { $0.kind.isCall && $0.value.isTrue }.compactMap { fact in
                fact.claimedAt.flatMap { $0.isLate(arrivingAt: frame.at) ? WallTime($0.rawValue) : nil }
            }
        }
        return claims.min().map { [Words.testLate(clock.text($0))[language]] } ?? []
    }
}
