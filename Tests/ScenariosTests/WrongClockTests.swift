import Testing
import VigilCore
import VigilTesting

/// Two days of a community whose devices' clocks are wrong in every way make the alerts of one whose devices know no time
/// (promises.md, B13 and C3).
struct WrongClockTests {
    /// How far a clock is off after so much of the life.
    enum Fault: String, CaseIterable, CustomTestStringConvertible {
        case right, never_set, year_ahead, year_behind, ten_years_ahead, ten_years_behind, hours_ahead, hours_behind, second_ahead
        case drifts_fast, drifts_slow
        case loses_time_at_noon, set_right_at_noon, set_ahead_at_noon, set_back_at_noon, set_back_a_little_at_noon

        var testDescription: String { rawValue }

        func offset(after passed: Milliseconds) -> Milliseconds {
            let isMorning = passed < .hours(12)
            return switch self {
            case .right: .zero
            case .never_set: Milliseconds(-EngineScript.origin.rawValue) + passed
            case .year_ahead: .hours(365 * 24)
            case .year_behind: .hours(-365 * 24)
            case .ten_years_ahead: .hours(3650 * 24)
            case .ten_years_behind: .hours(-3650 * 24)
            case .hours_ahead: .hours(5)
            case .hours_behind: .hours(-5)
            case .second_ahead: .seconds(1)
            // Half a minute in an hour: worse than any quartz.
            case .drifts_fast: Milliseconds(passed.rawValue / 120)
            case .drifts_slow: Milliseconds(-passed.rawValue / 120)
            case .loses_time_at_noon: isMorning ? .zero : Milliseconds(-EngineScript.origin.rawValue)
            case .set_right_at_noon: isMorning ? .hours(-300) : .zero
            case .set_ahead_at_noon: isMorning ? .zero : .hours(3)
            case .set_back_at_noon: isMorning ? .zero : .hours(-3)
            case .set_back_a_little_at_noon: isMorning ? .zero : .minutes(-2)
            }
        }
    }

    /// What the box believes of its own clock.
    enum Box: String, CaseIterable, CustomTestStringConvertible {
        case right, doubtful, year_ahead, stepped_at_noon

        var testDescription: String { rawValue }

        func reading(after passed: Milliseconds) -> ClockReading {
            switch self {
            case .right: EngineScript.clock
            case .doubtful: ClockReading(wallOffset: Milliseconds(-EngineScript.origin.rawValue), isTrusted: false)
            case .year_ahead: ClockReading(wallOffset: .hours(365 * 24), isTrusted: true)
            case .stepped_at_noon: ClockReading(wallOffset: passed < .hours(12) ? .hours(-2) : .zero, isTrusted: true)
            }
        }
    }

    @Test("the alerts are those of devices without a clock: none is missed, none is made up", arguments: Fault.allCases, Box.allCases)
    func alerts(fault: Fault, box: Box) {
        let expected = Self.live(nil, .right)

        let script = Self.live(fault, box)

        #expect(Self.outcomes(script) == Self.outcomes(expected))
        #expect(Self.outcomes(expected).count == 9)
    }

    @Test("what is told in time by a clock whose error is steady is never late", arguments: steady, Box.allCases)
    func neverLate(fault: Fault, box: Box) {
        let late = Self.live(fault, box).effects.count { $0.name == "late" }

        #expect(late == 0)
    }

    /// Off by an amount that no late message could explain, or by next to nothing. A new clock that is hours behind passes for a right one
    /// that tells of the past, until it was heard for half an hour.
    private static let steady: [Fault] = [
        .right, .never_set, .year_ahead, .year_behind, .ten_years_ahead, .ten_years_behind, .hours_ahead, .second_ahead, .drifts_fast,
        .drifts_slow,
    ]

    // MARK: The life

    private static func outcomes(_ script: EngineScript) -> [String] {
        script.alerts.map { alert in
            "\(alert.id) \(alert.raisedAt.rawValue) \(alert.severity) \(alert.condition) \(alert.state) \(alert.occurrences)"
        }
    }

    /// - Parameter fault: of every device's clock; nil for devices that say no time.
    private static func live(_ fault: Fault?, _ box: Box) -> EngineScript {
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.apply(.clock(box.reading(after: .zero)))
        for minute in 0..<(48 * 60) {
            let words = said(minute)
            guard minute == 12 * 60 || !words.isEmpty else { continue }
            let passed = Milliseconds.minutes(Int64(minute))
            script.wait(EngineScript.origin + passed - script.time)
            if minute == 12 * 60 { script.apply(.clock(box.reading(after: passed))) }
            for (device, payload) in words {
                let claim = fault.map { "t=\((script.time + $0.offset(after: passed)).rawValue) " } ?? ""
                script.say(device, claim + payload)
            }
        }
        script.wait(.hours(1))
        return script
    }

    /// What devices say in a minute: ordinary reports through both days, and what happens.
    private static func said(_ minute: Int) -> [(device: String, payload: String)] {
        var words: [(String, String)] = []
        if minute % 10 == 0 {
            words += [
                ("band1", "worn=true heart_rate_bpm=\(70 + minute % 7)"), ("band2", "worn=true"), ("watch1", "battery_percent=90"),
            ]
        }
        if minute % 60 == 0 { words += [("smoke1", "smoke=false gas=false"), ("button1", "battery_percent=77")] }
        // The second resident is not seen in the second half of the first day.
        let isSeen = minute < 15 * 60 || minute > 28 * 60
        if minute % 120 == 30 { words += [("motion1", "motion=true")] + (isSeen ? [("motion2", "motion=true")] : []) }
        if minute % 120 == 33 { words += [("motion1", "motion=false")] + (isSeen ? [("motion2", "motion=false")] : []) }
        return words + (events[minute] ?? [])
    }

    private static let events: [Int: [(String, String)]] = [
        // The first words of a device are a call for help.
        0: [("button2", "sos=true")],
        7: [("watch2", "fall=true"), ("watch2", "cancel=true")],
        11 * 60 + 2: [("smoke1", "smoke=true")],
        11 * 60 + 9: [("smoke1", "smoke=false")],
        12 * 60 + 1: [("button1", "sos=true")],
        12 * 60 + 2: [("level/band2", "fall=true")],
        12 * 60 + 3: [("smoke1", "gas=true")],
        12 * 60 + 4: [("smoke1", "gas=false"), ("watch1", "fall=true"), ("watch1", "cancel=true")],
        30 * 60 + 1: [("band1", "heart_rate_bpm=140")],
        30 * 60 + 3: [("band1", "heart_rate_bpm=141")],
    ]

    private static var rules: RuleSet {
        var rules = SmallCommunity.rules()
        // Liveness is judged by arrival alone, and its alerts would hide the others here.
        rules.rules.removeAll { $0.id == "silence" }
        // Whom it is told is another matter.
        for index in rules.policies.indices {
            rules.policies[index].repeatEvery = nil
            rules.policies[index].steps = []
        }
        return rules
    }
}
