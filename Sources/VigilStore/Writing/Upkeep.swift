internal import Dispatch
internal import VigilCore

/// When the writer looks after the file between turns, and in what order.
struct Upkeep {
    private let options: StoreOptions
    private var checkpointAt: DispatchTime?
    private var cursorsAt: DispatchTime?
    private var pruneAt: DispatchTime?

    init(options: StoreOptions) { self.options = options }

    /// When the next piece is due; never, when there is nothing to do.
    var deadline: DispatchTime { [checkpointAt, cursorsAt, pruneAt].compactMap(\.self).min() ?? .distantFuture }

    /// A turn was committed, or failed to be.
    mutating func committed(_ writer: Writer) {
        planCheckpoint(writer)
        if pruneAt == nil { pruneAt = .now() + options.pruneInterval }
    }

    /// A follower's position waits to be written.
    mutating func advanced() {
        if cursorsAt == nil { cursorsAt = .now() + .seconds(1) }
    }

    /// Does the piece that is due, if one is.
    mutating func step(_ writer: Writer) throws(StoreError) {
        let now = DispatchTime.now()
        // Each is taken off the list first: what failed comes again after the next turn, not at once.
        if isDue(checkpointAt, now) {
            checkpointAt = nil
            try writer.checkpoint()
        } else if isDue(cursorsAt, now) {
            cursorsAt = nil
            try writer.flushCursors()
            planCheckpoint(writer)
        } else if isDue(pruneAt, now) {
            pruneAt = nil
            if try writer.prune() {
                pruneAt = now
                planCheckpoint(writer)
            }
        }
    }

    /// At once when the log is long, otherwise when nobody has written for a while.
    private mutating func planCheckpoint(_ writer: Writer) {
        checkpointAt = .now() + (writer.logPages >= options.checkpointPages ? .zero : options.idleTime)
    }

    private func isDue(_ time: DispatchTime?, _ now: DispatchTime) -> Bool { time.map { $0 <= now } ?? false }
}

extension DispatchTime {
    fileprivate static func + (time: Self, length: Milliseconds) -> Self {
        time + .milliseconds(Int(clamping: length.rawValue))
    }
}
