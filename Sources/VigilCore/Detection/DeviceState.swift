/// What is remembered of one device between frames; snapshotted.
struct DeviceState: Codable, Hashable, Sendable {
    /// What a level says that is not simply as it was known.
    enum LevelNews {
        case none
        /// It differs from the last known one.
        case change
        /// It differs, and the device has said otherwise since: others overtook it on the way.
        case past
    }

    private struct Level: Codable, Hashable, Sendable {
        var kind: ObservationKind
        var value: ObservationValue
        /// When the device said so, by its own clock.
        var claimed: EventTime?
        /// What it said late and differed: once is enough.
        var toldLate: ObservationValue?

        func isNewer(than claim: EventTime?) -> Bool {
            guard let claim, let claimed else { return false }
            // Further back it is late, or the clock was set.
            let lead = Milliseconds(saturatingDifference(claimed.rawValue, claim.rawValue))
            return lead > .zero && lead <= DeviceClock.lateAfter
        }
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
    /// nil for a device that never said when.
    private var clock: DeviceClock?
    private var levels: [Level] = []
    private var recentEvents: [RecentEvent] = []

    /// The device was moved: what it said so far was said elsewhere, and what still holds is news here.
    mutating func forgetLevels() { levels = [] }

    mutating func heard(at time: EngineTime) { lastHeardAt = time }

    /// Takes the time over that the device claims. Returns when it happened, where that was too long before its arrival; nil otherwise.
    mutating func hear(_ claim: EventTime, at time: EngineTime, by wall: ClockReading) -> EngineTime? {
        if clock == nil { clock = DeviceClock(claim, at: time) } else { clock?.hear(claim, at: time) }
        return clock?.happened(claim, at: time, by: wall)
    }

    /// Takes a level over, and tells what is new about it.
    ///
    /// Systems repeat cached levels, so only a difference is news. A level that is false and was never known before is none.
    mutating func takeLevel(_ kind: ObservationKind, _ value: ObservationValue, claimed: EventTime? = nil) -> LevelNews {
        guard let index = levels.firstIndex(where: { $0.kind == kind }) else {
            levels.append(Level(kind: kind, value: value, claimed: claimed))
            return value == .bool(false) ? .none : .change
        }
        if levels[index].isNewer(than: claimed) { return levels[index].value == value ? .none : .past }
        levels[index].claimed = claimed
        levels[index].toldLate = nil
        guard levels[index].value != value else { return .none }
        levels[index].value = value
        return .change
    }

    /// Takes a level over that arrived late. Returns whether it is news.
    ///
    /// What holds is taken to hold still, so that it ends when the device says so in time. What does not hold any more, and a number, says
    /// nothing about now.
    mutating func takeLateLevel(_ kind: ObservationKind, _ value: ObservationValue) -> Bool {
        guard let index = levels.firstIndex(where: { $0.kind == kind }) else {
            if value.isTrue { levels.append(Level(kind: kind, value: value)) }
            return value.isTrue
        }
        guard levels[index].value != value, levels[index].toldLate != value else { return false }
        if value.isTrue { levels[index].value = value } else { levels[index].toldLate = value }
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
