/// A moment at which a source was heard to say something: from there on the time counts in which it is heard (`Hearing`).
///
/// Reports of what was heard come in their own time, so the source's clock may be behind the moment; what it said proves the rest.
struct HeardMark: Codable, Hashable, Sendable {
    let source: SourceID
    let at: EngineTime
    /// Since when the source had been up; nil where it was down.
    fileprivate let upSince: EngineTime?
    /// The source's clock, and how far it was behind.
    fileprivate let clock: Milliseconds
    fileprivate let behind: Milliseconds
}

extension Hearing {
    /// - Parameter time: when the source said something.
    func mark(_ id: SourceID, at time: EngineTime) -> HeardMark {
        guard let source = source(id), source.isUp, let until = source.heardUntil else {
            return HeardMark(source: id, at: time, upSince: nil, clock: clock(of: id), behind: .zero)
        }
        return HeardMark(source: id, at: time, upSince: source.upSince, clock: source.heard, behind: max(.zero, time - until))
    }

    /// How long the source has been heard since.
    ///
    /// - Parameter time: when it said something again; nil where only its reports are to be believed.
    func heard(since mark: HeardMark, until time: EngineTime? = nil) -> Milliseconds {
        guard let source = source(mark.source), let until = source.heardUntil else { return .zero }
        let end = source.isUp ? max(until, time ?? until) : until
        if mark.upSince == source.upSince { return max(.zero, end - mark.at) }
        // Where a crash came before the next report, what the clock was behind was never made up for.
        let madeUp = source.previousEnd.map { max(.zero, min($0 - mark.at + mark.behind, mark.behind)) } ?? mark.behind
        return max(.zero, source.heard + (end - until) - mark.clock - madeUp)
    }
}
