/// A rule's logic: observations and deadlines in, findings out. Pure; its memory is the `State` that the engine keeps per subject.
public protocol Detector: Sendable {
    /// What is remembered of one subject; snapshotted.
    associatedtype State: Codable & Hashable & Sendable

    /// The name in the configuration.
    static var kind: String { get }

    /// What it raises by itself.
    static var alertKinds: [AlertKindDescription] { get }

    /// Reads what it needs; faults are gathered in the reader.
    init(rule: Rule, settings: inout SettingsReader)

    /// Whom it speaks about.
    var subjects: SubjectChoice { get }
    /// The observations it wants; nil for all of them.
    var listensTo: [ObservationKind]? { get }
    /// What it can raise as it is configured.
    var raises: [AlertKind] { get }
    /// How long nobody is told, because somebody may say that it is nothing.
    ///
    /// - Parameter canCancel: whether they have a device to say so on.
    func cancelWindow(canCancel: Bool) -> Milliseconds
    /// Whether every subject in scope has a state from the start, heard or not: rules of absence.
    var watchesSilence: Bool { get }
    /// Whether it wants to know when batteries will be empty.
    var foretellsBatteries: Bool { get }
    /// How long a resident must be silent to be missed; nil for what is not about the silence of residents.
    var absenceWindow: Milliseconds? { get }

    /// The state of a subject of which nothing is known yet.
    func begin(_ context: DetectorContext) -> State
    func observe(_ reading: Reading, state: inout State, context: DetectorContext, output: inout DetectorOutput)
    /// The due time that the detector asked for has come.
    func reachedDeadline(state: inout State, context: DetectorContext, output: inout DetectorOutput)
    /// When a device's battery will be empty, as far as its trend tells: after each of its samples, and after a start.
    func foretold(_ forecast: BatteryForecast?, state: inout State, context: DetectorContext, output: inout DetectorOutput)
    /// The subject's silence says nothing from here on, or means something again: then it begins anew.
    func pauseChanged(state: inout State, context: DetectorContext, output: inout DetectorOutput)
    /// Forgets what was said by a device that speaks of this subject no more: it went elsewhere, or was taken out. What held by its word
    /// holds no more, and that is unknown, not cleared: nothing is stated here.
    func forget(_ isGone: (DeviceID) -> Bool, state: inout State, output: inout DetectorOutput)
    /// Whether a subject that asked for no call is to be called when a source is back.
    func awaitsHearing(_ state: State) -> Bool
    /// The conditions that hold by this state; none for detectors of one-shot events.
    func standing(_ state: State) -> [DetectorStatement]
}

extension Detector {
    public var raises: [AlertKind] { Self.alertKinds.map(\.kind) }
    public var watchesSilence: Bool { false }
    public var foretellsBatteries: Bool { false }
    public func cancelWindow(canCancel: Bool) -> Milliseconds { .zero }
    public var absenceWindow: Milliseconds? { nil }
    public func reachedDeadline(state: inout State, context: DetectorContext, output: inout DetectorOutput) {}
    public func foretold(_ forecast: BatteryForecast?, state: inout State, context: DetectorContext, output: inout DetectorOutput) {}
    public func pauseChanged(state: inout State, context: DetectorContext, output: inout DetectorOutput) {}
    public func forget(_ isGone: (DeviceID) -> Bool, state: inout State, output: inout DetectorOutput) {}
    public func awaitsHearing(_ state: State) -> Bool { watchesSilence }
    public func standing(_ state: State) -> [DetectorStatement] { [] }
}

/// The state of a detector that remembers nothing.
public struct NoState: Codable, Hashable, Sendable {
    public init() {}
}

/// Which subjects a device's observation belongs to.
public enum SubjectChoice: Sendable {
    /// The one it is about: the wearer, or the only resident of the flat; where several live there, the flat.
    case person
    /// The wearer, or everyone who lives in the flat: signs of life.
    case everyResident
    case dwelling
    case device
}

/// One observation on its way to a rule.
public struct Reading: Sendable {
    public var observation: Observation
    public var device: DeviceID
    /// The device has a way for its wearer to say that it is nothing.
    public var canCancel: Bool
    public var source: SourceID
    public var at: EngineTime
    /// A level that differs from the last known one, or an event.
    public var isEdge: Bool
    /// From a retained message.
    public var isRetained: Bool
    /// How long before its arrival it happened, as far as the device's clock tells.
    public var lag: Milliseconds
    /// What others of the device overtook on the way: a level that differs and that it has taken back since, or a cancel that what it would
    /// take back came after.
    public var isPast: Bool
    /// False where anybody may have sent it (`Decoded.isUnauthenticated`).
    public var isProven: Bool

