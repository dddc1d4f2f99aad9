import Testing
import VigilCore
import VigilTesting

struct VisitListTests {
    /// 2025-11-22 16:26:40 in Shanghai.
    private static let now = EngineScript.origin
    private static let hour = Milliseconds.hours(1)

    /// Residents `r1`, `r2`, … in flats of their own, one for each risk group given.
    private func material(_ risks: [RiskGroupID?], visited: [Int64?] = []) -> VisitList.Material {
        let flats = risks.indices.map { Dwelling(id: DwellingID("d\($0 + 1)"), name: "1-1-\($0 + 1)") }
        let building = Building(id: "b1", name: "1", units: [VigilCore.Unit(id: "u1", name: "1", dwellings: flats)])
        let residents = risks.enumerated().map { index, risk in
            Resident(
                id: ResidentID("r\(index + 1)"), name: "Name \(index + 1)", dwelling: flats[index].id, contacts: ["son", "officer"],
                risk: risk)
        }
        var rules = SmallCommunity.rules()
        rules.riskGroups = [
            RiskGroup("high", every: .hours(24)), RiskGroup("medium", every: .hours(72)), RiskGroup("low", every: .hours(168)),
        ]
        let visits = visited.enumerated().compactMap { index, hours in
            hours.map {
                Visit(resident: residents[index].id, visitedAt: Self.now - .hours($0), by: Actor(contact: "officer", via: "cli"))
            }
        }
        return VisitList.Material(
            registry: Registry(
                version: 1, community: Community(name: "Riverside", grids: [Grid(id: "g1", name: "First", buildings: [building])]),
                residents: residents, contacts: SmallCommunity.contacts),
            rules: rules, visits: Dictionary(uniqueKeysWithValues: visits.map { ($0.resident, $0) }), blind: [], alerts: [], orders: [])
    }

    private func blind(_ resident: ResidentID, hours: Int64, isWhole: Bool = true) -> Blindness {
        Blindness(resident: resident, devices: ["x"], causes: ["y"], since: Self.now - .hours(hours), isWhole: isWhole)
    }

