import Logging
import Synchronization
import VigilConsole
import VigilCore
import VigilDevices
import VigilNotify
import VigilStore

/// What operators may ask or cause: behind the control socket, the CLI and SIGHUP.
final class Operations: Sendable {
    private let configurationFile: String
    private let current: Mutex<Configuration>
    /// Those of the current configuration, with its keys.
    private let decoders: Mutex<[any PayloadDecoder]>
    private let inbox: Inbox
    private let store: Store
    private let meters: GatewayMeters
    private let readinessBoard: ReadinessBoard
    private let alertLog: AlertLog
    private let replyDesk: ReplyDesk
    private let heartbeat: OutsideHeartbeat
    /// nil where nothing is listened to over the air.
    private let radio: BluetoothReceiver?
    private let clocks: Clocks
    private let startedAt: BootTime
    private let logger: Logger

    init(
        configurationFile: String, configuration: Configuration, inbox: Inbox, store: Store, meters: GatewayMeters,
        readiness: ReadinessBoard, alertLog: AlertLog, replyDesk: ReplyDesk, heartbeat: OutsideHeartbeat, radio: BluetoothReceiver?,
        clocks: Clocks, logger: Logger
    ) {
        self.configurationFile = configurationFile
        current = Mutex(configuration)
        decoders = Mutex(configuration.decoders.decoders)
        self.inbox = inbox
        self.store = store
        self.meters = meters
        readinessBoard = readiness
        self.alertLog = alertLog
        self.replyDesk = replyDesk
        self.heartbeat = heartbeat
        self.radio = radio
        self.clocks = clocks
        startedAt = clocks.boot()
        self.logger = logger
    }

    /// What the console may ask and cause.
    func consoleServices(growth: ChangeSignal) -> ConsoleServices {
        ConsoleServices(
            submit: submit, importRegistry: { await self.importRegistry($0, fileName: $1, over: $2) }, exportRegistry: exportRegistry,
            status: { self.status }, readiness: { self.readiness }, metrics: { self.metrics }, reload: reload, clock: { self.clock },
            wall: clocks.wall, timeZone: { self.current.withLock { $0.timeZone } }, blindList: blindList, coverageFacts: coverageFacts,
            deviceFacts: deviceFacts, verdicts: verdicts, bluetooth: { self.bluetooth },
            decoders: { self.decoders.withLock { $0 } },
            timelineGrew: growth.signals, reader: store.reader, unrecorded: { self.meters.reading.unrecorded })
    }

    // MARK: Cause

    private static let notTaken = "nothing can be recorded now, or vigil is stopping; see: vigil status"

    func submit(_ command: Command) async -> CommandReply {
        await withCheckedContinuation { continuation in
            inbox.put(.command(command) { continuation.resume(returning: $0) })
        }
    }

    /// Takes a registry over whole, or refuses it whole with every fault.
    ///
    /// - Parameter base: the version that it was made from; where another is in force by now, it is refused.
    func importRegistry(_ yaml: String, fileName: String, over base: Int? = nil) async -> RegistryImportResult {
        let configuration = current.withLock { $0 }
        let loaded = RegistryFile.read(
            Array(yaml.utf8), file: fileName, dialects: configuration.decoders.dialects, liveness: configuration.decoders.liveness,
            language: configuration.language
        ).checked(against: configuration)
        let warnings = loaded.faults.warnings.map(\.description)
        guard var registry = loaded.registry else {
            return .refused(loaded.faults.errors.map(\.description), warnings: warnings)
        }
        let answer = await withCheckedContinuation { [registry] continuation in
            inbox.put(.registry(registry, over: base) { continuation.resume(returning: $0) })
        }
        switch answer {
        case .taken(let version):
            registry.version = version
            radio?.use(registry)
        case .outdated(let version): return .outdated(version, warnings: warnings)
        case .refused: return .refused([Self.notTaken], warnings: warnings)
        }
        logger.notice("registry imported", metadata: [LogKey.version: "\(registry.version)"])
        return .imported(registry, warnings: warnings)
    }

    /// Reads the configuration again. What decides is swapped whole and re-sends nothing; on an error the old one stays.
    func reload() async -> ReloadResult {
        let loaded = Configuration.load(path: configurationFile, vocabulary: .vigil)
        var warnings = loaded.faults.warnings.map(\.description)
        guard let fresh = loaded.configuration else { return refuse(loaded.faults.errors.map(\.description), warnings) }
        let stale = current.withLock { $0 }
        // What is wrong already must not keep a mended part out.
        let standing = Set(faults(of: meters.reading.registry, under: stale).map(\.withoutPlace))
        let faults = faults(of: meters.reading.registry, under: fresh)
        let caused = faults.filter { !standing.contains($0.withoutPlace) }
        warnings += faults.filter { standing.contains($0.withoutPlace) }.map(\.description)
        guard caused.isEmpty else { return refuse(caused.map(\.description), warnings) }
        if let part = fresh.partThatNeedsRestart(comparedWith: stale) {
            return refuse(["\(configurationFile): \(part) changed; that needs a restart: systemctl restart vigil"], warnings)
        }
        let version = await withCheckedContinuation { continuation in
            inbox.put(.rules(fresh.ruleSet(version: 0)) { continuation.resume(returning: $0) })
        }
        guard let version else { return refuse([Self.notTaken], warnings) }
        if fresh.bluetoothKeys != stale.bluetoothKeys {
            let decoders = fresh.decoders.decoders
            inbox.put(.decoders(decoders))
            self.decoders.withLock { $0 = decoders }
            logger.notice("the Bluetooth keys were read anew")
        }
        current.withLock { $0 = fresh }
        alertLog.use(timeZone: fresh.timeZone)
        logger.notice("configuration reloaded", metadata: [LogKey.version: "\(version)"])
        return ReloadResult(rulesVersion: version, warnings: warnings)
    }

