import Glibc
import InMemoryLogging
import Logging
import Synchronization
import Testing
import VigilCore
import VigilTesting

@testable import VigilIngest

/// A Bluetooth receiver with somebody behind it who remembers everything, and a clock that a test can move.
final class BluetoothHouse: Sendable {
    /// The boot clock, and what it is ahead.
    private final class Clock: Sendable {
        private let ahead = Atomic<Int64>(0)

        var now: BootTime { BootTime.now() + .seconds(ahead.load(ordering: .relaxed)) }

        func move(by seconds: Int64) { ahead.add(seconds, ordering: .relaxed) }
    }

    let source: BluetoothSource
    private let log = InMemoryLogHandler()
    private let interest: BluetoothInterest
    private let bound: [BoundBluetoothDevice]
    private let clock = Clock()
    private let ids: [SourceID]
    /// Of each adapter, by its source.
    private let state = WatchedState<[SourceID: Listener.Heard]>([:])

    /// Starts it; `wait` for what comes of that.
    ///
    /// - Parameter beforeNoting: called on the receiver's thread with what it tells, before anybody remembers it.
    init(
        _ adapters: [BluetoothAdapter], interest: BluetoothInterest = BluetoothInterest(services: [0xFCD2]),
        bound: [BoundBluetoothDevice] = [], beforeNoting: @escaping @Sendable (SourceEvent) -> Void = { _ in }
    ) {
        self.interest = interest
        self.bound = bound
        let state = state
        let log = log
        let clock = clock
        let configuration = BluetoothReceiverConfiguration(id: "ble", adapters: adapters)
        ids = configuration.sources
        source = BluetoothSource(
            configuration: configuration, now: { clock.now },
            handler: { id, event in
                beforeNoting(event)
                state.update { $0[id, default: Listener.Heard()].note(event) }
            },
            logger: Logger(label: "ble") { _ in log })
        source.listen(for: interest, connectingTo: bound)
        source.start()
    }

    deinit { source.stop() }

    /// What the first adapter told.
    var heard: Listener.Heard { heard(by: 0) }

    func heard(by adapter: Int) -> Listener.Heard { state.value[ids[adapter]] ?? Listener.Heard() }

    /// The messages that it logged.
    var logged: [String] { log.entries.map { "\($0.message)" } }

    func wait(by adapter: Int = 0, for holds: (Listener.Heard) -> Bool) -> Bool {
        state.wait { holds($0[ids[adapter]] ?? Listener.Heard()) }
    }

    func hold() { source.hold(ids[0]) }
    func release() { source.release(ids[0]) }

    func waitForFrames(_ count: Int) -> Bool { wait { $0.frames.count >= count } }

    /// False when it did not hold within a time that no healthy run needs.
    func waitForStatus(_ holds: (BluetoothStatus) -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(30)
        while !holds(source.status) {
            if ContinuousClock.now > end { return false }
            // It is looked at, and tells nobody when it changes.
            usleep(2000)
        }
        return true
    }

    /// Time passes, and the source looks at its clock.
    func pass(seconds: Int64) {
        clock.move(by: seconds)
        source.listen(for: interest, connectingTo: bound)
    }

    /// As the gateway does once everything is stored; every order before it is obeyed.
    func sync() {
        let before = heard.held.count
        hold()
        _ = wait { $0.held.count > before }
        release()
    }
}
