/// The quiet day of one home: getting up, moving about, going out, going to bed, and the devices that report in meanwhile.
struct DailyLife {
    private var random: SplitMix64
    private let home: Int
    private var happenings: [(minute: Double, deed: Deed, sentence: String?)] = []

    /// - Parameter day: counted from 0; every day of every home is its own.
    static func happenings(home: Int, day: Int, seed: UInt64, clock: DayClock) -> [Happening] {
        var life = DailyLife(home: home, random: SplitMix64(seed: seed, stream: UInt64(home) << 32 | UInt64(day)))
        life.live()
        life.reportIn()
        return life.happenings
            .filter { (0..<DayClock.minutesPerDay).contains($0.minute) }
            .map { Happening(at: clock.time(ofDay: day, minute: $0.minute), home: home, deed: $0.deed, sentence: $0.sentence) }
    }

    private init(home: Int, random: SplitMix64) {
        self.home = home
        self.random = random
    }

    // MARK: The person

    /// Minutes count from six in the morning.
    private mutating func live() {
        let up = random.number(from: 5, to: 90)
        let bed = random.number(from: 15 * 60, to: 16.5 * 60)
        move(at: up, "gets up")
        var minute = up
        for outing in outings() {
            moveAbout(from: minute, to: outing.lowerBound)
            passDoor(at: outing.lowerBound, "goes out")
            passDoor(at: outing.upperBound, "comes home")
            minute = outing.upperBound
        }
        moveAbout(from: minute, to: bed)
        move(at: bed, "goes to bed")
        for _ in 0..<random.number(in: 0...2) {
            move(at: random.number(from: 17.5 * 60, to: 23.5 * 60), "is up in the night")
        }
    }

    /// To the market in the morning; more often than not to the courtyard in the afternoon.
    private mutating func outings() -> [ClosedRange<Double>] {
        let morning = random.number(from: 2 * 60, to: 4 * 60)
        var outings = [morning...(morning + random.number(from: 25, to: 90))]
        if random.fraction() < 0.6 {
            let afternoon = random.number(from: 8.5 * 60, to: 10.5 * 60)
            outings.append(afternoon...(afternoon + random.number(from: 30, to: 120)))
        }
        return outings
    }

    private mutating func moveAbout(from start: Double, to end: Double) {
        var minute = start + random.number(from: 4, to: 12)
        while minute < end {
            move(at: minute)
            minute += random.number(from: 8, to: 35)
        }
    }

    /// The sensor holds its state for a minute and a half, as the common ones do.
    private mutating func move(at minute: Double, _ sentence: String? = nil) {
        happenings.append((minute, .motionBegins, sentence))
        happenings.append((minute + 1.5, .motionEnds, nil))
    }

    private mutating func passDoor(at minute: Double, _ sentence: String) {
        happenings.append((minute, .doorOpens, sentence))
        happenings.append((minute + 0.2, .doorCloses, nil))
    }

    // MARK: The devices

    private mutating func reportIn() {
        for (sensor, interval) in [(ZigbeeSensor.motion, 50.0), (.door, 50), (.smoke, 360), (.button, 240)] {
            var minute = random.number(from: 0, to: interval)
            while minute < DayClock.minutesPerDay {
                happenings.append((minute, .sensorBeat(sensor), nil))
                minute += interval * random.number(from: 0.95, to: 1.05)
            }
        }
        wearBand()
    }

    /// A pulse every quarter of an hour, and every fourth time the rest with it.
    private mutating func wearBand() {
        let resting = random.number(in: 58...72)
        let battery = random.number(in: 60...100)
        var steps = 0
        var minute = random.number(from: 0, to: 15)
        var count = 0
        while minute < DayClock.minutesPerDay {
            let isAwake = (60..<16 * 60).contains(minute)
            let bpm = resting + (isAwake ? random.number(in: 0...18) : random.number(in: -6...3))
            if isAwake { steps += random.number(in: 0...90) }
            if count.isMultiple(of: 4) {
                let used = Int(minute / DayClock.minutesPerDay * 25)
                happenings.append((minute, .bandReport(bpm: bpm, steps: steps, batteryPercent: battery - used), nil))
            } else {
                happenings.append((minute, .pulseMeasured(bpm: bpm), nil))
            }
            count += 1
            minute += random.number(from: 12, to: 18)
        }
    }
}
