import VigilCore

/// How many advertisements of somebody become frames: so many at once, and so many a second after that.
///
/// Whoever forges advertisements could fill the disk otherwise. A repetition costs nothing: it makes no frame.
struct FrameAllowance {
    /// Of devices that nobody registered, together: many more than a building has that are waiting to be registered. A flood of them delays no
    /// registered device. A beacon that is registered by its ids alone, because its address changes, is a stranger here.
    static let strangers = FrameAllowance(most: 500, perSecond: 50)
    /// Of each registered device, whatever is said under other addresses: twice as often as a device can advertise, if it said something new each
    /// time. Together they may say as much as the gateway takes.
    // Spec: Bluetooth Core Specification 5.4, volume 6, part B, section 4.4.2.2: every 20 ms.
    static let device = FrameAllowance(most: 1000, perSecond: 100)

    private let most: Double
    private let perSecond: Double
    private var left: Double
    private var countedAt: BootTime?

    private init(most: Double, perSecond: Double) {
        self.most = most
        self.perSecond = perSecond
        left = most
    }

    /// Whether one more is taken.
    mutating func admits(at time: BootTime) -> Bool {
        let passed = countedAt.map { max(0, (time - $0).rawValue) } ?? 0
        left = min(most, left + Double(passed) / 1000 * perSecond)
        countedAt = time
        guard left >= 1 else { return false }
        left -= 1
        return true
    }
}
