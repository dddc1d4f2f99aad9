import Logging
import VigilCore
import VigilIngest
import VigilStore

/// The path, from top to bottom: frame, journal, decode, detect, alert, escalate, outbox, channel.
///
/// A single consumer with one entry, on a thread of its own. A turn takes every input that waits, stamps it, runs it through the engine, and
/// ends in one transaction; only after that are acknowledgements released, messages sent and people answered. It is long on purpose: the
/// order of what happens is the product, and it stands here in one file.
struct Gateway {
    struct Settings: Sendable {
        /// How long frames that changed nothing may wait for their commit, unacknowledged.
        var linger = Milliseconds.seconds(1)
        /// So many unacknowledged frames of a source end a turn, if half of the broker's window does not before: what the broker keeps for
        /// us it writes down again and again, so less is faster. At 64 it is a commit a second on a site with 64 messages a second.
        var turnFrames = 64
        var snapshotEvery = Milliseconds.minutes(1)
        /// A snapshot is due after this many inputs, however little time has passed: the tail is what a restart reads.
        var snapshotInputs = 100_000
        /// How often the engine is told how far its sources were heard, where no deadline tells it: a crash forgets that much silence.
        var hearingEvery = Milliseconds.minutes(5)
        /// How long a turn waits for a source to say what it read last.
        var holdPatience = Milliseconds(250)
        /// How long the gateway waits for a commit before it decides on without it.
        var commitPatience = Milliseconds.seconds(2)
    }

    let settings: Settings
    let inbox: Inbox
    let store: Store
    let clocks: Clocks
    let clock: EngineClock
    let outlets: Outlets
    let refusedRows: RefusedRows
    let meters: GatewayMeters
    let logger: Logger
    private let commitBell = Bell()

    var engine: Engine
    var desks: [SourceID: SourceDesk]
    var draft = TurnDraft()
    var effects: [Effect] = []
    var replies: [CommandID: @Sendable (CommandReply) -> Void] = [:]
    var lastSnapshotAt: EngineTime
    var inputsSinceSnapshot = 0
    var lastHearing: [HeardUntil] = []
    /// Set while nothing can be stored (`Gateway+storageFailure.swift`).
    var failure: StorageFailure?
    var ballast = BallastWatch()
    var isStopping = false

    /// The first turn of a life: the gap, with which alerts are held against conditions, then what changed in the configuration.
    ///
    /// - Parameter unrecorded: why this life records nothing, if it does not.
    mutating func begin(_ start: Start, rules: RuleSet, unrecorded: String? = nil) -> GatewayExit? {
        if let unrecorded { beginUnrecorded(unrecorded) }
        let time = clock.time(at: clocks.boot())
        decide(.started(start), at: time)
        var rules = rules
        rules.version = engine.rules.version
        if rules != engine.rules {
            rules.version += 1
            decide(.rulesChange(rules), at: time)
        }
        beginWithBallast(at: time)
        draft.markUrgent()
        meters.show(engine, changed: engine.openAlerts)
        return endTurn(at: time)
    }

    /// Turns until somebody says stop, or until storage demands a restart.
    mutating func run() -> GatewayExit {
        while true {
            let items = inbox.take(waitingFor: timeToWait)
            let time = clock.time(at: clocks.boot())
            noteWall(at: time)
            for item in items { take(item, at: time) }
            fireDeadlines(at: clock.time(at: clocks.boot()))
            tellHearing(at: time, every: settings.hearingEvery)
            // While nothing can be stored there is nothing to release, and reading is all that keeps alarms coming.
            if failure == nil { requestHolds(at: time) }
            restoreBallastIfDue(at: time)
            if isStopping { return stop() }
            if let exit = endTurn(at: time) { return exit }
        }
    }

    // MARK: 1. Take

