import ArgumentParser
import Foundation
import VigilCore

/// A time that somebody types, by this machine's clock and zone: `2h` from now, `18:00` the next time that it is, `2026-12-01 18:00`.
struct Moment: ExpressibleByArgument {
    let time: WallTime

    init?(argument: String) { self.init(argument, now: LocalClock.now, zone: TimeZone.current.identifier) }

    /// - Parameter zone: IANA name.
    init?(_ text: String, now: WallTime, zone: String) {
        if let length = Milliseconds(text: text) {
            time = WallTime(now.rawValue + min(length.rawValue, Self.farthest))
        } else if let moment = LocalMoment(text: text) {
            time = moment.instant(zone: zone)
        } else if let clock = TimeOfDay(text: text) {
            let today = LocalMoment(at: now, zone: zone).day
            let first = LocalMoment(today, minutes: clock.rawValue).instant(zone: zone)
            time = first > now ? first : LocalMoment(today + 1, minutes: clock.rawValue).instant(zone: zone)
        } else {
            return nil
        }
    }

    // Further than anybody plans, and nothing overflows.
    private static let farthest: Int64 = 100 * 366 * 86_400_000
}
