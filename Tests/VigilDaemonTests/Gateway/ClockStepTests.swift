import Testing
import VigilCore
import VigilIngest
import VigilStore
import VigilTesting

@testable import VigilDaemon

/// Steps of the wall and reboots (`alert-lifecycle.md`, section 7, point 5; promises.md, 7): two lives of the real gateway on one store.
@Suite struct ClockStepTests {
    private static let years = Milliseconds.hours(10 * 8766)

    /// How the box comes back, an hour after it went.
    enum Return: CaseIterable, Sendable {
        case sameBoot, sameBootWallAhead, sameBootWallBehind
        case reboot, rebootWallAhead, rebootWallBehind, reboot1970

        static let down = Milliseconds.hours(1)

        func moment(after house: GatewayHouse) -> GatewayHouse.Moment {
            let wall = house.wallNow.rawValue + Self.down.rawValue
            let boot = house.now.rawValue + Self.down.rawValue
            return switch self {
            case .sameBoot: .init(boot: boot, wall: wall)
            case .sameBootWallAhead: .init(boot: boot, wall: wall + years.rawValue)
            case .sameBootWallBehind: .init(boot: boot, wall: wall - years.rawValue)
            case .reboot: .init(bootID: "c", boot: 7, wall: wall)
            case .rebootWallAhead: .init(bootID: "c", boot: 7, wall: wall + years.rawValue)
            case .rebootWallBehind: .init(bootID: "c", boot: 7, wall: wall - years.rawValue)
            case .reboot1970: .init(bootID: "c", boot: 7, wall: 12_345)
            }
        }

        /// What is known of the time that nobody listened.
        var gap: Milliseconds {
            switch self {
            case .sameBoot, .sameBootWallAhead, .sameBootWallBehind, .reboot: Self.down
            case .rebootWallAhead: Self.down + years
            case .rebootWallBehind, .reboot1970: .zero
            }
        }

        var isTrusted: Bool { ![.sameBootWallBehind, .rebootWallBehind, .reboot1970].contains(self) }
    }

    /// A first life: everybody moved, then silence for six of the twelve hours; a call for help whose next step is still to come.
    private func firstLife(_ during: (GatewayHouse) -> Void = { _ in }) throws -> GatewayHouse {
        let house = try GatewayHouse()
        house.hear(.connected(isResumed: false))
        house.say([("motion1", "motion=true"), ("motion2", "motion=true")], lastRead: 2)
        during(house)
        listen(house, .hours(6))
        house.say([("button2", "sos=true")], lastRead: 3)
        return house
    }

    /// Time passes, and the source is heard all along.
    private func listen(_ house: GatewayHouse, _ length: Milliseconds) {
        let piece = Milliseconds.minutes(10)
        for _ in 0..<(length.rawValue / piece.rawValue) {
            house.pass(piece)
            house.hear(.heard(until: house.now))
        }
    }

    private func absences(_ house: GatewayHouse) async throws -> [Alert] {
        try await house.alerts().filter { $0.key.kind == "absence" && $0.key.subject == .resident("r1") }
    }

    private func endOfTime(_ house: GatewayHouse) async throws -> EngineTime {
        try #require(try await house.store.reader.journal(limit: .max).map(\.at).max())
    }

    @Test(
        "however the box comes back, engine time goes on and never goes back, by what is known of the gap", arguments: Return.allCases)
    func engineTime(_ way: Return) async throws {
        let first = try firstLife()
        let last = try await endOfTime(first)
        let moment = way.moment(after: first)

        let second = try GatewayHouse(in: try first.end(), at: moment)

        #expect(second.start?.gap == way.gap)
        #expect(second.start?.clock.isTrusted == way.isTrusted)
        let rows = try await second.store.reader.journal(limit: .max)
        let started = rows.last { if case .started = $0.input { true } else { false } }
        #expect(started?.at == last + way.gap)
        #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.at <= $1.at })
        #expect(second.start?.clock.wall(at: last + way.gap) == WallTime(moment.wall))
        second.stop()
    }

    @Test(
        "however the box comes back, no absence is raised by it, and the one that is true comes when it is due",
        arguments: Return.allCases)
    func absence(_ way: Return) async throws {
        let first = try firstLife()
        let moment = way.moment(after: first)
        let second = try GatewayHouse(in: try first.end(), at: moment)
        second.hear(.connected(isResumed: true))

        // Six hours of silence were heard before; the rest is heard here.
        listen(second, .hours(5) + .minutes(50))
        #expect(try await absences(second).isEmpty)
        listen(second, .minutes(20))
        #expect(try await absences(second).map(\.occurrences) == [1])
        second.stop()
    }

    @Test(
        "an escalation that became due while the box was down goes on at once; one that did not is not lost", arguments: Return.allCases
    )
    func escalation(_ way: Return) async throws {
        let first = try firstLife()
        let moment = way.moment(after: first)
        let second = try GatewayHouse(in: try first.end(), at: moment)

        let told = second.submitted.value.filter { $0.alert == "sos-r2-1" }.map(\.contact)
        #expect(told.contains("second") == (way.gap > .zero))
        second.pass(.minutes(1))
        #expect(second.submitted.value.contains { $0.alert == "sos-r2-1" && $0.contact == "second" })
        second.stop()
    }

    @Test("a wall that steps ten years at work decides nothing, and is journaled for the labels", arguments: [years, .zero - years])
    func stepAtWork(_ step: Milliseconds) async throws {
        let house = try firstLife { $0.stepWall(by: step) }
        house.pass(.seconds(1))

        #expect(try await absences(house).isEmpty)
        let rows = try await house.store.reader.journal(limit: .max)
        let readings = rows.compactMap { if case .clock(let reading) = $0.input { reading } else { nil } }
        #expect(readings.map(\.wallOffset) == [step])
        #expect(readings.map(\.isTrusted) == [step > .zero])
        #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.at <= $1.at })
        let entry = try await house.store.reader.alert("sos-r2-1")?.timeline.first
        #expect(entry.map { Milliseconds($0.wall.rawValue) - Milliseconds($0.at.rawValue) } == step)
        listen(house, .hours(6) + .minutes(10))
        #expect(try await absences(house).map(\.occurrences) == [1])
        house.stop()
    }

    @Test("a clock that is set right at work is no gap at the next boot", arguments: [years, .zero - years])
    func stepThenReboot(_ step: Milliseconds) throws {
        let first = try firstLife { $0.stepWall(by: step) }
        let moment = GatewayHouse.Moment(bootID: "c", boot: 7, wall: first.wallNow.rawValue + Return.down.rawValue)

        let second = try GatewayHouse(in: try first.end(), at: moment)

        // After a step back nobody knows whether it was right before or is right now.
        #expect(second.start?.gap == (step > .zero ? Return.down : .zero))
        second.stop()
    }

    @Test("a box that began in 1970 and was set right is not taken to have slept since then")
    func beganIn1970() throws {
        let first = try GatewayHouse(at: GatewayHouse.Moment(wall: 12_345))
        #expect(first.start?.clock.isTrusted == false)
        first.hear(.connected(isResumed: false))
        first.say([("button2", "sos=true")], lastRead: 1)

        let second = try GatewayHouse(in: try first.end(), at: GatewayHouse.Moment(bootID: "c", boot: 7))

        #expect(second.start?.gap == .zero)
        #expect(second.start?.clock.isTrusted == true)
        second.stop()
    }
}
