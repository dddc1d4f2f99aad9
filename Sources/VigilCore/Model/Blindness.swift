/// A resident who is not protected as they should be now, and by what cause (`alert-lifecycle.md`, section 4: the blind list).
public struct Blindness: Hashable, Codable, Sendable {
    public var resident: ResidentID
    /// What cannot be heard, or is refused, of all that speaks of them, in the registry's order; empty where everything is heard again after a gap.
    public var devices: [DeviceID]
    /// The alerts about what is out.
    public var causes: [AlertID]
    /// Since when, by the alerts; by the gap where there is none.
    public var since: EngineTime
    /// Nothing that gives signs of life can be heard and believed: if they fell silent, nobody would notice.
    public var isWhole: Bool
    /// While the watch was away nobody would have missed them, and they were neither heard nor seen since.
    public var unobserved: UnobservedGap?

    public init(
        resident: ResidentID, devices: [DeviceID], causes: [AlertID], since: EngineTime, isWhole: Bool, unobserved: UnobservedGap? = nil
    ) {
        self.resident = resident
        self.devices = devices
        self.causes = causes
        self.since = since
        self.isWhole = isWhole
        self.unobserved = unobserved
    }
}
