/// An alert with the entries of its timeline that a report needs.
public struct AlertHistory: Hashable, Sendable {
    /// Where it begins, whether people were told, whose it was and how it ended; the rest of a timeline tells a report nothing.
    public static let events: Set<TimelineEntry.Event> = [
        .pending, .raised, .reopened, .held, .step, .accepted, .on_the_way, .on_scene, .closed,
    ]

    public var alert: Alert
    /// Of `events` only, oldest first.
    public var entries: [TimelineEntry]

    public init(alert: Alert, entries: [TimelineEntry]) {
        self.alert = alert
        self.entries = entries
    }
}
