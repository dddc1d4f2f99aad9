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

        #expect(news == [true, false, true])
    }

    @Test("a first level that is false is no news")
    func firstFalse() {
        var state = DeviceState()

        let news = [
            state.takeLevel(.smoke, .bool(false)),
            state.takeLevel(.smoke, .bool(true)),
        ]

        #expect(news == [false, true])
    }

    @Test("levels of different kinds do not mix")
    func kinds() {
        var state = DeviceState()

        let news = [
            state.takeLevel(.smoke, .bool(true)),
            state.takeLevel(.gas, .bool(true)),
        ]

        #expect(news == [true, true])
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

    @Test("a state reads back from a snapshot")
    func coding() throws {
        var state = DeviceState()
        _ = state.takeLevel(.heart_rate_bpm, .number(71.5))
        _ = state.takeLevel(.position, .text("lying"))
        _ = state.takeEvent(.sos, topic: "a", at: start)
        state.heard(at: start)

        #expect(try SnapshotCoding.roundTrip(state) == state)
    }
}
