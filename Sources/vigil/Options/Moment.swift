import ArgumentParser
import VigilCore

/// A time that somebody types: `2h` from now, `18:00` the next time that it is, `2026-12-01 18:00`.
enum Moment: ExpressibleByArgument {
    case after(Milliseconds)
    case day(LocalMoment)
    case clock(TimeOfDay)

    init?(argument: String) {
        if let length = Milliseconds(text: argument) {
            self = .after(length)
        } else if let moment = LocalMoment(text: argument) {
            self = .day(moment)
        } else if let clock = TimeOfDay(text: argument) {
            self = .clock(clock)
        } else {
            return nil
        }
    }

    /// - Parameter zone: IANA name, asked for where a clock was read.
    func time(now: WallTime, zone: () throws -> String) rethrows -> WallTime {
        switch self {
        case .after(let length): return WallTime(now.rawValue + min(length.rawValue, Self.farthest))
        case .day(let moment): return moment.instant(zone: try zone())
        case .clock(let clock):
            let zone = try zone()
            let today = LocalMoment(at: now, zone: zone).day
            let first = LocalMoment(today, minutes: clock.rawValue).instant(zone: zone)
            return first > now ? first : LocalMoment(today + 1, minutes: clock.rawValue).instant(zone: zone)
        }
    }

    // Further than anybody plans, and nothing overflows.
    private static let farthest: Int64 = 100 * 366 * 86_400_000
}