    /// What `vigil check` would refuse of these people under this configuration.
    private func faults(of registry: Registry, under configuration: Configuration) -> [SettingFault] {
        guard !registry.community.grids.isEmpty else { return [] }
        return RegistryFile.crossCheck(registry: registry, configuration: configuration).errors
    }

    /// At the start the watch goes on whatever is wrong, and says so.
    func nameFaults(of registry: Registry) {
        for fault in faults(of: registry, under: current.withLock { $0 }) {
            logger.error("people and configuration do not fit; watching on: vigil check", metadata: [LogKey.error: "\(fault)"])
        }
    }

    private func refuse(_ faults: [String], _ warnings: [String]) -> ReloadResult {
        for fault in faults {
            logger.error("the new configuration is refused; the old one stays", metadata: [LogKey.error: "\(fault)"])
        }
        return ReloadResult(rulesVersion: nil, faults: faults, warnings: warnings)
    }

    func reopenLogs() { alertLog.reopen() }

    // MARK: Ask

    func exportRegistry() -> String { RegistryFile.export(meters.reading.registry) }

    func blindList() async -> [Blindness] {
        await withCheckedContinuation { continuation in
            inbox.put(.question { continuation.resume(returning: $0?.blindList ?? []) })
        }
    }

    func coverageFacts() async -> CoverageFacts? {
        let facts = await withCheckedContinuation { continuation in
            inbox.put(.question { continuation.resume(returning: $0?.coverageFacts) })
        }
        guard var facts else { return nil }
        facts.isRecording = meters.reading.isStorageUp
        facts.linger = current.withLock { $0.linger }
        return facts
    }

    private var bluetooth: BluetoothReport {
        radio?.report(meters.reading.registry) ?? BluetoothReport(asOf: clocks.wall(), adapters: [])
    }

    func deviceFacts() async -> DeviceFacts? {
        await withCheckedContinuation { continuation in
            inbox.put(.question { continuation.resume(returning: $0?.deviceFacts) })
        }
    }

    func verdicts(of sequences: Set<Int64>) async -> [Int64: FrameVerdict] {
        await withCheckedContinuation { continuation in
            inbox.put(.question { continuation.resume(returning: $0?.verdicts(of: sequences) ?? [:]) })
        }
    }

    var clock: ClockReading { meters.reading.clock }

    var readiness: Readiness {
        var reasons = readinessBoard.missing
        if let failure = meters.reading.storageFailure { reasons.append("not recording: \(failure)") }
        return Readiness(isReady: reasons.isEmpty, reasons: reasons)
    }

    var status: StatusReport {
        let reading = meters.reading
        let configuration = current.withLock { $0 }
        let uptime = clocks.boot() - startedAt
        func reports(_ kind: ReadinessBoard.Kind) -> [StatusReport.Broker] {
            readinessBoard.sources.filter { $0.kind == kind }.map { source in
                StatusReport.Broker(
                    id: source.id, isConnected: source.isConnected, detail: source.detail, frames: reading.frames[source.id] ?? 0,
                    lastMessageAt: reading.lastFrameAt[source.id].map { reading.clock.wall(at: $0) })
            }
        }
        let ways =
            configuration.channels.map { (id: $0.id, kind: $0.kind) }
            + configuration.actions.map { (id: EscalationAction.channel($0.id), kind: MQTTAction.kind) }
        let channels = ways.map { channel in
            let counts = reading.deliveries
            func count(_ state: Delivery.State) -> Int {
                Int(clamping: counts[GatewayMeters.DeliveryCount(channel: channel.id, state: state)] ?? 0)
            }
            return StatusReport.Channel(
                id: channel.id, kind: channel.kind, waiting: reading.waiting[channel.id] ?? 0, delivered: count(.delivered),
                failed: count(.failed))
        }
        return StatusReport(
            version: BuildInfo.version, startedAt: WallTime(clocks.wall().rawValue - uptime.rawValue), uptime: uptime,
            notReady: readiness.reasons, brokers: reports(.broker), listeners: reports(.listener), receivers: reports(.receiver),
            storage: .init(
                isRecording: reading.isStorageUp, detail: reading.storageFailure ?? "", directory: configuration.stateDirectory,
                hasBallast: store.hasBallast),
            engine: .init(
                queue: inbox.count, sequence: reading.sequence, registryVersion: reading.registry.version,
                rulesVersion: reading.rulesVersion),
            openAlerts: .init(Array(reading.openAlerts.values)), unobserved: reading.unobserved, channels: channels,
            journal: .init(lastSequence: reading.sequence),
            nobodyReachable: reading.openAlerts.values.filter(\.isUnreachable).map(\.id).sorted(),
            heartbeat: heartbeat.state.map { .init(reasons: $0.verdict.reasons, failure: $0.failure) })
    }

    var metrics: String {
        MetricsPage(
            reading: meters.reading, sources: readinessBoard.sources, queue: inbox.count, replies: replyDesk.counts,
            heartbeat: heartbeat.state, air: bluetooth
        ).text
    }
}
