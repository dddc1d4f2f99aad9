import VigilCore

/// What the gateway may ask of a source; `MQTTSource` does it on its own thread.
struct SourceHandle: Sendable {
    var id: SourceID
    /// Unacknowledged messages that the broker lets stand.
    var window: Int
    /// Stop reading and say what was read last.
    var hold: @Sendable () -> Void
    /// Everything read is stored: acknowledge it and read on.
    var release: @Sendable () -> Void
    /// Read on with nothing acknowledged.
    var readOn: @Sendable () -> Void
    /// Drop the socket with nothing acknowledged, and stay away.
    var refuse: @Sendable () -> Void
    /// Come back to the durable session.
    var resume: @Sendable () -> Void
    /// Open the clean QoS 0 session that keeps alarms coming while nothing can be stored.
    var openSpare: @Sendable () -> Void
    var closeSpare: @Sendable () -> Void

    init(
        id: SourceID, window: Int, hold: @escaping @Sendable () -> Void, release: @escaping @Sendable () -> Void,
        readOn: @escaping @Sendable () -> Void, refuse: @escaping @Sendable () -> Void, resume: @escaping @Sendable () -> Void,
        openSpare: @escaping @Sendable () -> Void,
        closeSpare: @escaping @Sendable () -> Void
    ) {
        self.id = id
        self.window = window
        self.hold = hold
        self.release = release
        self.readOn = readOn
        self.refuse = refuse
        self.resume = resume
        self.openSpare = openSpare
        self.closeSpare = closeSpare
    }
}

/// A source as the gateway sees it: its barrier, what may come again, and how far it was heard.
struct SourceDesk {
    let handle: SourceHandle
    var barrier = AcknowledgementBarrier()
    var redelivery: RedeliveryFilter
    var heardUntil: EngineTime?
    /// The durable session's socket was dropped on purpose and stays away; the spare session listens in its place.
    private(set) var isRefused = false
    /// The spare session stands.
    private(set) var hasSpare = false
    private var overlap = OverlapFilter()
    /// Journal sequences of frames by the source's own numbers, for what is not confirmed yet.
    private var sequences: [(number: UInt64, sequence: Int64)] = []

    init(handle: SourceHandle, unconfirmed: [(sequence: Int64, frame: Frame)]) {
        self.handle = handle
        redelivery = RedeliveryFilter(unconfirmed: unconfirmed)
    }

    /// A batch was taken in whole; its last frame has this sequence.
    mutating func took(upTo number: UInt64, sequence: Int64, at time: EngineTime) {
        barrier.took(upTo: number, at: time)
        sequences.append((number, sequence))
    }

    /// The broker has processed acknowledgements up to a frame. Returns the journal position that this confirms.
    mutating func confirmed(upTo number: UInt64) -> ConfirmedPosition? {
        guard let last = sequences.last(where: { $0.number <= number }) else { return nil }
        sequences.removeAll { $0.number <= number }
        return ConfirmedPosition(source: handle.id, sequence: redelivery.confirmed(upTo: last.sequence))
    }

    // MARK: While nothing can be stored

    /// Nothing will be released: until the spare session hears, this one must go on hearing.
    mutating func listenUnreleased() {
        barrier.readOn()
        handle.readOn()
        handle.openSpare()
    }

    mutating func spareConnected() { hasSpare = true }

    mutating func spareEnded() {
        hasSpare = false
        overlap = OverlapFilter()
    }

    /// Whether the other session, while both stand, has said the same. What the broker keeps it hands to a new session alone.
    mutating func isCopy(_ frame: Frame, isSpare: Bool) -> Bool {
        guard hasSpare, !isRefused, !frame.isRetained else { return false }
        return overlap.isCopy(frame, isSpare: isSpare)
    }

    /// The spare session hears everything: the broker keeps the rest from here on.
    mutating func refuse() {
        guard !isRefused else { return }
        isRefused = true
        overlap = OverlapFilter()
        handle.refuse()
        barrier.refused()
    }

    /// Ends the spare session; the durable one comes back when that is done, so that nothing is heard by both.
    mutating func endSpare() {
        handle.closeSpare()
        if !hasSpare { resume() }
    }

    /// Back to the durable session, if it was left.
    mutating func resume() {
        guard isRefused else { return }
        isRefused = false
        redelivery.expectUnflagged()
        handle.resume()
    }
}
