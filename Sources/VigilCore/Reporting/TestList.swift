/// What calls for help and was not tried out for too long: buttons, bands, pull cords, smoke detectors.
///
/// A device is on it by `test_every` of its own, by the cadence of its class, or because it was tested once. First come those that were never
/// tested, in the registry's order, then those that are overdue, then the others; of both the one whose test is longest ago first.
public struct TestList: Hashable, Codable, Sendable {
    /// A device that is to be tried out.
    public struct Entry: Hashable, Codable, Sendable {
        public var device: DeviceID
        /// Words for people; empty where the registry has none.
        public var name: String
        /// The flat, as people say it; nil where it stands in none.
        public var place: String?
        /// Those who wear it, or live there.
        public var residents: [String]
        public var every: Milliseconds
        /// nil where it was never tested.
        public var testedAt: WallTime?
        public var way: DeviceTest.Way?
        public var isOverdue: Bool
        /// nil where it is not overdue, and where it was never tested.
        public var overdueSince: WallTime?

        enum CodingKeys: String, CodingKey {
            case device, name, place, residents
            case every = "every_ms"
            case testedAt = "tested_at"
            case way
            case isOverdue = "overdue"
            case overdueSince = "overdue_since"
        }
    }

    /// Which of them are asked for.
    public enum Selection: String, CaseIterable, Sendable {
        case overdue, all
    }

    public var madeAt: WallTime
    /// IANA name: the clock that people go by.
    public var timeZone: String
    public var community: String
    /// How many there are to be tried out, and how many of them are overdue.
    public var total: Int
    public var overdue: Int
    public var devices: [Entry]

    enum CodingKeys: String, CodingKey {
        case madeAt = "made_at"
        case timeZone = "time_zone"
        case community, total, overdue, devices
    }
}

extension TestList {
    /// - Parameter tests: the last of each device.
    public init(
        registry: Registry, rules: RuleSet, tests: [DeviceAddress: DeviceTest], clock: ClockReading, madeAt: WallTime,
        _ selection: Selection = .overdue
    ) {
        let household = Household(registry)
        let all = household.bound.compactMap { bound in
            let test = tests[bound.device.address]
            return Self.cadence(of: bound.device, rules, wasTested: test != nil).map { every in
                Entry(bound, household, every: every, test, clock, madeAt)
            }
        }
        self.madeAt = madeAt
        timeZone = rules.timeZone
        community = registry.community.name
        total = all.count
        overdue = all.count(where: \.isOverdue)
        // The place breaks every tie: those that were never tested stay in the registry's order.
        let ranked = all.enumerated().sorted { Self.rank($0.element, $0.offset) < Self.rank($1.element, $1.offset) }.map(\.element)
        devices = selection == .all ? ranked : ranked.filter(\.isOverdue)
    }

    /// Never tested, overdue, not overdue; within each the longest ago first.
    private static func rank(_ entry: Entry, _ place: Int) -> (Int, Int64, Int) {
        guard let testedAt = entry.testedAt else { return (0, 0, place) }
        return (entry.isOverdue ? 1 : 2, testedAt.rawValue, place)
    }

    /// nil where it is not to be tried out.
    static func cadence(of device: Device, _ rules: RuleSet, wasTested: Bool) -> Milliseconds? {
        let ofClass = rules.testCadences.first { $0.liveness == device.liveness }?.every
        let every = device.testEvery ?? ofClass ?? (wasTested ? TestCadence.usual : .zero)
        return every > .zero ? every : nil
    }
}

extension TestList.Entry {
    fileprivate init(
        _ bound: Household.Bound, _ household: Household, every: Milliseconds, _ test: DeviceTest?, _ clock: ClockReading,
        _ madeAt: WallTime
    ) {
        let due = test.map { clock.wall(at: $0.testedAt + every) }
        let isOverdue = due.map { $0 <= madeAt } ?? true
        self.init(
            device: bound.device.id, name: bound.device.name, place: bound.dwelling.map { household.name(of: $0) },
            residents: household.residents(of: .device(bound.device.id)).map(\.name), every: every,
            testedAt: test.map { clock.wall(at: $0.testedAt) }, way: test?.way, isOverdue: isOverdue,
            overdueSince: isOverdue ? due : nil)
    }
}
