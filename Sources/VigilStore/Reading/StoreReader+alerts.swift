public import VigilCore

/// Which alerts to list.
public struct AlertFilter: Hashable, Sendable {
    public enum State: String, CaseIterable, Sendable {
        case open, closed, all
    }

    public var state: State
    public var kind: AlertKind?
    public var severity: Severity?
    public var limit: Int

    public init(state: State = .open, kind: AlertKind? = nil, severity: Severity? = nil, limit: Int = 100) {
        self.state = state
        self.kind = kind
        self.severity = severity
        self.limit = limit
    }

    /// Open ones: the worst first, then whoever waits longest, so that no limit hides an emergency behind what came later. What is over,
    /// and open ones among it: newest first.
    func precedes(_ alert: Alert, _ other: Alert) -> Bool {
        switch state {
        case .open: (other.severity, alert.raisedAt, alert.id) < (alert.severity, other.raisedAt, other.id)
        case .closed, .all: (other.raisedAt, alert.id) < (alert.raisedAt, other.id)
        }
    }
}

/// An alert with everything that happened to it and everyone who was told.
public struct AlertStory: Hashable, Sendable {
    public var alert: Alert
    /// Oldest first.
    public var timeline: [TimelineEntry]
    public var deliveries: [Delivery]
    /// False where what happened last could not be stored yet.
    public var isRecorded = true
}

/// A timeline entry with its place in the order of all commits; a follower's cursor is such a place.
public struct PositionedEntry: Hashable, Sendable {
    public var position: Int64
    public var entry: TimelineEntry
}

extension StoreReader {
    /// In the order of the filter.
    public func alerts(_ filter: AlertFilter = AlertFilter()) async throws(StoreError) -> [Alert] {
        try await read("list alerts") { try AlertTable.fetch(filter, in: $0) }
    }

    /// One alert with its timeline and deliveries; nil when there is none of that id.
    public func alert(_ id: AlertID) async throws(StoreError) -> AlertStory? {
        try await read("show an alert") { database in
            guard let alert = try AlertTable.fetch(id, in: database) else { return nil }
            return AlertStory(
                alert: alert, timeline: try TimelineTable.fetch(id, in: database), deliveries: try DeliveryTable.fetch(id, in: database)
            )
        }
    }

    /// What was committed to any timeline after a position, in order.
    public func timeline(after position: Int64, limit: Int = 1000) async throws(StoreError) -> [PositionedEntry] {
        try await read("follow the timeline") { try TimelineTable.fetch(after: position, limit: limit, in: $0) }
    }

    /// The position of the latest timeline entry, 0 when there is none.
    public func lastTimelinePosition() async throws(StoreError) -> Int64 {
        try await read("find the end of the timeline") { try TimelineTable.lastPosition(in: $0) }
    }

    /// Where a follower had come to; nil for one that never followed.
    public func position(ofCursor name: String) async throws(StoreError) -> String? {
        try await read("find a follower's position") { try CursorTable.fetch(name, in: $0) }
    }
}
