/// What a device's claims of time are worth: how far its clock is from the engine's time, as far as arrivals tell.
///
/// Nothing arrives before it happened, so the smallest difference between arrival and claim is the nearest to the clock's own. Only the
/// recent ones count, so that a clock may drift or be set: the smallest of this window of arrivals and of the one before it. Within its first
/// window a device has no such measure, and its claims are held against the box's clock where they could be true at all.
struct DeviceClock: Codable, Hashable, Sendable {
    /// What arrives later than this is told as late (`promises.md`, B5).
    static let lateAfter = Milliseconds.minutes(10)
    /// Twice this long a clock that was set back, and is wrong still, has all it says told as late. One that drifts by less than a sixth of the
    /// time that passes never has.
    private static let window = Milliseconds.minutes(30)
    /// Two clocks that are right differ by less.
    private static let agreement = Milliseconds.minutes(1)
    /// 2020: whoever claims to be before it has no clock.
    private static let earliest = EventTime(1_577_836_800_000)

    private var windowBegan: EngineTime
    private var smallest: Milliseconds
    private var smallestBefore: Milliseconds?

    /// Begins with the first claim.
    init(_ claim: EventTime, at time: EngineTime) {
        windowBegan = time
        smallest = Self.difference(claim, time)
    }

    private static func difference(_ claim: EventTime, _ time: EngineTime) -> Milliseconds {
        Milliseconds(saturatingDifference(time.rawValue, claim.rawValue))
    }

    mutating func hear(_ claim: EventTime, at time: EngineTime) {
        let difference = Self.difference(claim, time)
        if time - windowBegan >= Self.window {
            smallestBefore = smallest
            smallest = difference
            windowBegan = time
        } else if difference < smallest {
            smallest = difference
        }
    }

    /// When it happened, where that was so long before its arrival that it is late; nil for what is told in time or by no clock.
    func happened(_ claim: EventTime, at time: EngineTime, by clock: ClockReading) -> EngineTime? {
        let wall = clock.wall(at: time)
        let age = Milliseconds(saturatingDifference(wall.rawValue, claim.rawValue))
        // It names this very moment: its clock was put right, whatever it said before.
        if clock.isTrusted, age <= Self.agreement, age >= .zero - Self.agreement { return nil }
        let lateness: Milliseconds
        if let smallestBefore {
            lateness = Self.difference(claim, time) - min(smallest, smallestBefore)
        } else {
            guard clock.isTrusted, claim.rawValue >= Self.earliest.rawValue else { return nil }
            lateness = age
        }
        return lateness > Self.lateAfter ? time - lateness : nil
    }
}
