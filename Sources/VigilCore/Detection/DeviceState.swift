/// What is remembered of one device between frames; snapshotted.
struct DeviceState: Codable, Hashable, Sendable {
    private struct Level: Codable, Hashable, Sendable {
        var kind: ObservationKind
        var value: ObservationValue
    }

    private struct RecentEvent: Codable, Hashable, Sendable {
        var kind: ObservationKind
        var topic: String
        var at: EngineTime
    }

    /// The same press on two topics arrives within this.
    private static let sameEventWindow = Milliseconds.seconds(1)

    var dialect = DialectState()
    private(set) var lastHeardAt: EngineTime?
    private var levels: [Level] = []
    private var recentEvents: [RecentEvent] = []

    mutating func heard(at time: EngineTime) { lastHeardAt = time }

    /// Takes a level over. Returns whether it differs from the last known one.
    ///
    /// Systems repeat cached levels, so only a difference is news. A level that is false and was never known before is none.
    mutating func takeLevel(_ kind: ObservationKind, _ value: ObservationValue) -> Bool {
        guard let index = levels.firstIndex(where: { $0.kind == kind }) else {
            levels.append(Level(kind: kind, value: value))
            return value != .bool(false)
        }
        guard levels[index].value != value else { return false }
        levels[index].value = value
        return true
    }

    /// Takes an event over. Returns false for the second report of one event: the same kind on another topic within a second.
    mutating func takeEvent(_ kind: ObservationKind, topic: String, at time: EngineTime) -> Bool {
        if let index = recentEvents.firstIndex(where: { $0.kind == kind }) {
            let previous = recentEvents[index]
            recentEvents[index] = RecentEvent(kind: kind, topic: topic, at: time)
            return previous.topic == topic || time - previous.at > Self.sameEventWindow
        }
        recentEvents.append(RecentEvent(kind: kind, topic: topic, at: time))
        return true
    }
}
