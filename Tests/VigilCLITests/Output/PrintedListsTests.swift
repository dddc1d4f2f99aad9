import Testing
import VigilCore

@testable import vigil

/// The lists that are printed and carried about.
struct PrintedListsTests {
    private static let wide = String(repeating: "长", count: 60)
    private let number = "+86 (010) 5555-0142 #12"
    private let now = WallTime(1_763_800_000_000)
    private let clock = ClockReading(wallOffset: .zero, isTrusted: true)

    private var registry: Registry {
        let unit = VigilCore.Unit(id: "u1", name: "1", dwellings: [Dwelling(id: "d1", name: Self.wide)])
        let grid = Grid(id: "g1", name: Self.wide, buildings: [Building(id: "b1", name: "1", units: [unit])])
        return Registry(
            version: 7, community: Community(name: Self.wide, grids: [grid]),
            residents: [
                Resident(id: "r1", name: Self.wide, dwelling: "d1", contacts: ["c1"], risk: "high", phone: number),
                Resident(id: "r2", name: "李明\u{202E}", dwelling: "gone", risk: "high"),
            ],
            devices: [
                Device(
                    id: "b", address: DeviceAddress(dialect: "vigil", name: "b"), resident: "r1", liveness: .wearable, name: Self.wide),
                Device(id: "c", address: DeviceAddress(dialect: "vigil", name: "c"), resident: "r1", liveness: .wearable),
            ],
            contacts: [Contact(id: "c1", name: Self.wide, role: .family, methods: [], phone: number)])
    }

    private var rules: RuleSet {
        RuleSet(
            timeZone: "Asia/Shanghai", testCadences: [TestCadence(.wearable, every: .hours(168))],
            riskGroups: [RiskGroup("high", every: .hours(24))])
    }

    private func visits(day: CalendarDay? = nil) -> VisitList {
        let at = EngineTime(now.rawValue)
        let visit = Visit(resident: "r2", visitedAt: at - .hours(20), by: Actor(contact: "c1", via: "cli"), note: Self.wide)
        let blind = Blindness(resident: "r1", devices: ["b"], causes: [], since: at - .hours(3), isWhole: true)
        return VisitList(
            VisitList.Material(registry: registry, rules: rules, visits: ["r2": visit], blind: [blind], alerts: [], orders: []),
            clock: clock, madeAt: now, day: day)
    }

    private var tests: TestList {
        let test = DeviceTest(
            device: DeviceAddress(dialect: "vigil", name: "c"), testedAt: EngineTime(now.rawValue) - .hours(24 * 8), way: .drill)
        return TestList(registry: registry, rules: rules, tests: [test.device: test], clock: clock, madeAt: now)
    }

    @Test("no line is wider than 80 columns, and a number is never cut", arguments: Language.allCases)
    func width(language: Language) {
        let visits = VisitListText(language, timeZone: "Asia/Shanghai").text(visits())
        let tests = TestListText(language, timeZone: "Asia/Shanghai").text(tests)

        let lines = (visits + "\n" + tests).split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { TextTable.width(of: $0) <= 80 }, "\(lines.filter { TextTable.width(of: $0) > 80 })")
        #expect(lines.filter { $0.hasSuffix(number) }.count == 2)
        #expect(!visits.contains("\u{202E}"))
    }

    @Test("whose visit is due later today is told when, and whose flat is in no grid stands at the end")
    func later() {
        let text = VisitListText(.english, timeZone: "Asia/Shanghai").text(visits())

        #expect(text.contains("    - visit due by 2025-11-22 20:26"), "\(text)")
        #expect(text.contains("(in no grid)"))
        #expect(text.contains("    - a visit is due: there never was one"))
        #expect(text.hasSuffix("2 of 2: 1 blind, 0 unobserved, 2 due, 0 degraded, 0 with blue alerts; 0 away"))
    }

    @Test("a list of another day is told by how it will be then")
    func anotherDay() {
        let list = visits(day: CalendarDay(text: "2025-11-23"))

        #expect(VisitListText(.chinese, timeZone: "Asia/Shanghai").text(list).hasPrefix("走访清单 2025-11-23  长"))
    }
}
