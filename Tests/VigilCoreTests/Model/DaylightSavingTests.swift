import Foundation
import Testing

@testable import VigilCore

/// Twenty years of every edge of daylight saving (promises C4; alert-lifecycle, 7).
struct DaylightSavingTests {
    private static let zones = ["Europe/Berlin", "America/New_York", "Asia/Shanghai"]
    private static let first = Date(timeIntervalSince1970: 1_735_689_600)  // 2025-01-01
    private static let last = Date(timeIntervalSince1970: 2_366_841_600)  // 2045-01-01

    /// Every quarter of an hour begins a shift of its own; also with ends inside the hours that are repeated or left out.
    private func roster(_ zone: String, minutes: Int) -> Roster {
        let shifts = stride(from: 0, to: 1440, by: minutes).map { begin in
            Roster.Shift(
                from: TimeOfDay(rawValue: begin), to: TimeOfDay(rawValue: min(begin + minutes, 1440)),
                contacts: [ContactID("c\(begin)")])
        }
        return Roster(id: "duty", timeZone: zone, shifts: shifts)
    }

    private func edges(_ name: String) throws -> [WallTime] {
        let zone = try #require(TimeZone(identifier: name))
        var edges: [WallTime] = []
        var date = Self.first
        while let next = zone.nextDaylightSavingTimeTransition(after: date), next < Self.last {
            edges.append(WallTime(Int64(next.timeIntervalSince1970 * 1000)))
            date = next
        }
        return edges
    }

    @Test("there are edges to look at, and none in Shanghai")
    func edgesAreFound() throws {
        #expect(try Self.zones.map { try edges($0).count } == [40, 40, 0])
    }

    @Test("no edge opens a hole, and nobody stands twice or beside the next", arguments: zones, [15, 45, 60, 480, 1440])
    func noHoleAndNoShiftTwice(zone: String, minutes: Int) throws {
        let roster = roster(zone, minutes: minutes)
        // Where a zone has no edges, any night will do.
        let edges = try edges(zone)
        for edge in edges.isEmpty ? [WallTime(Int64(Self.first.timeIntervalSince1970 * 1000))] : edges {
            let day = LocalTime.moment(at: WallTime(edge.rawValue - 21_600_000), zone: zone).day
            let plan = DutyPlan(roster, from: day, days: 2)
            var turns: [ContactID] = []
            for minute in -360...360 {
                for offset: Int64 in [0, -1] {
                    let time = WallTime(edge.rawValue + Int64(minute) * 60_000 + offset)
                    let standing = plan.contacts(at: time)
                    #expect(standing.count == 1, "\(zone) \(LocalTime.moment(at: time, zone: zone).text): \(standing)")
                    if offset == 0, let one = standing.first, turns.last != one { turns.append(one) }
                }
            }
            #expect(turns.count == Set(turns).count, "\(zone) \(edge.rawValue): somebody came back")
        }
    }

    @Test("asked at one instant, the roster says what it says of the whole night", arguments: zones)
    func oneInstant(zone: String) throws {
        let roster = roster(zone, minutes: 480)
        for edge in try edges(zone) {
            let day = LocalTime.moment(at: WallTime(edge.rawValue - 21_600_000), zone: zone).day
            let plan = DutyPlan(roster, from: day, days: 2)
            for minute in stride(from: -360, through: 360, by: 20) {
                let time = WallTime(edge.rawValue + Int64(minute) * 60_000)
                #expect(roster.contactsOnDuty(at: time) == plan.contacts(at: time))
            }
        }
    }

    @Test("nobody is foreseen to be missing over an edge", arguments: zones)
    func noGapForeseen(zone: String) throws {
        let roster = roster(zone, minutes: 90)
        for edge in try edges(zone) {
            #expect(roster.gap(from: WallTime(edge.rawValue - 86_400_000)) { _ in true } == nil)
        }
    }

    @Test("quiet hours begin and end once, whatever the clock does in between", arguments: zones)
    func quietHours(zone: String) throws {
        for (from, to) in [("22:00", "07:00"), ("01:30", "02:30"), ("02:15", "02:45")] {
            let quiet = QuietHours(
                from: try #require(TimeOfDay(text: from)), to: try #require(TimeOfDay(text: to)), timeZone: zone)
            for edge in try edges(zone) {
                let isQuiet = stride(from: -720, through: 720, by: 5).map { minute in
                    quiet.end(at: WallTime(edge.rawValue + Int64(minute) * 60_000), zone: "UTC") != nil
                }
                let changes = zip(isQuiet, isQuiet.dropFirst()).count { $0 != $1 }
                #expect(changes <= 2, "\(zone) \(from)-\(to) at \(edge.rawValue)")
            }
        }
    }
}
