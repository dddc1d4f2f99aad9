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
        /// When it arrived; nil in rows of before.
        var at: EngineTime?
        /// When the device said so, by its own clock.
        var claimed: EventTime?
        /// What it said late and differed: once is enough.
        var toldLate: ObservationValue?

    }

    private struct RecentEvent: Codable, Hashable, Sendable {
        var kind: ObservationKind
        /// Where it was reported so far: the next report on one of them is the next event.
        var topics: [String]
        var at: EngineTime
        /// When the device said so, by its own clock.
        var claimed: EventTime?
        /// What could not be measured; nil for every other kind, and in rows of before.
        var unmeasured: ObservationValue?
    }

    /// What its wearer may take back.
    private static let calls: [ObservationKind] = [.fall, .fall_suspected, .sos, .alarm_unspecified]

    /// The same press on two topics arrives within this.
    private static let sameEventWindow = Milliseconds.seconds(1)

    var dialect = DialectState()
    /// What was refused for its number; nil where nothing is, and in rows of before.
    var counter: CounterWatch?
    /// What was refused because no key proves it; nil where nothing is, and in rows of before.
    var key: KeyWatch?
    private(set) var lastHeardAt: EngineTime?
    /// Where it was heard, and when last; nil in rows of before.
    private var ears: [Ear]?
    /// nil for a device that never said when.
    private var clock: DeviceClock?
    private var levels: [Level] = []
    private var recentEvents: [RecentEvent] = []

    /// The device was moved: what it said so far was said elsewhere, and what still holds is news here.
    mutating func forgetLevels() { levels = [] }

    mutating func heard(at time: EngineTime) { lastHeardAt = time }

    /// When anything of its own was heard, in its frames or in those that others speak for it in.
    var lastSpokenAt: EngineTime? {
        let told = said.filter { $0.kind != .availability && $0.kind != .bridge_availability }.map(\.at)
        return ([lastHeardAt] + told).compactMap { $0 }.max()
    }

    /// It was heard there.
    mutating func heard(on source: SourceID, at time: EngineTime) {
        // In place: every message comes by here, and a copy would cost more than the rest.
        if let index = ears?.firstIndex(where: { $0.source == source }) {
            ears?[index].at = time
        } else {
            ears = heardOn + [Ear(source: source, at: time)]
        }
    }

    /// When it was last heard on a source; nil where it never was.
    func heardAt(on source: SourceID) -> EngineTime? { ears?.first { $0.source == source }?.at }

    /// Where it was ever heard.
    var heardOn: [Ear] { ears ?? [] }

    /// What it has ever said, as far as that is remembered.
    var says: Set<ObservationKind> { Set(levels.map(\.kind) + recentEvents.map(\.kind)) }

    /// Whether it ever said more than that it is there.
    var hasSpoken: Bool { levels.contains { $0.kind != .device_alive } || recentEvents.contains { $0.kind != .device_alive } }

    /// Nothing of it is believed, or it may be somebody else.
    var isRefused: Bool { counter?.standing != nil || key?.standing != nil }

    /// What it said last of each kind, in the order of the kinds.
    var said: [DeviceCondition.Value] {
        let states = levels.map { DeviceCondition.Value(kind: $0.kind, value: $0.value, at: $0.at) }
        // Of what only happens the value is not kept.
        let happenings = recentEvents.map { DeviceCondition.Value(kind: $0.kind, value: $0.unmeasured ?? .bool(true), at: $0.at) }
        let latest = Dictionary((states + happenings).map { ($0.kind, $0) }) {
            ($0.at ?? EngineTime(.min)) < ($1.at ?? EngineTime(.min)) ? $1 : $0
        }
        return ObservationKind.allCases.flatMap { kind in
            // What could not be measured is named each for itself.
            kind == .not_measured ? happenings.filter { $0.kind == kind } : latest[kind].map { [$0] } ?? []
        }
    }

    /// Whether it is connected, by what it, its broker or its bridge said last; nil where nobody ever said.
    var isConnected: Bool? {
        let words = levels.filter { $0.kind == .availability || $0.kind == .bridge_availability }
        return words.max { ($0.at ?? EngineTime(.min)) < ($1.at ?? EngineTime(.min)) }?.value.isConnected
    }

    /// Its wearer took it off, by its last word.
    var isOffBody: Bool { levels.contains { $0.kind == .worn && $0.value == .bool(false) } }

    /// By its last word.
    var hasLowBattery: Bool { levels.contains { $0.kind == .battery_low && $0.value == .bool(true) } }

    /// Takes the time over that the device claims. Returns how long before its arrival it happened, as far as that can be told.
    mutating func hear(_ claim: EventTime, at time: EngineTime, by wall: ClockReading) -> Milliseconds {
        if clock == nil { clock = DeviceClock(claim, at: time) } else { clock?.hear(claim, at: time) }
        return clock?.lag(of: claim, at: time, by: wall) ?? .zero
    }

    /// Takes a level over, and tells what is new about it.
    ///
    /// Systems repeat cached levels, so only a difference is news. A level that is false and was never known before is none.
    mutating func takeLevel(
        _ kind: ObservationKind, _ value: ObservationValue, at time: EngineTime? = nil, claimed: EventTime? = nil
    ) -> LevelNews {
        guard let index = levels.firstIndex(where: { $0.kind == kind }) else {
            levels.append(Level(kind: kind, value: value, at: time, claimed: claimed))
            return value == .bool(false) ? .none : .change
        }
        if Self.hasOvertaken(levels[index].claimed, claimed) { return levels[index].value == value ? .none : .past }
        // Since what it said late it did not hold any more: that it holds is news.
        let hadEnded = levels[index].toldLate.map { value.isTrue && !$0.isTrue } ?? false
        levels[index].at = time
        levels[index].claimed = claimed
        levels[index].toldLate = nil
        guard levels[index].value != value || hadEnded else { return .none }
        levels[index].value = value
        return .change
    }

    /// Takes a level over that arrived late. Returns whether it is news.
    ///
    /// What holds is taken to hold still, so that it ends when the device says so in time. What does not hold any more, and a number, says
    /// nothing about now; even less so what the device stated before that which is known.
    mutating func takeLateLevel(
        _ kind: ObservationKind, _ value: ObservationValue, at time: EngineTime? = nil, claimed: EventTime? = nil
    ) -> Bool {
        guard let index = levels.firstIndex(where: { $0.kind == kind }) else {
            if value.isTrue { levels.append(Level(kind: kind, value: value, at: time, claimed: claimed)) }
            return value.isTrue
        }
        guard levels[index].value != value, levels[index].toldLate != value else { return false }
        if let claimed, let known = levels[index].claimed, !value.isTrue, claimed.rawValue < known.rawValue { return false }
        if value.isTrue {
            levels[index].value = value
            levels[index].at = time
            levels[index].claimed = claimed
        } else {
            levels[index].toldLate = value
        }
        return true
    }

    /// Takes an event over. Returns false for another report of one event: the same kind on another topic within a second.
    ///
    /// - Parameter value: looked at for what could not be measured alone; of each kind that is an event of its own.
    mutating func takeEvent(
        _ kind: ObservationKind, _ value: ObservationValue = .bool(true), topic: String, at time: EngineTime, claimed: EventTime? = nil
    ) -> Bool {
        let unmeasured = kind == .not_measured ? value : nil
        let event = RecentEvent(kind: kind, topics: [topic], at: time, claimed: claimed, unmeasured: unmeasured)
        guard let index = recentEvents.firstIndex(where: { $0.kind == kind && $0.unmeasured == unmeasured }) else {
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

    /// Whether the device fell or called after it claims to have said this, and that was heard before it.
    func hasCalledSince(_ claim: EventTime?) -> Bool {
        recentEvents.contains { Self.calls.contains($0.kind) && Self.hasOvertaken($0.claimed, claim) }
            || levels.contains { Self.calls.contains($0.kind) && $0.value.isTrue && Self.hasOvertaken($0.claimed, claim) }
    }

    /// Whether what was claimed for one time, and is known, overtook what is claimed for an earlier one. Further back it is late, or the clock
    /// was set.
    private static func hasOvertaken(_ known: EventTime?, _ claim: EventTime?) -> Bool {
        guard let known, let claim else { return false }
        let lead = Milliseconds(saturatingDifference(known.rawValue, claim.rawValue))
        return lead > .zero && lead <= DeviceClock.lateAfter
    }
}
