public import VigilCore
public import VigilStore

/// An alert with everything that happened to it and everyone who was told.
public struct AlertStoryReport: Codable, Hashable, Sendable {
    public var alert: AlertReport
    /// Oldest first.
    public var timeline: [TimelineReport]
    public var deliveries: [DeliveryReport]
    /// IANA name: the clock that people go by.
    public var timeZone: String

    public init(_ story: AlertStory, clock: ClockReading, timeZone: String) {
        alert = AlertReport(story.alert, isRecorded: story.isRecorded, clock: clock)
        timeline = story.timeline.map { TimelineReport($0, kind: story.alert.key.kind, subject: story.alert.key.subject) }
        deliveries = story.deliveries.map { DeliveryReport($0, clock: clock) }
        self.timeZone = timeZone
    }

    enum CodingKeys: String, CodingKey {
        case alert, timeline, deliveries
        case timeZone = "time_zone"
    }
}