    /// Stamps an input, journals it, and decides at once.
    mutating func decide(_ input: Input, at time: EngineTime) {
        let stamped = StampedInput(sequence: engine.sequence + 1, at: max(time, engine.now), input: input)
        effects.removeAll(keepingCapacity: true)
        engine.apply(stamped, into: &effects)
        draft.journal(stamped)
        draft.add(effects, of: stamped, at: stamped.at)
        meters.count(stamped, effects)
        inputsSinceSnapshot += 1
    }

    private mutating func take(_ item: Inbox.Item, at time: EngineTime) {
        switch item {
        case .source(let id, let isSpare, let event): take(event, from: id, isSpare: isSpare, at: time)
        case .input(let input): decide(input, at: time)
        case .command(let command, let reply):
            replies[command.id] = reply
            decide(.command(command), at: time)
        // What nobody could remember after a power cut is not promised; the operator tries again when it can be.
        case .registry(_, _, let done) where failure != nil: done(.refused)
        case .rules(_, let done) where failure != nil: done(nil)
        // It was made without knowing of what came since, and would undo it.
        case .registry(_, let over?, let done) where over != engine.registry.version: done(.outdated(engine.registry.version))
        case .registry(var registry, _, let done):
            registry.version = engine.registry.version + 1
            decide(.registryChange(registry), at: time)
            draft.whenStored { [version = registry.version] in done($0 ? .taken(version) : .refused) }
        case .rules(var rules, let done):
            rules.version = engine.rules.version
            guard rules != engine.rules else { return done(rules.version) }
            rules.version += 1
            decide(.rulesChange(rules), at: time)
            draft.whenStored { [version = rules.version] in done($0 ? version : nil) }
        case .decoders(let decoders): use(decoders)
        case .lateCommit(let result): commitCameLate(result, at: time)
        case .ballastWasTried: ballastWasTried(at: time)
        case .probe(let answer): answer()
        case .question(let answer): answer(engine)
        case .stop: isStopping = true
        }
    }

    /// This turn ends with a snapshot, so that recovery begins behind what was read by the keys of before.
    private mutating func use(_ decoders: [any PayloadDecoder]) {
        engine.use(decoders)
        draft.demandSnapshot()
    }

    private mutating func take(_ event: SourceEvent, from id: SourceID, isSpare: Bool, at time: EngineTime) {
        switch event {
        case .frames(let frames, let lastRead): take(frames, upTo: lastRead, from: id, isSpare: isSpare, at: time)
        case .connected(let isResumed):
            if isSpare {
                guard spareConnected(id) else { return }
            } else {
                desks[id]?.redelivery.connected(isResumed: isResumed)
            }
            let isWhole = isSpare || isResumed || !engine.hasHeard(id)
            decide(.health(Health(.source(id), isWhole ? .up : .sessionLost)), at: time)
        case .disconnected(let reason):
            if isSpare { spareEnded(id) } else { desks[id]?.barrier.disconnected() }
            tellHearing(at: time)
            // A durable session that was refused on purpose leaves the spare one listening, and the other way round.
            if isSpare == (failure != nil) { decide(.health(Health(.source(id), .down, detail: reason)), at: time) }
        case .refused(let filters):
            // Of the two sessions the durable one is what must hear; the spare one says the same of the same broker.
            guard !isSpare else { return }
            let detail = filters.joined(separator: ", ")
            decide(.health(Health(.source(id), filters.isEmpty ? .up : .limited, detail: detail)), at: time)
        case .held(let lastRead): desks[id]?.barrier.held(lastRead: lastRead)
        case .heard(let until):
            desks[id]?.heardUntil = clock.time(at: until)
            if isSpare { spareHears(id) } else { desks[id]?.redelivery.caughtUp() }
        case .confirmed(let upTo):
            if let position = desks[id]?.confirmed(upTo: upTo) { draft.confirm(position) }
        }
    }

