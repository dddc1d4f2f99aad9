import CPlatform
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals
import VigilConsole
import VigilCore
import VigilDevices
import VigilIngest
import VigilNotify
public import VigilStore

/// The wiring: everything long-lived is made here, in order, and handed to one service group.
///
/// `run` is deliberately one straight line rather than a chain of helpers: what depends on what, and what starts before what, is read from
/// top to bottom. The store goes first and is closed last; the sources come last and are stopped first.
public enum Daemon {
    /// Exit codes of sysexits(3) where they fit.
    public enum ExitCode {
        public static let ok: Int32 = 0
        public static let temporaryFailure: Int32 = 75
        public static let configuration: Int32 = 78
        /// The disk broke its word: systemd starts the daemon again, which verifies the database first.
        public static let storageBroken: Int32 = 74
    }

    /// Runs until a signal or a broken disk ends it. Returns the process's exit code.
    ///
    /// - Parameters:
    ///   - storeOptions: how the database is kept, where that is not the configuration's business.
    ///   - clocks: what the gateway goes by; sources keep to the kernel's.
    public static func run(
        configurationFile: String, storeOptions: StoreOptions = StoreOptions(), clocks: Clocks = .system
    ) async -> Int32 {
        // The box has little memory, and a start takes more of it than the watch that follows.
        cplatform_keep_heap_small()
        // Whoever reads the log, or does not: nobody else waits for it.
        let outlet = LogOutlet(descriptor: STDERR_FILENO)
        defer { outlet.flush(within: 2) }
        let logger = Logger(label: "vigil") { OutletLogHandler(label: $0, outlet: outlet) }
        // A peer that hangs up while TLS says goodbye must not end the daemon: libcurl without signals leaves this to the program.
        signal(SIGPIPE, SIG_IGN)

        // 1. Configuration: all faults at once, or none but those that a watch survives.
        let loaded = Configuration.load(path: configurationFile, vocabulary: .vigil)
        for warning in loaded.faults.warnings { logger.warning("\(warning)") }
        guard let configuration = loaded.startable else {
            for fault in loaded.faults.errors { writeToStandardError("\(fault)") }
            writeToStandardError("\(configurationFile): not started; mend these and try again: vigil check \(configurationFile)")
            return ExitCode.configuration
        }
        for fault in loaded.faults.errors {
            logger.error(
                "watching without a part of the configuration; mend it: vigil check, then vigil reload",
                metadata: [LogKey.error: "\(fault)"])
        }

        // 2. Store, and what the last life left in it.
        let opening = StoreOpening(
            directory: configuration.stateDirectory, volatileDirectory: configuration.controlSocket + ".unrecorded",
            options: storeOptions,
            reopenWindow: configuration.longestMemory, sources: configuration.brokers.map(\.id), clocks: clocks, bootID: bootID(),
            logger: logger)
        let opened: StoreOpening.Opened
        do {
            opened = try opening.run(decoders: configuration.decoders.decoders)
        } catch {
            writeToStandardError("\(error)")
            return ExitCode.temporaryFailure
        }
        let store = opened.store

        // 3. The inbox, and the meters that everybody may read.
        let inbox = Inbox()
        if let replacement = opened.replacement {
            inbox.put(.input(.health(Health(.storage, .replaced, detail: "\(replacement)"))))
        }
        let meters = GatewayMeters()
        let growth = ChangeSignal()
        let readiness = ReadinessBoard(
            brokers: configuration.brokers.map(\.id), listeners: configuration.watches.map(\.id),
            receivers: configuration.bluetooth?.sources ?? [])

        // 4. The connections that Vigil speaks on; acceptances over MQTT come in by them.
        let tokens: AcceptToken
        switch AcceptToken.load(fromStateDirectory: configuration.stateDirectory) {
        case .success(let loaded): tokens = loaded
        case .failure(let failure):
            writeToStandardError("\(failure)")
            return ExitCode.temporaryFailure
        }
        let desk = ReplyDesk(inbox: inbox, logger: logger)
        let acknowledgements = Acknowledgements()
        let publisher = PublishingFleet(
            configuration: configuration, desk: desk, acknowledgements: acknowledgements, logger: logger)

        // 5. Channels, actions and their workers.
        let services = ChannelServices(wall: clocks.wall, tokens: tokens, publish: publisher.publish)
        let channels: [ChannelFactory]
        switch configuration.makeChannels(services: services) {
        case .success(let made): channels = made
        case .failure(let faults):
            for fault in faults.list { writeToStandardError("\(fault)") }
            return ExitCode.configuration
        }
        let actions = configuration.actions.map { $0.factory(publish: publisher.publish, acknowledgements: acknowledgements) }
        let fleet = DeliveryFleet(channels: channels + actions, inbox: inbox)
        publisher.follow(channels.compactMap(\.wayBack))

        // 6. The alert log follows the timeline by itself.
        let alertLog = AlertLog(
            path: configuration.alertLog, store: store, growth: growth, timeZone: configuration.timeZone, logger: logger)

        // 7. The gateway, and the sources that feed it.
        let takeEvent: @Sendable (SourceID, SourceEvent) -> Void = { id, event in
            readiness.take(event, of: id)
            inbox.put(.source(id, isSpare: false, event))
        }
        let radio = configuration.bluetooth.map {
            BluetoothReceiver(
                configuration: $0, signs: configuration.decoders.bluetoothSigns, profiles: configuration.readableProfiles,
                registry: opened.recovery.engine.registry, clocks: clocks, handler: takeEvent, logger: logger)
        }
        let sources: [any FrameSource] =
            configuration.brokers.map { BrokerSource(configuration: $0, inbox: inbox, readiness: readiness, logger: logger) }
            + configuration.watches.map { watches in
                ListeningSource(
                    watches.id, WatchSource(configuration: watches, handler: { takeEvent(watches.id, $0) }, logger: logger))
            }
            + [radio].compactMap { $0 }
        let gateway = GatewayService(
            parts: GatewayService.Parts(
                settings: Gateway.Settings(linger: configuration.linger, snapshotEvery: configuration.snapshotEvery), inbox: inbox,
                store: store, clocks: clocks, recovery: opened.recovery, unconfirmed: opened.recovered.unconfirmed,
                outlets: Outlets(
                    submit: { fleet.submit($0, isRecorded: $1) }, withdraw: fleet.withdraw, receipt: publisher.receipt,
                    timelineGrew: growth.changed),
                meters: meters, sources: sources.flatMap(\.handles), rules: configuration.ruleSet(version: 0),
                stateDirectory: configuration.stateDirectory, unrecorded: opened.unrecorded.map { "\($0)" }),
            readiness: readiness, logger: logger)

        // 8. Whoever outside hears that this box watches.
        let heartbeat = OutsideHeartbeat(
            monitor: configuration.heartbeat, inbox: inbox, meters: meters, clocks: clocks, logger: logger)

        // 9. People's ways in: replies to messages, the control socket, health and metrics.
        let replies = ReplyService(channels: channels, tokens: tokens, desk: desk, store: store, logger: logger)
        let operations = Operations(
            configurationFile: configurationFile, configuration: configuration, inbox: inbox, store: store, meters: meters,
            readiness: readiness, alertLog: alertLog, replyDesk: desk, heartbeat: heartbeat, radio: radio, clocks: clocks,
            logger: logger)
        operations.nameFaults(of: opened.recovery.engine.registry)
        let console = operations.consoleServices(growth: growth)
        let control = ControlServer(
            path: configuration.controlSocket, services: console, logger: logger, onServerRunning: { readiness.listens(.control) })
        let probes = ProbeServer(
            host: configuration.http.host, port: configuration.http.port, services: console, logger: logger,
            onServerRunning: { _ in readiness.listens(.probes) })

        // 10. Run: what is named first is stopped last.
        let storageReturn = StorageReturn(isAwaited: opened.unrecorded != nil, works: opening.works, logger: logger)
        let notifier = SystemdNotifier()
        var parts = ServiceGroupConfiguration(
            services: [
                .part(StoreService(store: store, logger: logger)),
                .part(alertLog),
                .part(publisher),
                .part(gateway, mayEnd: true),
                .part(fleet),
                .part(replies),
                .part(control),
                .part(probes),
                .part(storageReturn, mayEnd: true),
                .part(heartbeat),
                .part(Watchdog(notifier: notifier, inbox: inbox)),
                .part(ReadyAnnouncer(readiness: readiness, notifier: notifier, logger: logger)),
                .part(HangupListener(operations: operations, notifier: notifier)),
                .part(ReceiverWatch(radio: radio)),
                .part(SourceFleet(sources: sources)),
            ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        parts.maximumGracefulShutdownDuration = .seconds(15)
        let group = ServiceGroup(configuration: parts)
        do {
            try await group.run()
        } catch {
            logger.error("a part of the daemon failed", metadata: [LogKey.error: "\(error)"])
            if let error = error as? StoreError, error.kind == .corrupt {
                VerifyMark.leave(in: configuration.stateDirectory)
                return ExitCode.storageBroken
            }
            return ExitCode.temporaryFailure
        }
        return storageReturn.hasHappened ? ExitCode.temporaryFailure : gateway.exitCode
    }

    /// The kernel's name for this boot (random(4)): another one means that the boot clock began anew.
    private static func bootID() -> String {
        // Without it every start counts as a reboot, and the gap is measured by the wall.
        (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8))?
            .trimmingCharacters(in: .whitespacesAndNewlines) ?? UUID().uuidString
    }

    static func writeToStandardError(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