    private func alert(_ id: AlertID, _ resident: ResidentID, hours: Int64, _ severity: Severity = .blue) -> Alert {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(2))
        var alert = script.alerts[0]
        alert.id = id
        alert.key = AlertKey(kind: "battery_low", subject: .resident(resident))
        alert.severity = severity
        alert.raisedAt = Self.now - .hours(hours)
        return alert
    }

    private func list(_ material: VisitList.Material, day: CalendarDay? = nil, grid: GridID? = nil) -> VisitList {
        VisitList(material, clock: EngineScript.clock, madeAt: WallTime(Self.now.rawValue), day: day, grid: grid)
    }

    private func order(_ list: VisitList) -> [ResidentID] { list.visits.map(\.resident.id) }

    @Test("blind comes before due, due before degraded, degraded before a blue alert; who has no reason is not listed")
    func reasons() {
        var material = material([nil, nil, "high", nil, nil], visited: [nil, nil, 30, nil, nil])
        material.alerts = [alert("battery-1", "r1", hours: 900)]
        material.blind = [blind("r4", hours: 1), blind("r2", hours: 900, isWhole: false)]

        let list = list(material)

        #expect(order(list) == ["r4", "r3", "r2", "r1"])
        #expect(list.visits.map { $0.reasons.map(\.what) } == [[.blind], [.due], [.degraded], [.alert]])
        #expect(list.visits.last?.reasons.first?.alert == "battery-1")
        #expect(list.total == 5 && list.away == 0)
    }

    @Test("among the blind the longest comes first, by the cadence of their risk group")
    func share() {
        // 5 h of a day are more than 20 h of a week.
        var material = material(["low", "high", nil], visited: [1000, 1, 1000])
        material.visits["r2"]?.visitedAt = Self.now - .hours(5)
        material.blind = [blind("r1", hours: 20), blind("r2", hours: 900), blind("r3", hours: 21)]

        #expect(order(list(material)) == ["r2", "r3", "r1"])
    }

    @Test("a visit begins a blind resident's time anew")
    func visitedWhileBlind() {
        var material = material([nil, nil], visited: [1, nil])
        material.blind = [blind("r1", hours: 50), blind("r2", hours: 2)]

        #expect(order(list(material)) == ["r2", "r1"])
    }

    @Test("who was never seen comes first among those who are due, the shorter cadence first, then who waits longest by theirs")
    func due() {
        let list = list(material(["low", "medium", "high", "low", "high"], visited: [400, 80, 30, nil, nil]))

        // 400/168, 30/24, 80/72.
        #expect(order(list) == ["r5", "r4", "r1", "r3", "r2"])
    }

    @Test("alerts are ranked by how long they are open, and only blue ones that are open")
    func alerts() {
        var material = material([nil, nil, nil])
        var closed = alert("c", "r3", hours: 90)
        closed.state = .closed
        material.alerts = [alert("a", "r1", hours: 5), alert("b", "r2", hours: 6), alert("y", "r3", hours: 9, .yellow), closed]

        #expect(order(list(material)) == ["r2", "r1"])
    }

    @Test("what is equally urgent stands as in the registry, and a resident has every reason, the worst first")
    func ties() {
        var material = material(["high", "high"], visited: [30, 30])
        material.alerts = [alert("a", "r2", hours: 5)]

        let list = list(material)

        #expect(order(list) == ["r1", "r2"])
        #expect(list.visits.last?.reasons.map(\.what) == [.due, .alert])
    }

    @Test("a visit is due on the day on which its cadence is over, and not before")
    func day() {
        // Midnight is in 7 h 33 min: seen 17 h ago, due in 7 h; seen 16 h ago, due in 8 h.
        let material = material(["high", "high"], visited: [17, 16])

        let today = list(material)
        let tomorrow = list(material, day: CalendarDay(text: "2025-11-23"))

        #expect(order(today) == ["r1"])
        #expect(today.day == "2025-11-22" && tomorrow.day == "2025-11-23")
        #expect(today.visits.first?.reasons.first?.since == WallTime((Self.now + .hours(7)).rawValue))
        #expect(order(tomorrow) == ["r1", "r2"])
    }

    @Test("residents in no risk group have no visit planned")
    func noGroup() {
        #expect(list(material([nil], visited: [9000])).visits.isEmpty)
    }

    @Test("who is away or in hospital is left out and counted; a visitor, and what is over, changes nothing")
    func away() {
        var material = material(["high", "high", "high", "high"])
        let contexts: [(ResidentContext, ResidentID, Int64)] = [
            (.away, "r1", 1), (.hospital, "r2", 1), (.visitor, "r3", 1), (.away, "r4", -1),
        ]
        material.orders = contexts.enumerated().map { index, context in
            StandingOrder(
                number: index + 1, content: .context(context.0, of: context.1), placedAt: Self.now - .hours(9),
                from: Self.now - .hours(9),
                until: Self.now + .hours(context.2), by: Actor(via: "cli"), reason: "")
        }

        let list = list(material)

        #expect(order(list) == ["r3", "r4"])
        #expect(list.away == 2 && list.total == 4)
    }

    @Test("from the list of a later day is left out who is away for all of it, and nobody who comes back before or leaves after")
    func awayLater() {
        var material = material(["high", "high", "high", "high"])
        let contexts: [(ResidentID, from: Int64, until: Int64)] = [("r1", -9, 2), ("r2", -9, 72), ("r3", 72, 96), ("r4", 1, 72)]
        material.orders = contexts.enumerated().map { index, context in
            StandingOrder(
                number: index + 1, content: .context(.away, of: context.0), placedAt: Self.now - .hours(9),
                from: Self.now + .hours(context.from), until: Self.now + .hours(context.until), by: Actor(via: "cli"), reason: "")
        }

        let tomorrow = list(material, day: CalendarDay(text: "2025-11-23"))

        #expect(order(tomorrow) == ["r1", "r3"])
        #expect(tomorrow.away == 2)
    }

    @Test("a list of one grid holds nobody else, and where no daemon runs it says that nobody is watched")
    func gridAndWatch() {
        var material = material(["high"])
        material.blind = nil

        #expect(order(list(material, grid: "g1")) == ["r1"])
        #expect(list(material, grid: "g2").total == 0)
        #expect(!list(material).isWatched)
    }

    @Test("a line has the flat, the last visit and the family to call")
    func line() throws {
        let entry = try #require(list(material(["high"], visited: [30])).visits.first)

        #expect(entry.place == "1-1-1" && entry.grid == "g1" && entry.risk == "high")
        #expect(entry.lastVisit?.at == WallTime((Self.now - .hours(30)).rawValue) && entry.lastVisit?.by == "officer")
        #expect(entry.family.map(\.contact) == ["son", "officer"])
    }
}
