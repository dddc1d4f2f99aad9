/// What is remembered of one device between frames; snapshotted.
struct DeviceState: Codable, Hashable, Sendable {
    private struct Level: Codable, Hashable, Sendable {
        var kind: ObservationKind
        var value: ObservationValue
    }

    private struct RecentEvent: Codable, Hashable, Sendable {
        var kind: ObservationKind
        /// Where it was reported so far: the next report on one of them is the next event.
        var topics: [String]
        var at: EngineTime
    }

    /// The same press on two topics arrives within this.
    private static let sameEventWindow = Milliseconds.seconds(1)

    var dialect = DialectState()
    private(set) var lastHeardAt: EngineTime?
    private var levels: [Level] = []
    private var recentEvents: [RecentEvent] = []

    /// The device was moved: what it said so far was said elsewhere, and what still holds is news here.
    mutating func forgetLevels() { levels = [] }

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

    /// Takes an event over. Returns false for another report of one event: the same kind on another topic within a second.
    mutating func takeEvent(_ kind: ObservationKind, topic: String, at time: EngineTime) -> Bool {
        let event = RecentEvent(kind: kind, topics: [topic], at: time)
        guard let index = recentEvents.firstIndex(where: { $0.kind == kind }) else {
            recentEvents.append(event)
            return true
        }
        let previous = recentEvents[index]
        guard !previous.topics.contains(topic), time - previous.at < Self.sameEventWindow else {
            recentEvents[index] = event
            return true
        }
        recentEvents[index].topics.append(topic)
        return false
    }
}
