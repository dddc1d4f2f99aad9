import VigilCore

/// When a source may write its acknowledgements (`architecture.md`, rule 2).
///
/// Anything that a source writes flushes every acknowledgement it holds, so it is asked to hold, says what it read last, and is released
/// once all of that is committed. Frames are numbered by the source.
struct AcknowledgementBarrier {
    private enum Phase {
        case reading
        case holdRequested
        case held(lastRead: UInt64)
    }

    private var phase = Phase.reading
    private var lastTaken: UInt64 = 0
    private var lastReleased: UInt64 = 0
    private var oldestUnacknowledged: EngineTime?

    /// When the linger of the oldest unacknowledged frame began; nil when all are acknowledged or a hold is under way.
    var lingerBegan: EngineTime? { if case .reading = phase { oldestUnacknowledged } else { nil } }
    var unacknowledged: Int { Int(clamping: lastTaken - min(lastReleased, lastTaken)) }
    var isHoldRequested: Bool { if case .holdRequested = phase { true } else { false } }
    var isHeld: Bool { if case .held = phase { true } else { false } }

    mutating func took(upTo number: UInt64, at time: EngineTime) {
        lastTaken = max(lastTaken, number)
        if oldestUnacknowledged == nil { oldestUnacknowledged = time }
    }

    /// Whether the source should be asked to hold now: the linger is over, or half of the broker's window stands unacknowledged.
    mutating func shouldRequestHold(at time: EngineTime, linger: Milliseconds, window: Int) -> Bool {
        guard case .reading = phase, let began = oldestUnacknowledged else { return false }
        guard time - began >= linger || unacknowledged >= max(1, window / 2) else { return false }
        phase = .holdRequested
        return true
    }

    mutating func held(lastRead: UInt64) {
        guard case .holdRequested = phase else { return }
        phase = .held(lastRead: lastRead)
    }

    /// Everything taken so far is durable. Returns whether the source may be released.
    mutating func committed() -> Bool {
        guard case .held(let lastRead) = phase, lastRead <= lastTaken else { return false }
        phase = .reading
        lastReleased = lastTaken
        oldestUnacknowledged = nil
        return true
    }

    /// The connection is gone, and with it what was not acknowledged: the broker sends it again.
    ///
    /// A hold outlives it: the source answers connected or not, and reads nothing until it is released.
    mutating func disconnected() {
        lastReleased = lastTaken
        oldestUnacknowledged = nil
    }

    /// A hold ends with nothing acknowledged.
    mutating func readOn() { phase = .reading }

    /// The socket is dropped on purpose, which ends a hold.
    mutating func refused() {
        phase = .reading
        disconnected()
    }
}
