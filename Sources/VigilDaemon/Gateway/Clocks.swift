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

/// Engine time on this boot: an origin, and the boot clock from there on.
struct EngineClock: Sendable {
    let origin: EngineTime
    let bootAtOrigin: BootTime

    func time(at boot: BootTime) -> EngineTime { origin + (boot - bootAtOrigin) }
    func bootTime(at time: EngineTime) -> BootTime { BootTime(bootAtOrigin.rawValue + (time - origin).rawValue) }
}