    private mutating func take(_ frames: [Frame], upTo lastRead: UInt64, from id: SourceID, isSpare: Bool, at time: EngineTime) {
        for var frame in frames {
            let isCopy = desks[id]?.isCopy(frame, isSpare: isSpare) == true
            frame.isDuplicate = isCopy || !isSpare && desks[id]?.redelivery.isDuplicate(frame) == true
            decide(.frame(frame), at: time)
            // Once for each message that the durable session may send again. What a broker hands to a new session only, because it keeps
            // it, is none.
            if !isCopy && !(isSpare && frame.isRetained) { desks[id]?.redelivery.heard(frame, as: engine.sequence) }
        }
        if !isSpare { desks[id]?.took(upTo: lastRead, sequence: engine.sequence, at: time) }
    }

    // MARK: 2. Time

    /// The wall is an input: what it says labels messages, and measures the gap over a reboot.
    private mutating func noteWall(at time: EngineTime) {
        let wall = clocks.wall()
        guard engine.clock.isOutdated(by: wall, at: time) else { return }
        decide(.clock(ClockReading(wall, at: time, after: engine.clock)), at: time)
    }

    private mutating func fireDeadlines(at time: EngineTime) {
        guard let due = engine.nextDeadline, due <= time else { return }
        lastHearing = hearing(at: time)
        decide(.deadline(heardUntil: lastHearing), at: time)
    }

    private func hearing(at time: EngineTime) -> [HeardUntil] {
        desks.values.compactMap { desk in desk.heardUntil.map { HeardUntil(source: desk.handle.id, time: min($0, time)) } }
            .sorted { $0.source < $1.source }
    }

    /// Rules of absence count only what the engine knows to have been heard: it must know before a source goes, or the daemon does.
    private mutating func tellHearing(at time: EngineTime, every length: Milliseconds = .zero) {
        let heard = hearing(at: time)
        let isNews = heard.contains { report in
            lastHearing.first { $0.source == report.source }.map { report.time - $0.time > length } ?? true
        }
        guard isNews else { return }
        lastHearing = heard
        decide(.deadline(heardUntil: heard), at: time)
    }

    private var timeToWait: Milliseconds? {
        let now = clock.time(at: clocks.boot())
        let linger = failure == nil ? desks.values.compactMap(\.barrier.lingerBegan).min().map { $0 + settings.linger } : nil
        let journaled = draft.turn.journal.first.map { $0.at + settings.linger + settings.holdPatience }
        let nextTry = failure?.hanging == nil ? failure?.nextTryAt : nil
        let ballast = failure == nil && !ballast.isBeingTried ? ballast.tryAt : nil
        return [engine.nextDeadline, linger, journaled, nextTry, ballast].compactMap { $0 }.min().map { $0 - now }
    }

    private mutating func requestHolds(at time: EngineTime) {
        for id in desks.keys {
            let window = min(desks[id]?.handle.window ?? 1, 2 * settings.turnFrames)
            if desks[id]?.barrier.shouldRequestHold(at: time, linger: settings.linger, window: window) == true {
                desks[id]?.handle.hold()
            }
        }
    }

    // MARK: 3. Commit

    /// Whether the turn ends here: something leaves the core, a source waits for its release, or rows have waited long enough.
    private func isTurnOver(at time: EngineTime) -> Bool {
        if draft.isUrgent || desks.values.contains(where: \.barrier.isHeld) { return true }
        guard let oldest = draft.turn.journal.first else { return !draft.isEmpty }
        // A source that was asked to hold answers within the blink of an eye; what it read last belongs to this turn.
        let patience = desks.values.contains(where: \.barrier.isHoldRequested) ? settings.holdPatience : .zero
        return time - oldest.at >= settings.linger + patience
    }

    private mutating func endTurn(at time: EngineTime) -> GatewayExit? {
        if failure != nil { return endTurnWithoutStorage(at: time) }
        guard isTurnOver(at: time) else { return nil }
        meters.show(engine, changed: draft.turn.alerts)
        addSnapshotIfDue(at: time)
        let finished = draft
        draft = TurnDraft()
        Failpoint.beforeCommit.pass()
        switch commit(finished.turn, inHurry: finished.isUrgent) {
        case .success:
            Failpoint.afterCommitBeforeAck.pass()
            release()
            Failpoint.afterAck.pass()
            perform(finished)
            return nil
        case .failure(let error): return beginStorageFailure(finished, error, at: time)
        case nil: return beginStorageFailure(finished, nil, at: time)
        }
    }

