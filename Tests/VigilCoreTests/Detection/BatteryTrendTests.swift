import Testing
import VigilTesting

@testable import VigilCore

struct BatteryTrendTests {
    private static let origin = EngineTime(1_763_800_000_000)

    /// One value a day.
    private func trend(_ percents: [Double]) -> BatteryTrend {
        var trend = BatteryTrend()
        for (day, percent) in percents.enumerated() { _ = trend.take(percent, at: Self.origin + .hours(Int64(day) * 24)) }
        return trend
    }

    /// In days after the last sample, whole.
    private func daysLeft(_ percents: [Double]) -> Int? {
        let trend = trend(percents)
        guard let forecast = trend.forecast, let last = trend.samples.last else { return nil }
        return Int((forecast.emptyAt - last.at).rawValue / 86_400_000)
    }

    @Test("a battery that loses a percent a day is empty when its percents are used up")
    func steady() {
        #expect(daysLeft((0..<20).map { 60 - Double($0) }) == 41)
        #expect(trend((0..<20).map { 60 - Double($0) }).forecast?.percentPerDay == -1)
    }

    @Test("coarse steps and wild values on every fourth day do not move it far")
    func noise() throws {
        var percents = (0..<30).map { (90 - Double($0)).rounded() }
        for index in stride(from: 2, to: 30, by: 4) { percents[index] = (index / 4).isMultiple(of: 2) ? 100 : 0 }

        let left = try #require(daysLeft(percents))

        #expect((50...70).contains(left), "\(left)")
    }

    @Test("a fresh battery begins anew, and what the old one lost is not counted")
    func fresh() {
        #expect(daysLeft((0..<20).map { 30 - Double($0) } + [100]) == nil)
        #expect(daysLeft((0..<20).map { 30 - Double($0) } + [100, 99, 98, 97, 96, 95]) == 95)
    }

    @Test("one value that jumps up and comes back is noise, not a fresh battery")
    func spike() throws {
        var percents = (0..<20).map { 60 - Double($0) }
        percents[10] = 100

        let left = try #require(daysLeft(percents))

        #expect((38...44).contains(left), "\(left)")
    }

    @Test(
        "nothing is foretold of a battery that is too new, flat, full or rising",
        arguments: [
            [], [50], [50, 49, 48], [50, 49, 48, 47], Array(repeating: 80, count: 30), (0..<30).map { 80 - Double($0) * 0.01 },
            (0..<30).map { 50 + Double($0) * 0.1 }, [100, 100, 100, 100, 100, 100, 99],
        ] as [[Double]])
    func nothing(percents: [Double]) { #expect(daysLeft(percents) == nil) }

    @Test("a line that should have ended already ends now: the device still speaks")
    func overdue() { #expect(daysLeft([20, 15, 10, 5, 1, 1, 1]) == 0) }

    @Test("one sample a day is kept, and the last of them only; what is no percentage is none")
    func bounds() {
        var trend = BatteryTrend()
        var taken = 0
        for hour in 0..<(24 * 100) where trend.take(50, at: Self.origin + .hours(Int64(hour))) != nil { taken += 1 }

        #expect((99...105).contains(taken))
        #expect(trend.samples.count == BatteryTrend.mostSamples)
        for wrong in [-1, 101, .nan, .infinity] as [Double] {
            let isTaken = trend.take(wrong, at: Self.origin + .hours(90_000)) != nil
            #expect(!isTaken)
        }
    }

    @Test("the engine tells one sample a day of what a device says in time, and none of what a broker kept")
    func engine() {
        var script = EngineScript()
        script.say("band1", "battery_percent=80", retained: true)
        script.say("band1", "battery_percent=80")
        script.say("band1", "battery_percent=79")
        script.wait(.hours(24))
        script.say("band1", "battery_percent=78")

        let samples = script.effects.compactMap { if case .battery(let reading) = $0 { reading } else { nil } }

        #expect(samples.map(\.sample.percent) == [80, 78])
        #expect(samples.map(\.device) == Array(repeating: TextDecoder.address("band1"), count: 2))
        #expect(script.engine.deviceFacts.conditions[1].battery?.samples.count == 2)
    }
}