    public init(
        observation: Observation, device: DeviceID, canCancel: Bool = false, source: SourceID, at: EngineTime, isEdge: Bool,
        isRetained: Bool, lag: Milliseconds = .zero, isPast: Bool = false, isProven: Bool = true
    ) {
        self.observation = observation
        self.device = device
        self.canCancel = canCancel
        self.source = source
        self.at = at
        self.isEdge = isEdge
        self.isRetained = isRetained
        self.lag = lag
        self.isPast = isPast
        self.isProven = isProven
    }

    /// It speaks of then, and not of now (`promises.md`, B5).
    var isLate: Bool { lag > DeviceClock.lateAfter }

    /// Somebody is about now. A retained state and what arrives late say what was, and a motion that ends says nothing new.
    var isSignOfLife: Bool {
        !isRetained && !isLate && (isEdge || isPast) && (observation.value != .bool(false) || observation.kind == .door_open)
    }

    /// When it happened, where it arrived late; nil for what is told in time.
    var happenedAt: EngineTime? { isLate ? at - lag : nil }

    /// The evidence it makes.
    public func evidence(_ sentence: LocalizedText) -> Evidence {
        Evidence(
            at: at, device: device, observation: observation.kind, value: observation.value, isFoundOnConnect: isRetained,
            happenedAt: happenedAt, sentence: sentence)
    }
}

/// What a detector may look at besides its state.
public struct DetectorContext: Sendable {
    let subject: Subject
    let now: EngineTime
    let hearing: Hearing
    /// The device, where the subject is one.
    let device: WatchedDevice?
    /// Where the subject is is known, and its silence says nothing.
    let isPaused: Bool
}

/// What a detector needs to know of a device that is its subject: every observation carries it.
struct WatchedDevice: Sendable {
    let id: DeviceID
    let liveness: LivenessClass
    let deadAfter: Milliseconds?
    /// The same where its broker would say if it were gone.
    let deadAfterWithWill: Milliseconds?

    init(_ device: Device) {
        id = device.id
        liveness = device.liveness
        deadAfter = device.deadAfter
        deadAfterWithWill = device.deadAfterWithWill
    }
}

/// What a detector says of its subject.
public struct DetectorStatement: Sendable {
    var kind: AlertKind
    var change: Finding.Change
    var evidence: Evidence
    var alertClass: AlertClass
    /// How long the resident may cancel.
    var cancelWindow: Milliseconds

    init(
        _ change: Finding.Change, kind: AlertKind, evidence: Evidence, class alertClass: AlertClass = .life,
        cancelWindow: Milliseconds = .zero
    ) {
        self.kind = kind
        self.change = change
        self.evidence = evidence
        self.alertClass = alertClass
        self.cancelWindow = cancelWindow
    }
}

/// What a detector asks for.
public struct DetectorOutput: Sendable {
    enum Due: Sendable {
        case unchanged
        case none
        case at(EngineTime)
    }

    var statements: [DetectorStatement] = []
    var due = Due.unchanged

    /// States something about the subject.
    mutating func state(
        _ change: Finding.Change, kind: AlertKind, evidence: Evidence, class alertClass: AlertClass = .life,
        cancelWindow: Milliseconds = .zero
    ) {
        statements.append(
            DetectorStatement(change, kind: kind, evidence: evidence, class: alertClass, cancelWindow: cancelWindow))
    }

    /// Wants to be called at a time; replaces what was asked before.
    mutating func wake(at time: EngineTime) { due = .at(time) }

    /// Wants no call any more.
    mutating func sleep() { due = .none }
}

extension SettingsReader {
    /// Which observations a rule looks at: those that it names under `observations`, else the usual ones.
    mutating func observations(among all: [ObservationKind], usually usual: [ObservationKind]) -> [ObservationKind] {
        let named = texts("observations")
        for (text, mark) in named where !all.contains(where: { $0.rawValue == text }) {
            let hint = Self.hint(text, among: all.map(\.rawValue))
            fault(at: mark, key: "observations", "\"\(text)\" is nothing that this detector looks at\(hint)")
        }
        let chosen = all.filter { kind in named.contains { $0.text == kind.rawValue } }
        return chosen.isEmpty ? usual : chosen
    }
}
