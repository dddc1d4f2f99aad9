import Testing

@testable import VigilCore

struct DeviceClockTests {
    private static let start = EngineTime(1_763_800_000_000)
    private static let trusted = ClockReading(wallOffset: .zero, isTrusted: true)

    /// A device's clock that is off, heard each minute.
    private struct Life {
        var clock: DeviceClock?
        var time = DeviceClockTests.start
        var box = DeviceClockTests.trusted

        /// What happened so long ago is told now; by how much it is late, nil for what is in time.
        mutating func hear(offset: Milliseconds, ago: Milliseconds = .zero) -> Milliseconds? {
            let claim = EventTime((time + offset - ago).rawValue)
            if clock == nil { clock = DeviceClock(claim, at: time) } else { clock?.hear(claim, at: time) }
            let lag = clock?.lag(of: claim, at: time, by: box) ?? .zero
            return lag > DeviceClock.lateAfter ? lag : nil
        }

        mutating func pass(_ length: Milliseconds = .minutes(1)) { time = time + length }

        /// Two hours of reports in time; returns how many of them counted as late.
        mutating func live(offset: Milliseconds) -> Int {
            (0..<120).count { _ in
                pass()
                return hear(offset: offset) != nil
            }
        }
    }

    private static let wrong: [Milliseconds] = [
        .zero, .hours(365 * 24), .hours(-1000 * 24), .minutes(-20), .minutes(20), Milliseconds(-start.rawValue),
    ]

    @Test(
        "what a wrong clock says in time is never late, once it was heard for a while, and what is late by it is (promises B13)",
        arguments: wrong)
    func wrongClock(offset: Milliseconds) {
        var life = Life()
        _ = life.live(offset: offset)

        #expect(life.live(offset: offset) == 0)
        #expect(life.hear(offset: offset, ago: .minutes(11)) == .minutes(11))
        #expect(life.hear(offset: offset, ago: .minutes(9)) == nil)
        #expect(life.hear(offset: offset) == nil)
    }

    @Test(
        "a clock that is ahead, or that was never set, has no first message that is late",
        arguments: [Milliseconds.hours(365 * 24), .minutes(20), Milliseconds(-start.rawValue)])
    func noClock(offset: Milliseconds) {
        var life = Life()

        #expect(life.hear(offset: offset) == nil)
        #expect(life.live(offset: offset) == 0)
    }

    @Test("a device of which nothing is known is held against the box's clock, where that is to be believed")
    func firstMessages() {
        var life = Life()
        let burst = [180, 120, 60, 5].map { life.hear(offset: .zero, ago: .minutes($0)) }
        var doubtful = Life(box: ClockReading(wallOffset: .zero, isTrusted: false))

        #expect(burst == [.minutes(180), .minutes(120), .minutes(60), nil])
        #expect(doubtful.hear(offset: .zero, ago: .hours(3)) == nil)
    }

    @Test("what a device kept while it was away is late, however long that was and whatever its clock says", arguments: wrong)
    func away(offset: Milliseconds) {
        var life = Life()
        _ = life.live(offset: offset)
        life.pass(.hours(50))

        let burst = [3000, 600, 60, 11, 2].map { life.hear(offset: offset, ago: .minutes($0)) }

        #expect(burst == [.minutes(3000), .minutes(600), .minutes(60), .minutes(11), nil])
        #expect(life.live(offset: offset) == 0)
    }

    @Test("a clock that drifts, slow or fast, is never late (promises B13)", arguments: [-100, -10, 10, 100])
    func drift(perMille: Int64) {
        var life = Life()
        var offset = Milliseconds.zero
        var late = 0

        for _ in 0..<5000 {
            life.pass()
            offset = offset + Milliseconds(60 * perMille)
            if life.hear(offset: offset) != nil { late += 1 }
        }

        // Within its first window a slow clock is taken for one that is right.
        #expect(late == 0)
    }

    @Test("a clock that is put right is believed at once, from whichever side", arguments: [Milliseconds.hours(300), .hours(-300)])
    func putRight(before: Milliseconds) {
        var life = Life()
        _ = life.live(offset: before)

        #expect(life.live(offset: .zero) == 0)
    }

    @Test("a clock that is set back and stays wrong has what it says told as late for an hour, and no longer")
    func setBack() {
        var life = Life()
        _ = life.live(offset: .hours(5))

        let first = life.live(offset: .hours(3))

        #expect((1...60).contains(first))
        #expect(life.live(offset: .hours(3)) == 0)
    }

    @Test(
        "a clock that loses its time altogether was set, and what it says is not late by years",
        arguments: [Milliseconds(-start.rawValue), .hours(-365 * 24), .hours(-32 * 24)], [Milliseconds.zero, .minutes(20)])
    func lostTime(after: Milliseconds, before: Milliseconds) {
        var life = Life()
        _ = life.live(offset: before)

        #expect(life.live(offset: after) == 0)
    }

    @Test("a clock that is behind by more than anybody keeps a message for is wrong from its first word on")
    func behind() {
        var life = Life()

        #expect(life.live(offset: .hours(-365 * 24)) == 0)
    }

    @Test(
        "one claim that is beyond belief does not make those after it late",
        arguments: [Milliseconds.hours(24 * 365), .hours(-24 * 365)])
    func oneWrongClaim(offset: Milliseconds) {
        var life = Life()
        _ = life.live(offset: .minutes(-20))
        _ = life.hear(offset: offset)

        #expect(life.live(offset: .minutes(-20)) == 0)
    }

    @Test("a step of the box's own clock makes nothing late", arguments: [Milliseconds.hours(8000), .hours(-8000)])
    func boxSteps(step: Milliseconds) {
        var life = Life()
        _ = life.live(offset: .zero)
        life.box.wallOffset = step

        #expect(life.live(offset: .zero) == 0)
    }
}
