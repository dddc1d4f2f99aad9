/// How a battery runs down, by what its device says: one sample a day and one of each fresh battery, the last 45 of them.
///
/// It belongs to the hardware behind an address, and outlives snapshots in a table of its own.
public struct BatteryTrend: Hashable, Sendable {
    /// What is kept of a device.
    public static let mostSamples = 45

    /// Somewhat less than a day, so that a device that reports once a day is not heard every other day only.
    private static let spacing = Milliseconds.hours(23)
    /// A device that counts up by more, and stays there, was given another battery.
    private static let freshRise = 15.0
    /// Fewer days say nothing.
    private static let shortest = Milliseconds.hours(4 * 24)
    /// In percent a day: what runs down more slowly is flat as far as its steps tell.
    private static let flattest = 0.02
    /// What lies further ahead than this nobody can tell.
    private static let furthest = Milliseconds.hours(5 * 365 * 24)

    /// Oldest first.
    public private(set) var samples: [BatterySample] = []

    public init() {}

    /// - Parameter samples: in any order; the newest are kept.
    public init(_ samples: [BatterySample]) {
        self.samples = Array(samples.sorted { $0.at < $1.at }.suffix(Self.mostSamples))
    }

    /// Whether what a device says now is worth keeping: the sample of its day, or another battery, which is not to wait.
    static func isNews(_ percent: Double, at time: EngineTime, after last: BatterySample?) -> Bool {
        guard (0...100).contains(percent) else { return false }
        guard let last else { return true }
        return time - last.at >= spacing || percent - last.percent >= freshRise
    }

    /// Takes what the device says now. Returns it where it is worth keeping.
    mutating func take(_ percent: Double, at time: EngineTime) -> BatterySample? {
        guard Self.isNews(percent, at: time, after: samples.last) else { return nil }
        let sample = BatterySample(at: time, percent: percent)
        samples.append(sample)
        if samples.count > Self.mostSamples { samples.removeFirst(samples.count - Self.mostSamples) }
        return sample
    }

    /// When the battery will be empty; nil for one that is too new, flat, or too far from it.
    ///
    /// The line is that of Theil and Sen: the median of the slopes between all pairs of samples, which a third of them may miss as they like.
    /// Source: P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968), pages 1379 to 1389.
    public var forecast: BatteryForecast? {
        let used = samples[firstOfThisBattery...]
        guard let first = used.first, let last = used.last, used.count >= 4, last.at - first.at >= Self.shortest else { return nil }
        let points = used.map { (day: Self.days($0.at - first.at), percent: $0.percent) }
        var slopes: [Double] = []
        slopes.reserveCapacity(points.count * points.count / 2)
        for (index, point) in points.enumerated() {
            for later in points[(index + 1)...] where later.day > point.day {
                slopes.append((later.percent - point.percent) / (later.day - point.day))
            }
        }
        guard let slope = Self.median(slopes), slope < -Self.flattest,
            let atFirst = Self.median(points.map { $0.percent - slope * $0.day })
        else { return nil }
        let length = -atFirst / slope * 86_400_000
        guard abs(length) < 1e15 else { return nil }
        let emptyAfter = Milliseconds(Int64(length.rounded()))
        guard emptyAfter - (last.at - first.at) <= Self.furthest else { return nil }
        // One that still speaks is not empty yet, whatever the line says.
        return BatteryForecast(percentPerDay: slope, emptyAt: max(first.at + emptyAfter, last.at))
    }

    /// Where the last samples of another battery end: the median of the next three is higher by more than noise than that of the three before.
    private var firstOfThisBattery: Int {
        let rise = samples.indices.dropFirst().last { index in
            let before = samples[max(0, index - 3)..<index].map(\.percent)
            let next = samples[index..<min(index + 3, samples.count)].map(\.percent)
            return (Self.median(next) ?? 0) - (Self.median(before) ?? 0) >= Self.freshRise
        }
        return rise ?? 0
    }

    private static func days(_ length: Milliseconds) -> Double { Double(length.rawValue) / 86_400_000 }

    private static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}

/// What a device said of its battery on one day.
public struct BatterySample: Hashable, Sendable {
    public var at: EngineTime
    /// 0 to 100.
    public var percent: Double

    public init(at: EngineTime, percent: Double) {
        self.at = at
        self.percent = percent
    }
}

/// When a battery will be empty if it goes on as it did.
public struct BatteryForecast: Hashable, Sendable {
    /// Below zero.
    public var percentPerDay: Double
    public var emptyAt: EngineTime
}

/// A sample with the device that it is of, as it is stored.
public struct BatteryReading: Hashable, Sendable {
    public var device: DeviceAddress
    public var sample: BatterySample

    public init(device: DeviceAddress, sample: BatterySample) {
        self.device = device
        self.sample = sample
    }
}
