import Testing

@testable import VigilCore

struct UnclaimedDevicesTests {
    private let start = EngineTime(1_000_000)

    private func device(_ number: Int) -> DeviceAddress { DeviceAddress(dialect: "text", name: "d\(number)") }

    @Test("a device is told when it is first heard, and then once in ten minutes")
    func again() {
        var unclaimed = UnclaimedDevices()

        let news = [0, 1, 9, 10, 19].map { unclaimed.isNews(device(1), at: start + .minutes($0)) }

        #expect(news == [true, true, false, false, true])
    }

    @Test("a full list makes room for a newcomer: a device that is installed on the day of a flood is seen (promises B10)")
    func room() {
        var unclaimed = UnclaimedDevices()
        for number in 0..<5000 { _ = unclaimed.isNews(device(number), at: start) }

        let isSeen = unclaimed.isNews(device(5000), at: start + .seconds(1))

        #expect(isSeen)
        #expect(unclaimed.count == 1000)
    }

    @Test("a flood of names that are heard once does not push out a device that is heard regularly (promises B10)")
    func flood() {
        var unclaimed = UnclaimedDevices()
        var told = 0
        for minute in 0..<100 {
            if unclaimed.isNews(device(-1), at: start + .minutes(Int64(minute))) { told += 1 }
            // It was a regular before the flood.
            guard minute > 1 else { continue }
            for number in 0..<1100 { _ = unclaimed.isNews(device(minute * 10_000 + number), at: start + .minutes(Int64(minute))) }
        }

        // Pushed out it would be told as new again each minute.
        #expect(told == 11)
        #expect(unclaimed.count == 1000)
    }

    @Test("a regular that fell silent for a day makes room when there are only regulars")
    func silentRegular() {
        var unclaimed = UnclaimedDevices()
        for time in [start, start + .minutes(1)] {
            for number in 0..<1000 { _ = unclaimed.isNews(device(number), at: time) }
        }

        let early = unclaimed.isNews(device(1000), at: start + .hours(24))
        let late = unclaimed.isNews(device(1001), at: start + .hours(25))

        #expect(!early && late)
        #expect(unclaimed.count == 1000)
    }

    @Test("a name that no registry would take is nobody's")
    func longName() {
        var unclaimed = UnclaimedDevices()
        let endless = DeviceAddress(dialect: "text", name: String(repeating: "x", count: 257))

        let isNews = unclaimed.isNews(endless, at: start)

        #expect(!isNews)
        #expect(unclaimed.count == 0)
    }
}
