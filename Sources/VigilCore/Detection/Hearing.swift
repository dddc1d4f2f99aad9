/// How well each source could be heard: silence counts only while somebody listened (`architecture.md`, rule 7).
///
/// Every source has a clock that runs only while it is up and as far as it reports to have heard everything. A rule of absence measures
/// silence on those clocks, so that an outage, a stall or a restart neither raises an alert nor loses what was counted before it.
struct Hearing: Codable, Hashable, Sendable {
    struct Source: Codable, Hashable, Sendable {
        let id: SourceID
        var isUp = false
        var upSince: EngineTime?
        /// Where the running clock was last read.
        var heardUntil: EngineTime?
        var heard = Milliseconds.zero
        /// How far it was heard when it was up before.
        var previousEnd: EngineTime?
    }

    /// After a source came back, absence is judged only when it was heard for this long.
    static let grace = Milliseconds.seconds(60)

    /// A report comes in its own time: what it did not cover yet is looked at again no sooner than this after the last one.
    static let patience = Milliseconds.seconds(1)

    /// In order of their ids; a handful, so that looking through them is quicker than hashing.
    private(set) var sources: [Source] = []
    /// The sources that some route names; nil while no rules were read. The silence of the others says nothing.
    private var expected: [SourceID]?

    /// All sources that are listened to and ever reported, in order.
    var all: [SourceID] { sources.map(\.id).filter { isExpected($0) } }

    func source(_ id: SourceID) -> Source? { sources.first { $0.id == id } }

    func isExpected(_ id: SourceID) -> Bool { expected?.contains(id) ?? true }

    /// Only these sources are listened to from now on; what the others had heard is kept, should they come back.
    mutating func expect(_ ids: [SourceID]) { expected = Set(ids).sorted() }

    /// The sources that are listened to, reported before, and are down.
    var deaf: [Source] { sources.filter { !$0.isUp && isExpected($0.id) } }

    /// The same as if nobody listened to these: what they would hear is heard elsewhere.
    func sparing(_ ids: [SourceID]) -> Hearing {
        guard !ids.isEmpty else { return self }
        var hearing = self
        hearing.expected = all.filter { !ids.contains($0) }
        return hearing
    }

    /// Whether the source was ever up.
    func knows(_ id: SourceID) -> Bool { source(id)?.upSince != nil }

    func isUp(_ id: SourceID) -> Bool { source(id)?.isUp ?? false }

    /// The source's clock: how long it has been heard in all.
    func clock(of id: SourceID) -> Milliseconds { source(id)?.heard ?? .zero }

    /// How much longer the source must be heard before silence on it may be judged; zero or less when it may.
    func untilSettled(_ id: SourceID) -> Milliseconds {
        guard let source = source(id), let since = source.upSince, let until = source.heardUntil else { return Self.grace }
        return Self.grace - (until - since)
    }

    /// When to look at a silence again of which so much is missing.
    ///
    /// A source that is up and behind with its reports is asked again, by everybody at the same time and ever more rarely: at one, two, four
    /// ... seconds after the last that it reported.
    func nextLook(missing: Milliseconds, at time: EngineTime) -> EngineTime {
        let reports = sources.filter { $0.isUp && isExpected($0.id) }.compactMap(\.heardUntil)
        guard let oldest = reports.min(), missing <= time - oldest else { return time + max(missing, Self.patience) }
        var wait = Self.patience
        while oldest + wait <= time { wait = wait + wait }
        return oldest + wait
    }

    mutating func up(_ id: SourceID, at time: EngineTime) {
        let index = index(of: id)
        guard !sources[index].isUp else { return }
        sources[index].isUp = true
        sources[index].previousEnd = sources[index].heardUntil
        sources[index].upSince = time
        sources[index].heardUntil = time
    }

    mutating func down(_ id: SourceID) { sources[index(of: id)].isUp = false }

    /// A restart: nobody listened since the last report.
    mutating func downAll() {
        for index in sources.indices { sources[index].isUp = false }
    }

    mutating func heard(_ id: SourceID, until time: EngineTime) {
        guard let index = sources.firstIndex(where: { $0.id == id }), sources[index].isUp, let from = sources[index].heardUntil,
            time > from
        else { return }
        sources[index].heard = sources[index].heard + (time - from)
        sources[index].heardUntil = time
    }

    /// The place of a source, which is made where there is none yet.
    private mutating func index(of id: SourceID) -> Int {
        if let index = sources.firstIndex(where: { $0.id == id }) { return index }
        let place = sources.firstIndex { $0.id > id } ?? sources.count
        sources.insert(Source(id: id), at: place)
        return place
    }
}
