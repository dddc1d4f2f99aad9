/// Silence as a rule of absence measures it: the sources' clocks at the last sign of life.
struct SilenceMark: Codable, Hashable, Sendable {
    private struct Reading: Codable, Hashable, Sendable {
        var source: SourceID
        var clock: Milliseconds
        /// A sign of life came from there: the silence of this source is what counts.
        var isHeard: Bool
    }

    /// When the last sign of life came, or when the counting began.
    private(set) var since: EngineTime
    private var readings: [Reading] = []

    /// - Parameter source: where the sign came from; nil when none came and the counting only begins.
    init(at time: EngineTime, source: SourceID?, hearing: Hearing) {
        since = time
        reset(at: time, source: source, hearing: hearing)
    }

    /// A sign of life.
    mutating func reset(at time: EngineTime, source: SourceID?, hearing: Hearing) {
        since = time
        for heard in hearing.sources { read(heard.id, at: heard.heard) }
        guard let source else { return }
        if !readings.contains(where: { $0.source == source }) { read(source, at: .zero) }
        for index in readings.indices where readings[index].source == source { readings[index].isHeard = true }
    }

    private mutating func read(_ source: SourceID, at clock: Milliseconds) {
        if let index = readings.firstIndex(where: { $0.source == source }) {
            readings[index].clock = clock
        } else {
            readings.append(Reading(source: source, clock: clock, isHeard: false))
        }
    }

    /// Whether a sign of life ever came from there.
    func wasHeard(on source: SourceID) -> Bool { readings.contains { $0.source == source && $0.isHeard } }

    /// What can be said of the silence now.
    func silence(in hearing: Hearing) -> Silence {
        let heard = readings.filter { $0.isHeard && hearing.isExpected($0.source) }.map(\.source)
        // Nothing was ever heard, or only where nobody listens any more: it may come from anywhere, so every source counts.
        let relevant = heard.isEmpty ? hearing.all : heard
        guard !relevant.isEmpty, relevant.allSatisfy({ hearing.isUp($0) }) else { return .deaf }
        let toWait = relevant.map { hearing.untilSettled($0) }.max() ?? .zero
        guard toWait <= .zero else { return .unsettled(toWait) }
        return .lasting(relevant.map { hearing.clock(of: $0) - clock(of: $0) }.min() ?? .zero)
    }

    /// Where a source's clock stood; a source that came later is counted from its beginning.
    private func clock(of source: SourceID) -> Milliseconds { readings.first { $0.source == source }?.clock ?? .zero }
}
