import VigilCore

/// Whether one adapter hears, and what is done about it where it does not: pure, told what happens and what time it is.
///
/// Scans stop without a word, on every platform. One that told of somebody and then of nobody at all for a minute is held to be deaf: its
/// scan is started anew, and if that does not help it is opened anew, which resets it, until somebody is heard. Whoever listens where nobody
/// ever was is not deaf, nor one whose only devices are connected: those do not advertise, and what they say is heard as well. There the scan
/// alone is started anew, in case it stopped.
struct AdapterHealth {
    typealias State = BluetoothStatus.Adapter.State

    enum Order: Hashable {
        /// Closes it first where it stands.
        case open
        case restartScan
    }

    /// Nobody at all was heard for so long.
    static let deafAfter = Milliseconds.seconds(60)
    private static let deafness = "no advertisement from any device for \(deafAfter.rawValue / 1000) s"
    /// Within this time of a scan's new start somebody is heard, if it helped.
    private static let scanPatience = Milliseconds.seconds(8)
    /// The same for an adapter that was opened anew. With what opening takes it is within 30 s of the controller's return.
    private static let openPatience = Milliseconds.seconds(15)
    private static let firstWait = Milliseconds(500)
    private static let longestWait = Milliseconds.seconds(8)

    private(set) var state = State.closed
    private(set) var since: BootTime
    /// Why it does not hear; nil before the first attempt and while it does.
    private(set) var reason: String?
    /// When somebody was heard last, be it over a connection.
    private(set) var heardAt: BootTime?
    private var dueAt: BootTime?
    private var isOpen = false
    private var isDeaf = false
    private var failures = 0

    init(at time: BootTime) {
        since = time
        dueAt = time
    }

    /// When `advance` has something to do although nothing happened.
    var deadline: BootTime? { dueAt }

    mutating func ready(at time: BootTime) {
        isOpen = true
        failures = 0
        if isDeaf {
            reason = Self.deafness
            enter(.deaf, at: time)
        } else {
            reason = nil
            enter(.hearing, at: time)
            dueAt = heardAt.map { _ in time + Self.deafAfter }
        }
    }

    /// - Parameter isReport: it advertised; else it spoke over its connection, which says nothing of the scan.
    mutating func heard(isReport: Bool = true, at time: BootTime) {
        heardAt = time
        guard isOpen, isReport else { return }
        isDeaf = false
        reason = nil
        enter(.hearing, at: time)
        dueAt = time + Self.deafAfter
    }

    mutating func failed(_ words: String, at time: BootTime) {
        isOpen = false
        reason = words
        enter(.closed, at: time)
        dueAt = time + min(Self.longestWait, Milliseconds(Self.firstWait.rawValue << Int64(min(failures, 10))))
        failures += 1
    }

    /// What is due.
    mutating func advance(to time: BootTime) -> Order? {
        guard let dueAt, dueAt <= time else { return nil }
        guard isOpen else {
            // Longer than any adapter takes to stand or to fail.
            self.dueAt = time + Self.openPatience
            return .open
        }
        guard isDeaf else {
            if let heardAt, time - heardAt < Self.deafAfter {
                self.dueAt = time + Self.deafAfter
                return .restartScan
            }
            isDeaf = true
            reason = Self.deafness
            enter(.deaf, at: time)
            self.dueAt = time + Self.scanPatience
            return .restartScan
        }
        self.dueAt = time + Self.openPatience
        return .open
    }

    private mutating func enter(_ state: State, at time: BootTime) {
        if self.state != state { since = time }
        self.state = state
    }
}
