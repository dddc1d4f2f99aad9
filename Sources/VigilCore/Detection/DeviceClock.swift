/// What a device's claims of time are worth: how far its clock is from the engine's time, as far as arrivals tell.
///
/// Nothing arrives before it happened, so the smallest difference between arrival and claim is the nearest to the clock's own. Only the
/// recent ones count, so that a clock may drift or be set: the smallest of this window of arrivals and of the one before it. Within its first
/// window a device has no such measure, and its claims are held against the box's clock where they could be true at all.
struct DeviceClock: Codable, Hashable, Sendable {
    static let lateAfter = EventTime.lateAfter
    /// Twice this long a clock that was set back, and is wrong still, has all it says told as late. One that drifts by less than a sixth of the
    /// time that passes never has.
    private static let window = Milliseconds.minutes(30)
    /// Two clocks that are right differ by less.
    private static let agreement = Milliseconds.minutes(1)
    /// No device keeps a message for longer: a clock that is further behind is wrong, or was never set.
    private static let longestKept = Milliseconds.hours(24 * 31)

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

    /// How long before its arrival it happened; zero for what no clock can tell.
    func lag(of claim: EventTime, at time: EngineTime, by clock: ClockReading) -> Milliseconds {
        let age = Milliseconds(saturatingDifference(clock.wall(at: time).rawValue, claim.rawValue))
        guard let smallestBefore else {
            // Nothing was measured yet: a clock that is a little behind is more likely than a message that is.
            return clock.isTrusted && age > Self.lateAfter && age <= Self.longestKept ? age : .zero
        }
        let lag = Self.difference(claim, time) - min(smallest, smallestBefore)
        guard lag > Self.lateAfter else { return lag }
        // One that names this very moment was put right, whatever it said before.
        let isPutRight = clock.isTrusted && age <= Self.agreement && age >= .zero - Self.agreement
        return isPutRight || lag > Self.longestKept ? .zero : lag
    }
}
