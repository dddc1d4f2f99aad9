import Testing
import VigilCore
import VigilTesting

struct TestListTests {
    private static let day = Milliseconds.hours(24)
    private static let now = EngineScript.origin

    private func list(
        _ ages: [(device: String, days: Int64)] = [], _ selection: TestList.Selection = .overdue,
        _ change: (inout Registry) -> Void = { _ in }
    ) -> TestList {
        var registry = SmallCommunity.registry()
        change(&registry)
        let tests = ages.map {
            DeviceTest(
                device: TextDecoder.address($0.device), testedAt: Self.now - Milliseconds($0.days * Self.day.rawValue), way: .drill)
        }
        return TestList(
            registry: registry, rules: SmallCommunity.rules(), tests: Dictionary(tests.map { ($0.device, $0) }) { $1 },
            clock: EngineScript.clock, madeAt: WallTime(Self.now.rawValue), selection)
    }

    @Test("what can call for help and was never tested is overdue, in the registry's order; what cannot is not asked for")
    func never() {
        let list = list()

        #expect(list.devices.map(\.device) == ["button1", "band1", "watch1", "smoke1", "button2", "band2", "watch2", "smoke2"])
        #expect(list.devices.allSatisfy { $0.isOverdue && $0.testedAt == nil && $0.overdueSince == nil })
        #expect(list.devices.first?.place == "1-1-101")
        #expect(list.devices.first?.residents == ["Wang Lan"])
        #expect(list.total == 8 && list.overdue == 8)
    }

    @Test("never tested comes first, then the longest ago, then what is not overdue yet")
    func order() {
        let ages: [(device: String, days: Int64)] = [
            ("button1", 8), ("band1", 6), ("watch1", 7), ("smoke1", 29), ("button2", 9), ("band2", 1), ("smoke2", 30),
        ]

        let all = list(ages, .all)

        #expect(all.devices.map(\.device) == ["watch2", "smoke2", "button2", "button1", "watch1", "smoke1", "band1", "band2"])
        #expect(all.devices.map(\.isOverdue) == [true, true, true, true, true, false, false, false])
        #expect(list(ages).devices == Array(all.devices.prefix(5)))
        #expect(all.total == 8 && all.overdue == 5)
    }

    @Test("it is overdue from the moment on at which its cadence is over")
    func since() {
        let entry = list([("button1", 8)]).devices.last

        #expect(entry?.device == "button1")
        #expect(entry?.overdueSince == WallTime(Self.now.rawValue - Self.day.rawValue))
        #expect(entry?.testedAt == WallTime(Self.now.rawValue - 8 * Self.day.rawValue))
    }

    @Test("a device's own cadence comes before its class's, and zero means never")
    func own() {
        let list = list([("motion1", 3), ("button1", 20)], .all) { registry in
            for index in registry.devices.indices {
                let own: [DeviceID: Milliseconds] = ["motion1": Self.day, "button1": .hours(30 * 24), "band1": .zero]
                registry.devices[index].testEvery = own[registry.devices[index].id]
            }
        }

        #expect(list.devices.first { $0.device == "motion1" }?.isOverdue == true)
        #expect(list.devices.first { $0.device == "button1" }?.isOverdue == false)
        #expect(!list.devices.contains { $0.device == "band1" || $0.device == "motion2" })
    }

    @Test("what was tested once is asked for every week, whatever its class")
    func testedOnce() {
        #expect(list([("motion1", 7)]).devices.last?.device == "motion1")
        #expect(!list([("motion1", 6)]).devices.contains { $0.device == "motion1" })
    }

    @Test("a test belongs to the address: what took a device's place was never tested")
    func replaced() {
        let list = list([("button1", 1)]) { $0.devices[0].address = TextDecoder.address("button9") }

        #expect(list.devices.first?.device == "button1")
        #expect(list.devices.first?.testedAt == nil)
    }
}