    /// - Returns: nil when the store has not answered in time; its answer comes through the inbox.
    mutating func commit(_ turn: Turn, patience: Milliseconds? = nil, inHurry: Bool = false) -> Result<Void, StoreError>? {
        if turn.isEmpty { return .success(()) }
        let started = clocks.boot()
        let answer = CommitAnswer(ringing: commitBell, late: { [inbox] in inbox.put(.lateCommit($0)) })
        store.commit(turn) { answer.give($0) }
        let result = answer.wait(for: patience ?? settings.commitPatience, inHurry: inHurry)
        meters.committed(rows: turn.journal.count, took: clocks.boot() - started, succeeded: (try? result?.get()) != nil)
        return result
    }

    private mutating func addSnapshotIfDue(at time: EngineTime) {
        let isDue = inputsSinceSnapshot >= settings.snapshotInputs || time - lastSnapshotAt >= settings.snapshotEvery
        guard isDue || draft.needsSnapshot else { return }
        draft.snapshot(engine.takeSnapshot(whole: false))
        lastSnapshotAt = time
        inputsSinceSnapshot = 0
    }

    // MARK: 4. Let it out

    /// Acknowledgements of everything that is stored now.
    mutating func release() {
        for id in desks.keys {
            if desks[id]?.barrier.committed() == true { desks[id]?.handle.release() }
        }
    }

    /// What a stored turn lets happen.
    mutating func perform(_ finished: TurnDraft) {
        for delivery in finished.turn.deliveries where delivery.state == .withdrawn { outlets.withdraw(delivery.id) }
        for delivery in finished.due { outlets.submit(delivery, true) }
        answerForUnsent(finished)
        for receipt in finished.receipts { outlets.receipt(receipt) }
        answer(finished)
        for completion in finished.completions { completion(true) }
        if !finished.turn.timeline.isEmpty { outlets.timelineGrew() }
    }

    /// What was leased and reached no worker frees its slot for the next.
    func answerForUnsent(_ finished: TurnDraft) {
        for result in finished.unsent { inbox.put(.input(.deliveryResult(result))) }
    }

    mutating func answer(_ finished: TurnDraft) {
        for reply in finished.replies { replies.removeValue(forKey: reply.command)?(reply) }
    }

    // MARK: Stop

    /// What was taken in is stored with a snapshot; what was not acknowledged comes again.
    private mutating func stop() -> GatewayExit {
        tellHearing(at: clock.time(at: clocks.boot()))
        draft.snapshot(engine.takeSnapshot(whole: false))
        var finished = draft
        draft = TurnDraft()
        guard failure == nil, storeAtLast(&finished) else {
            letOutUnrecorded(&finished)
            let unstored = finished.completions + (failure?.retained.completions ?? []) + (failure?.hanging?.completions ?? [])
            for completion in unstored { completion(false) }
            return .stoppedWithoutStorage
        }
        release()
        perform(finished)
        return .stopped
    }

    private mutating func storeAtLast(_ finished: inout TurnDraft) -> Bool {
        switch commit(finished.turn) {
        case .success: return true
        case .failure(let refusal) where refusal.kind == .refused:
            if case .success = storeInPlace(of: &finished, refusal, patience: settings.commitPatience) { return true }
            return false
        case .failure, nil: return false
        }
    }
}

/// Why the gateway ended.
enum GatewayExit: Sendable {
    case stopped
    /// Stopped on demand while nothing could be stored: the broker has what was not acknowledged.
    case stoppedWithoutStorage
    /// The disk broke its word; the daemon starts again and verifies.
    case storageBroken(StoreError)
}
