import Testing

@testable import VigilCore

struct DeviceStateTests {
    private let start = EngineTime(1_000_000)

    @Test("a level that a system repeats from its cache is no news")
    func cachedLevel() {
        var state = DeviceState()

        let news = [
            state.takeLevel(.smoke, .bool(true)),
            state.takeLevel(.smoke, .bool(true)),
            state.takeLevel(.smoke, .bool(false)),
        ]

        #expect(news == [.change, .none, .change])
    }

    @Test("a first level that is false is no news")
    func firstFalse() {
        var state = DeviceState()

        let news = [
            state.takeLevel(.smoke, .bool(false)),
            state.takeLevel(.smoke, .bool(true)),
        ]

        #expect(news == [.none, .change])
    }

    @Test("levels of different kinds do not mix")
    func kinds() {
        var state = DeviceState()

        let news = [
            state.takeLevel(.smoke, .bool(true)),
            state.takeLevel(.gas, .bool(true)),
        ]

        #expect(news == [.change, .change])
    }

    @Test("a level that its device has taken back since is past, and changes nothing (promises B5)")
    func overtaken() {
        var state = DeviceState()
        let noon = EventTime(1_763_800_000_000)

        let news = [
            state.takeLevel(.smoke, .bool(false), claimed: EventTime(noon.rawValue + 2000)),
            state.takeLevel(.smoke, .bool(true), claimed: EventTime(noon.rawValue + 1000)),
            state.takeLevel(.smoke, .bool(false), claimed: noon),
            state.takeLevel(.smoke, .bool(true), claimed: EventTime(noon.rawValue + 3000)),
        ]

        #expect(news == [.none, .past, .none, .change])
    }

    @Test("a clock that was set back by more than the bound overtakes nothing")
    func setBack() {
        var state = DeviceState()
        let noon = EventTime(1_763_800_000_000)
        _ = state.takeLevel(.smoke, .bool(false), claimed: noon)

        let news = state.takeLevel(.smoke, .bool(true), claimed: EventTime(noon.rawValue - 600_001))

        #expect(news == .change)
    }

    @Test("a late level that holds is taken to hold until the device says otherwise in time; one that does not is told once")
    func lateLevels() {
        var state = DeviceState()

        let unknown = [state.takeLateLevel(.gas, .bool(false)), state.takeLateLevel(.heart_rate_bpm, .number(70))]
        let holds = [state.takeLateLevel(.smoke, .bool(true)), state.takeLateLevel(.smoke, .bool(true))]
        let ended = [state.takeLateLevel(.smoke, .bool(false)), state.takeLateLevel(.smoke, .bool(false))]
        let inTime = state.takeLevel(.smoke, .bool(false))

        #expect(unknown == [false, false])
        #expect(holds == [true, false])
        #expect(ended == [true, false])
        #expect(inTime == .change)
    }

    @Test("one press on two topics within a second is one event (architecture rule 4)")
    func twoTopics() {
        var state = DeviceState()

        let news = [
            state.takeEvent(.sos, topic: "a", at: start),
            state.takeEvent(.sos, topic: "a/action", at: start + Milliseconds(999)),
        ]

        #expect(news == [true, false])
    }

    @Test("two presses on one topic are two events, however close (architecture rule 4)")
    func oneTopic() {
        var state = DeviceState()

        let news = [
            state.takeEvent(.sos, topic: "a", at: start),
            state.takeEvent(.sos, topic: "a", at: start + Milliseconds(1)),
        ]

        #expect(news == [true, true])
    }

    @Test("another topic a second later is another event")
    func later() {
        var state = DeviceState()

        let news = [
            state.takeEvent(.sos, topic: "a", at: start),
            state.takeEvent(.sos, topic: "b", at: start + .seconds(1)),
        ]

        #expect(news == [true, true])
    }

    @Test("two presses, each on two topics, are two events (architecture rule 4: in doubt it rings)")
    func twoPressesOnTwoTopics() {
        var state = DeviceState()
        let reports: [(String, Int64)] = [("a", 0), ("b", 100), ("a", 500), ("b", 600)]

        let news = reports.map { state.takeEvent(.sos, topic: $0.0, at: start + Milliseconds($0.1)) }

        #expect(news == [true, false, true, false])
    }

    @Test("events of different kinds do not mix")
    func eventKinds() {
        var state = DeviceState()

        let news = [
            state.takeEvent(.sos, topic: "a", at: start),
            state.takeEvent(.button, topic: "b", at: start),
        ]

        #expect(news == [true, true])
    }

    @Test("what could not be measured is named, each kind for itself, and one report of it on two topics is one event")
    func notMeasured() {
        var state = DeviceState()
        func take(_ kind: String, _ topic: String) -> Bool { state.takeEvent(.not_measured, .text(kind), topic: topic, at: start) }

        let news = [
            take("heart_rate_bpm", "a"), take("respiration_rpm", "a"), take("heart_rate_bpm", "a/attribute"),
            take("heart_rate_bpm", "a"),
        ]

        #expect(news == [true, true, false, true])
        #expect(state.said.map(\.value) == [.text("heart_rate_bpm"), .text("respiration_rpm")])
    }

    @Test("a state reads back from a snapshot")
    func coding() throws {
        var state = DeviceState()
        _ = state.takeLevel(.heart_rate_bpm, .number(71.5))
        _ = state.takeLevel(.position, .text("lying"), claimed: EventTime(1_763_800_000_000))
        _ = state.takeLateLevel(.position, .text("standing"))
        _ = state.hear(EventTime(1_763_800_000_000), at: start, by: ClockReading(wallOffset: .zero, isTrusted: false))
        _ = state.takeEvent(.sos, topic: "a", at: start)
        _ = state.takeEvent(.not_measured, .text("spo2_percent"), topic: "a", at: start)
        state.heard(at: start)

        #expect(try SnapshotCoding.roundTrip(state) == state)
    }
}
