/// Everything that can happen to the engine; journaled whole. What is not an input cannot change a decision.
public enum Input: Hashable, Codable, Sendable {
    /// The daemon started; comes before any advance of time.
    case started(Start)
    case frame(Frame)
    /// An advertiser was heard again; BLE's stand-in for frames that say nothing new.
    case seen(Sighting)
    case command(Command)
    case deliveryResult(DeliveryResult)
    case registryChange(Registry)
    case rulesChange(RuleSet)
    case health(Health)
    case clock(ClockReading)
    /// Time has reached this turn's stamp, nothing more; the timers belong to the engine. Sources have been heard as far as it says.
    case deadline(heardUntil: [HeardUntil])
}

/// An input with its place in the journal and its time.
public struct StampedInput: Hashable, Codable, Sendable {
    /// Place in the journal, from 1, without holes.
    public var sequence: Int64
    public var at: EngineTime
    public var input: Input

    public init(sequence: Int64, at: EngineTime, input: Input) {
        self.sequence = sequence
        self.at = at
        self.input = input
    }
}

/// A start of the daemon.
public struct Start: Hashable, Codable, Sendable {
    /// The kernel's boot id: within one boot the gap is measured by the boot clock, which no step of the wall can touch.
    public var boot: String
    public var bootTime: BootTime
    /// Nobody listened for this long; counts as unheard. nil at the first start.
    public var gap: Milliseconds?
    public var clock: ClockReading

    public init(boot: String, bootTime: BootTime = BootTime(0), gap: Milliseconds?, clock: ClockReading) {
        self.boot = boot
        self.bootTime = bootTime
        self.gap = gap
        self.clock = clock
    }
}

/// Where the wall clock stands against engine time.
public struct ClockReading: Hashable, Codable, Sendable {
    /// Wall = engine + offset.
    public var wallOffset: Milliseconds
    /// The wall is synchronised, or at least not behind what was stored.
    public var isTrusted: Bool

    public init(wallOffset: Milliseconds, isTrusted: Bool) {
        self.wallOffset = wallOffset
        self.isTrusted = isTrusted
    }

    public func wall(at time: EngineTime) -> WallTime { WallTime(saturatingSum(time.rawValue, wallOffset.rawValue)) }

    /// When the wall shows a time, as it goes now.
    public func time(of wall: WallTime) -> EngineTime { EngineTime(saturatingDifference(wall.rawValue, wallOffset.rawValue)) }
}

public struct Sighting: Hashable, Codable, Sendable {
    public var address: DeviceAddress
    public var source: SourceID
    public var count: Int

    public init(address: DeviceAddress, source: SourceID, count: Int) {
        self.address = address
        self.source = source
        self.count = count
    }
}

/// Up to when a source is known to have heard everything there was.
public struct HeardUntil: Hashable, Codable, Sendable {
    public var source: SourceID
    public var time: EngineTime

    public init(source: SourceID, time: EngineTime) {
        self.source = source
        self.time = time
    }
}

/// A part of the watch itself went well or badly.
public struct Health: Hashable, Codable, Sendable {
    public enum Component: Hashable, Codable, Sendable {
        case source(SourceID)
        case channel(ChannelID)
        case storage
    }

    public enum State: String, Codable, Sendable {
        case up, down
        /// It stands, and does not bring everything: a broker that refuses some of our topics.
        case limited
        /// The session that the broker kept for us is gone: what it held is lost, and shown as a gap.
        case sessionLost = "session_lost"
        /// Of the storage: recording goes on, and the ballast that was kept for a full disk is given up.
        case low
        /// The database was damaged, and a new one stands in its place.
        case replaced
    }

    public var component: Component
    public var state: State
    public var detail: String
    /// What is left on the disk, where the storage is low.
    public var freeMebibytes: Int?

    public init(_ component: Component, _ state: State, detail: String = "", freeMebibytes: Int? = nil) {
        self.component = component
        self.state = state
        self.detail = detail
        self.freeMebibytes = freeMebibytes
    }
}

public typealias CommandID = Identifier<Command>

/// A person does something.
public struct Command: Hashable, Codable, Sendable {
    public enum Action: Hashable, Codable, Sendable {
        /// Takes responsibility.
        case accept(AlertID)
        case decline(AlertID)
        /// Has read it, and takes nothing: it is written down and stops nothing.
        case seen(AlertID)
        /// Asks somebody to take over; responsibility moves when they accept.
        case handOver(AlertID, to: ContactID)
        case onTheWay(AlertID)
        case onScene(AlertID)
        case close(AlertID, outcome: OutcomeCode, note: String)
        /// A second person agrees with how a red alert ended.
        case review(AlertID, note: String)
        /// It is not over: the same episode goes on.
        case reopen(AlertID, note: String)
        /// Adds words to the story and changes nothing.
        case note(AlertID, text: String)
        /// Somebody saw or spoke to the resident: re-arms rules of absence.
        case checkIn(ResidentID, note: String)
        /// Somebody saw a device that counts its messages anew: what it says next is believed.
        case forgetCounter(DeviceID, note: String)
        /// Puts something in force for a time.
        case place(OrderRequest)
        /// Ends it before its time.
        case endOrder(OrderID)
    }

    /// Chosen by who asks; the answer carries it.
    public var id: CommandID
    public var action: Action
    public var by: Actor

    public init(id: CommandID, action: Action, by: Actor) {
        self.id = id
        self.action = action
        self.by = by
    }
}

/// What became of one attempt.
public struct DeliveryResult: Hashable, Codable, Sendable {
    public var delivery: DeliveryID
    /// The fencing token that the attempt was made under.
    public var lease: Int
    /// nil where nothing was tried under the lease and nothing will be: its slot is free.
    public var outcome: DeliveryOutcome?

    public init(delivery: DeliveryID, lease: Int, outcome: DeliveryOutcome?) {
        self.delivery = delivery
        self.lease = lease
        self.outcome = outcome
    }
}
