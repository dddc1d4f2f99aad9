/// Everything that will happen, decided by the seed before anything is sent.
struct Plan {
    let households: Int
    let seed: UInt64
    let story: Story
    let clock: DayClock
    /// nil plays until somebody ends it.
    let length: Duration?

    private let demo: DemoStory?

    init(households: Int, seed: UInt64, speed: PlaySpeed, story: Story, length: Duration?) {
        self.households = households
        self.seed = seed
        self.story = story
        self.length = length
        clock = DayClock(speed: speed)
        demo = story == .demo ? DemoStory(speed: speed) : nil
    }

    var homes: ClosedRange<Int> { 1...households }

    /// What happens on one day, counted from 0, in order; what would happen after the end is left out.
    func happenings(ofDay day: Int) -> [Happening] {
        guard story != .none else { return [] }
        var happenings = homes.flatMap { DailyLife.happenings(home: $0, day: day, seed: seed, clock: clock) }
        if let demo {
            happenings.removeAll { !demo.allows($0) }
            happenings += demo.happenings.filter {
                (clock.time(ofDay: day, minute: 0)..<clock.time(ofDay: day + 1, minute: 0)).contains($0.at)
            }
        }
        if let length { happenings.removeAll { $0.at >= length } }
        // Sorting is not promised to be stable, and two runs must agree: equal times keep the order in which they were planned.
        return happenings.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    /// Whether there is anything left to play on that day.
    func includes(day: Int) -> Bool {
        guard let length else { return true }
        return clock.time(ofDay: day, minute: 0) < length
    }
}
