import Dispatch
import Foundation
import InMemoryLogging
import Logging
import Synchronization
import VigilCore
import VigilIngest
import VigilStore
import VigilTesting

@testable import VigilDaemon

/// A gateway on a thread of its own: a real store, the small community, a source and clocks that the test plays.
final class GatewayHouse: Sendable {
    static let source: SourceID = "home"

    /// A state directory that lasts as long as the lives in it.
    final class Folder: Sendable {
        let path = NSTemporaryDirectory() + "vigil-gateway-" + UUID().uuidString

        // What is left of a temporary directory harms nobody.
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    /// What the box's clocks say when a life begins.
    struct Moment: Sendable {
        var bootID = "b"
        var boot: Int64 = 1000
        var wall: Int64 = 1_800_000_000_000
    }

    private let folder: Folder
    let store: Store
    let inbox = Inbox()
    /// What the source was asked to do, in order; a release says how many rows were stored by then.
    let orders = WatchedState<[String]>([])
    let submitted = WatchedState<[Delivery]>([])
    let receipts = WatchedState<[Receipt]>([])
    private let started = WatchedState<Start?>(nil)
    private let log = InMemoryLogHandler()
    private let boot: Mutex<Int64>
    private let wall: Mutex<Int64>
    private let exit = WatchedState<GatewayExit?>(nil)

    /// - Parameter folder: of an earlier life that was closed; a new one gets the small community first.
    init(
        window: Int = 100, busyTimeout: Milliseconds = .seconds(5), patience: Milliseconds = .seconds(30), ballastBytes: Int = 0,
        in folder: Folder? = nil, at moment: Moment = Moment()
    ) throws {
        let isFirst = folder == nil
        let folder = folder ?? Folder()
        self.folder = folder
        let directory = folder.path
        boot = Mutex(moment.boot)
        wall = Mutex(moment.wall)
        var options = StoreOptions()
        options.ballastBytes = ballastBytes
        options.busyTimeout = busyTimeout
        store = try Store.open(directory: directory, options: options)
        let logger = Logger(label: "test") { [log] _ in log }
        let clocks = Clocks(boot: { [self] in BootTime(boot.withLock { $0 }) }, wall: { [self] in WallTime(wall.withLock { $0 }) })
        let recovery = try Recovery(
            state: try store.recover(reopenWindow: .minutes(30), sources: [Self.source]), store: store, clocks: clocks,
            bootID: moment.bootID, logger: logger
        ).run(decoders: [TextDecoder()])
        started.update { $0 = recovery.start }
        let settings = Gateway.Settings(commitPatience: patience)
        let outlets = Outlets(
            submit: { [submitted, inbox] delivery, _ in
                submitted.update { $0.append(delivery) }
                // A channel that always arrives, so that no slot stays taken.
                inbox.put(.input(.deliveryResult(DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: .delivered))))
            }, withdraw: { _ in },
            receipt: { [receipts] receipt in receipts.update { $0.append(receipt) } }, timelineGrew: {})
        let desks = [Self.source: SourceDesk(handle: handle(window: window), unconfirmed: [])]
        Thread { [self] in
            var gateway = Gateway(
                settings: settings, inbox: inbox, store: store, clocks: clocks, clock: recovery.clock, outlets: outlets,
                refusedRows: RefusedRows(directory: directory), meters: GatewayMeters(), logger: logger, engine: recovery.engine,
                desks: desks, lastSnapshotAt: recovery.lastSnapshotAt)
            let ended = gateway.begin(recovery.start, rules: SmallCommunity.rules()) ?? gateway.run()
            exit.update { $0 = ended }
        }.start()
        if isFirst { inbox.put(.registry(SmallCommunity.registry()) { _ in }) }
        settle()
    }

    /// What this life began with.
    var start: Start? { started.value }
    var directory: String { folder.path }

    /// The messages of the log at level error, in order.
    var errors: [String] { log.entries.filter { $0.level == .error }.map { "\($0.message)" } }

    private func handle(window: Int) -> SourceHandle {
        func note(_ order: String) -> @Sendable () -> Void { { [orders] in orders.update { $0.append(order) } } }
        let release: @Sendable () -> Void = { [orders, store] in
            var rows = 0
            // A journal that cannot be read has no rows, and that is what the test then sees.
            try? store.reader.forEachInput { if case .frame = $0.input { rows += 1 } }
            orders.update { [rows] in $0.append("release after \(rows)") }
        }
        return SourceHandle(
            id: Self.source, window: window, hold: note("hold"), release: release, readOn: note("readOn"), refuse: note("refuse"),
            resume: note("resume"),
            openSpare: note("openSpare"), closeSpare: note("closeSpare"))
    }

    // MARK: What happens

    /// Returns when the turns of everything that was put before have ended.
    func settle() {
        for _ in 0..<2 {
            let isAnswered = DispatchSemaphore(value: 0)
            inbox.put(.probe { isAnswered.signal() })
            isAnswered.wait()
        }
    }

    func say(
        _ texts: [(device: String, text: String)], lastRead: UInt64, again: Bool = false, retained: Bool = false, isSpare: Bool = false
    ) {
        let frames = texts.map {
            Frame(
                source: Self.source, origin: .mqtt(topic: "text/\($0.device)"), payload: Array($0.text.utf8), isRetained: retained,
                isRedelivery: again)
        }
        hear(.frames(frames, lastRead: lastRead), isSpare: isSpare)
    }

    func hear(_ event: SourceEvent, isSpare: Bool = false) {
        inbox.put(.source(Self.source, isSpare: isSpare, event))
        settle()
    }

    func pass(_ length: Milliseconds) {
        boot.withLock { $0 += length.rawValue }
        wall.withLock { $0 += length.rawValue }
        settle()
    }

    /// Somebody or something sets the wall clock.
    func stepWall(by length: Milliseconds) {
        wall.withLock { $0 += length.rawValue }
        settle()
    }

    var now: BootTime { BootTime(boot.withLock { $0 }) }
    var wallNow: WallTime { WallTime(wall.withLock { $0 }) }

    func stop() {
        inbox.put(.stop)
        _ = exit.wait { $0 != nil }
    }

    /// Ends this life, so that another one can begin in its folder.
    func end() throws -> Folder {
        stop()
        try store.close()
        return folder
    }

    // MARK: What came of it

    func alerts() async throws -> [Alert] { try await store.reader.alerts(AlertFilter(state: .all, limit: .max)) }

    /// How many notices of an alert went out.
    func rings(of alert: AlertID) -> Int { Set(submitted.value.filter { $0.alert == alert }.map(\.notice)).count }

    func frames() async throws -> [Frame] {
        try await store.reader.journal(limit: .max).compactMap { if case .frame(let frame) = $0.input { frame } else { nil } }
    }
}
