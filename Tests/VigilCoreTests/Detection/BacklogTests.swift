import Testing
import VigilCore
import VigilTesting

/// Values that a device kept while its link was down, and tells at once within ten minutes (promises B5).
struct BacklogTests {
    private var script = EngineScript()

    /// The band has been heard for an hour, and its clock is known.
    private mutating func liveAnHour(offset: Milliseconds = .zero) {
        for _ in 0..<60 {
            tell(70, offset: offset)
            script.wait(.minutes(1))
        }
    }

    @discardableResult
    private mutating func tell(_ pulse: Int, ago: Milliseconds = .zero, offset: Milliseconds = .zero) -> [Finding] {
        script.tell("band1", "heart_rate_bpm=\(pulse)", ago: ago - offset).findings
    }

    @Test(
        "a value that was beyond its limit for long enough, told at once afterwards, rings, and ends by what was told last",
        arguments: [Milliseconds.zero, .hours(24 * 365), .minutes(-7)])
    mutating func catchesUp(offset: Milliseconds) {
        liveAnHour(offset: offset)
        script.wait(.minutes(5))

        let told = (0...6).flatMap { tell(130, ago: .minutes(5) - .seconds(10 * $0), offset: offset) }
        let ended = tell(70, offset: offset)

        #expect(told.map(\.change) == [.active])
        #expect(told.map(\.evidence.happenedAt) == [nil])
        #expect(ended.map(\.change) == [.cleared])
    }

    @Test("one that was beyond it for less is none")
    mutating func nearMiss() {
        liveAnHour()
        script.wait(.minutes(5))

        let told = (0...5).flatMap { tell(130, ago: .minutes(5) - .seconds(10 * $0)) }
        let calm = tell(70, ago: .minutes(5) - .seconds(59))

        #expect(told.isEmpty && calm.isEmpty)
        #expect(script.wait(.minutes(5)).findings.isEmpty)
    }

    @Test("what was beyond until the next word, kept as well, was so for long enough: it rings, and has ended")
    mutating func untilTheNextWord() {
        liveAnHour()
        script.wait(.minutes(5))
        tell(130, ago: .minutes(5))

        let told = tell(70, ago: .minutes(4))

        #expect(told.map(\.change) == [.active, .cleared])
    }

    @Test("one that came down between does not count as a whole")
    mutating func broken() {
        liveAnHour()
        script.wait(.minutes(5))

        let told = (0...8).flatMap { tell($0 == 4 ? 70 : 130, ago: .minutes(5) - .seconds(10 * $0)) }

        #expect(told.isEmpty)
    }

    @Test(
        "a clock that is set while a value is beyond its limit makes no time pass", arguments: [Milliseconds.minutes(5), .minutes(-5)])
    mutating func clockIsSet(step: Milliseconds) {
        liveAnHour(offset: .minutes(2))
        tell(130, offset: .minutes(2))
        script.wait(.seconds(10))

        let told = (0..<3).flatMap { _ in
            script.wait(.seconds(10))
            return tell(130, offset: .minutes(2) + step)
        }

        #expect(told.isEmpty)
    }

    @Test("an outage between two values that were told in time does not count")
    mutating func outage() {
        liveAnHour()
        tell(130)
        script.apply(.health(Health(.source("home"), .down)))
        script.wait(.minutes(5))
        script.apply(.health(Health(.source("home"), .up)))

        #expect(tell(130).isEmpty)
    }
}
