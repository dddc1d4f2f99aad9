public import VigilCore

/// One line of an alert's story, with what a reader of many stories needs to know of the alert.
public struct TimelineReport: Codable, Hashable, Sendable {
    /// Its place in the order of all commits, where it is followed: `after` of the next request.
    public var position: Int64?
    public var alert: AlertID
    public var kind: AlertKind
    public var subject: Subject
    public var number: Int
    public var at: WallTime
    public var event: TimelineEntry.Event
    public var severity: Severity
    public var state: AlertState
    public var by: String
    public var detail: String

    public init(_ entry: TimelineEntry, position: Int64? = nil, kind: AlertKind, subject: Subject) {
        self.position = position
        alert = entry.alert
        self.kind = kind
        self.subject = subject
        number = entry.number
        at = entry.wall
        event = entry.event
        severity = entry.severity
        state = entry.state
        by = entry.by.name
        detail = entry.detail
    }
}
