/// How well each source could be heard: silence counts only while somebody listened (`architecture.md`, rule 7).
///
/// Every source has a clock that runs only while it is up and as far as it reports to have heard everything. A rule of absence measures
/// silence on those clocks, so that an outage, a stall or a restart neither raises an alert nor loses what was counted before it.
struct Hearing: Codable, Hashable, Sendable {
    private struct Source: Codable, Hashable, Sendable {
        var isUp = false
        var upSince: EngineTime?
        /// Where the running clock was last read.
        var heardUntil: EngineTime?
        var heard = Milliseconds.zero
    }

    /// After a source came back, absence is judged only when it was heard for this long.
    static let grace = Milliseconds.seconds(60)

    private var sources: [SourceID: Source] = [:]

    /// All sources that were ever up, in order.
    var all: [SourceID] { sources.keys.sorted() }

    /// Whether the source was ever up.
    func knows(_ id: SourceID) -> Bool { sources[id]?.upSince != nil }

    func isUp(_ id: SourceID) -> Bool { sources[id]?.isUp ?? false }

    /// The source's clock: how long it has been heard in all.
    func clock(of id: SourceID) -> Milliseconds { sources[id]?.heard ?? .zero }

    /// How much longer the source must be heard before silence on it may be judged; zero or less when it may.
    func untilSettled(_ id: SourceID) -> Milliseconds {
        guard let source = sources[id], let since = source.upSince, let until = source.heardUntil else { return Self.grace }
        return Self.grace - (until - since)
    }

    mutating func up(_ id: SourceID, at time: EngineTime) {
        var source = sources[id] ?? Source()
        guard !source.isUp else { return }
        source.isUp = true
        source.upSince = time
        source.heardUntil = time
        sources[id] = source
    }

    mutating func down(_ id: SourceID) { sources[id, default: Source()].isUp = false }

    /// A restart: nobody listened since the last report.
    mutating func downAll() {
        for id in sources.keys.sorted() { down(id) }
    }

    mutating func heard(_ id: SourceID, until time: EngineTime) {
        guard var source = sources[id], source.isUp, let from = source.heardUntil, time > from else { return }
        source.heard = source.heard + (time - from)
        source.heardUntil = time
        sources[id] = source
    }
}

/// Silence as a rule of absence measures it: the sources' clocks at the last sign of life.
struct SilenceMark: Codable, Hashable, Sendable {
    private struct Reading: Codable, Hashable, Sendable {
        var source: SourceID
        var clock: Milliseconds
    }

    /// When the last sign of life came.
    private(set) var since: EngineTime
    private var readings: [Reading]

    /// - Parameter source: where the sign came from; nil when none came and the counting only begins.
    init(at time: EngineTime, source: SourceID?, hearing: Hearing) {
        since = time
        readings = []
        if let source { readings.append(Reading(source: source, clock: hearing.clock(of: source))) }
    }

    /// A sign of life.
    mutating func reset(at time: EngineTime, source: SourceID?, hearing: Hearing) {
        since = time
        if let source, !readings.contains(where: { $0.source == source }) {
            readings.append(Reading(source: source, clock: .zero))
        }
        for index in readings.indices { readings[index].clock = hearing.clock(of: readings[index].source) }
    }

    /// What can be said of the silence now.
    func silence(in hearing: Hearing) -> Silence {
        // Nothing was ever heard: it may come from anywhere, so every source counts, from its own beginning.
        let relevant = readings.isEmpty ? hearing.all.map { Reading(source: $0, clock: .zero) } : readings
        guard !relevant.isEmpty, relevant.allSatisfy({ hearing.isUp($0.source) }) else { return .deaf }
        let toWait = relevant.map { hearing.untilSettled($0.source) }.max() ?? .zero
        guard toWait <= .zero else { return .unsettled(toWait) }
        return .lasting(relevant.map { hearing.clock(of: $0.source) - $0.clock }.min() ?? .zero)
    }
}

/// What can be said of a silence.
enum Silence: Hashable, Sendable {
    /// A source is down: unknown, for as long as that lasts.
    case deaf
    /// All sources are back, and will have been heard long enough after this.
    case unsettled(Milliseconds)
    /// Nothing was heard for so long while all sources listened.
    case lasting(Milliseconds)
}
