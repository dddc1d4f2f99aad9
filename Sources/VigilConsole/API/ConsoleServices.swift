public import VigilCore
public import VigilStore

/// What the console is given by the daemon: everything that it may ask or cause.
public struct ConsoleServices: Sendable {
    /// Puts a command into the inbox; the reply comes after the commit.
    public var submit: @Sendable (Command) async -> CommandReply
    /// Reads a registry file and takes it over whole, or not at all; where a version is given, only over that one.
    public var importRegistry: @Sendable (_ yaml: String, _ fileName: String, _ over: Int?) async -> RegistryImportResult
    /// The registry in force, as a file that reads back.
    public var exportRegistry: @Sendable () -> String
    public var status: @Sendable () -> StatusReport
    public var readiness: @Sendable () -> Readiness
    /// The whole text of `/metrics`.
    public var metrics: @Sendable () -> String
    /// Reads the configuration again, as SIGHUP does.
    public var reload: @Sendable () async -> ReloadResult
    /// Where the wall clock stands against engine time: the API speaks wall time.
    public var clock: @Sendable () -> ClockReading
    /// What the clock on the wall says now.
    public var wall: @Sendable () -> WallTime
    /// The time zone of the configuration: what people read is told by its clock.
    public var timeZone: @Sendable () -> String
    /// Who is not protected as they should be now; empty as well while the daemon stops.
    public var blindList: @Sendable () async -> [Blindness]
    /// What is known of how well everyone is protected, without what became of messages; nil while the daemon stops.
    public var coverageFacts: @Sendable () async -> CoverageFacts?
    /// What is known of every registered device; nil while the daemon stops.
    public var deviceFacts: @Sendable () async -> DeviceFacts?
    /// What was made of frames; empty while the daemon stops.
    public var verdicts: VerdictsOfFrames
    /// What is heard over the air; no adapters where nothing is listened to.
    public var bluetooth: @Sendable () -> BluetoothReport
    /// One for each dialect: frames of the journal are shown decoded.
    public var decoders: @Sendable () -> [any PayloadDecoder]
    /// A stream of signals for one follower: one at once, and one after the timeline grew.
    public var timelineGrew: @Sendable () -> AsyncStream<Void>
    public var reader: StoreReader
    /// What the reader does not know, because it cannot be stored; empty on every ordinary day.
    public var unrecorded: @Sendable () -> UnrecordedTurns

    public init(
        submit: @escaping @Sendable (Command) async -> CommandReply,
        importRegistry: @escaping @Sendable (_ yaml: String, _ fileName: String, _ over: Int?) async -> RegistryImportResult,
        exportRegistry: @escaping @Sendable () -> String, status: @escaping @Sendable () -> StatusReport,
        readiness: @escaping @Sendable () -> Readiness, metrics: @escaping @Sendable () -> String,
        reload: @escaping @Sendable () async -> ReloadResult, clock: @escaping @Sendable () -> ClockReading,
        wall: @escaping @Sendable () -> WallTime, timeZone: @escaping @Sendable () -> String,
        blindList: @escaping @Sendable () async -> [Blindness],
        coverageFacts: @escaping @Sendable () async -> CoverageFacts?,
        deviceFacts: @escaping @Sendable () async -> DeviceFacts?, verdicts: @escaping VerdictsOfFrames,
        bluetooth: @escaping @Sendable () -> BluetoothReport,
        decoders: @escaping @Sendable () -> [any PayloadDecoder],
        timelineGrew: @escaping @Sendable () -> AsyncStream<Void>, reader: StoreReader,
        unrecorded: @escaping @Sendable () -> UnrecordedTurns
    ) {
        self.submit = submit
        self.importRegistry = importRegistry
        self.exportRegistry = exportRegistry
        self.status = status
        self.readiness = readiness
        self.metrics = metrics
        self.reload = reload
        self.clock = clock
        self.wall = wall
        self.timeZone = timeZone
        self.blindList = blindList
        self.coverageFacts = coverageFacts
        self.deviceFacts = deviceFacts
        self.verdicts = verdicts
        self.bluetooth = bluetooth
        self.decoders = decoders
        self.timelineGrew = timelineGrew
        self.reader = reader
        self.unrecorded = unrecorded
    }
}
