import Foundation
public import VigilCore
import VigilIngest

/// The two clocks of the box, passed in so that a test can hold them.
public struct Clocks: Sendable {
    public var boot: @Sendable () -> BootTime
    public var wall: @Sendable () -> WallTime

    public init(boot: @escaping @Sendable () -> BootTime, wall: @escaping @Sendable () -> WallTime) {
        self.boot = boot
        self.wall = wall
    }

    public static let system = Clocks(
        boot: { BootTime.now() }, wall: { WallTime(Int64(Date().timeIntervalSince1970 * 1000)) })
}

extension ClockReading {
    /// What the wall says, and whether to believe it.
    ///
    /// - Parameter previous: the reading before; the wall may be behind it by no more than a correction.
    init(_ wall: WallTime, at time: EngineTime, after previous: ClockReading?) {
        // Whoever believes that this program is not written yet has lost the time: 1970 after a power cut.
        let isPlausible = wall >= WallTime(1_767_225_600_000)
        let expected = previous.flatMap { $0.isTrusted ? $0.wall(at: time) : nil }
        let isBehind = expected.map { Milliseconds($0.rawValue) - Milliseconds(wall.rawValue) > Self.correction } ?? false
        self.init(
            wallOffset: Milliseconds(wall.rawValue) - Milliseconds(time.rawValue), isTrusted: isPlausible && !isBehind)
    }

    /// A clock that is kept by a server may be set back by this much.
    private static let correction = Milliseconds.minutes(1)

    /// Whether a wall has moved away from this reading, so that it is to be journaled anew.
    func isOutdated(by wall: WallTime, at time: EngineTime) -> Bool {
        let drift = Milliseconds(wall.rawValue) - Milliseconds(self.wall(at: time).rawValue)
        return drift >= .seconds(1) || drift <= .seconds(-1)
    }
}

/// Engine time on this boot: an origin, and the boot clock from there on.
struct EngineClock: Sendable {
    let origin: EngineTime
    let bootAtOrigin: BootTime

    func time(at boot: BootTime) -> EngineTime { origin + (boot - bootAtOrigin) }
    func bootTime(at time: EngineTime) -> BootTime { BootTime(bootAtOrigin.rawValue + (time - origin).rawValue) }
}
