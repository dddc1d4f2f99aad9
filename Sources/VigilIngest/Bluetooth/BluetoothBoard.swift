import Synchronization
import VigilCore

/// What the receiver's thread knows and others may look at: kept under a lock that nobody holds for long.
final class BluetoothBoard: Sendable {
    private struct State {
        var status: BluetoothStatus
        var heard = HeardAdvertisements()
    }

    private let state: Mutex<State>

    init(adapters: [String], at time: BootTime) {
        state = Mutex(State(status: BluetoothStatus(adapters: adapters.map { BluetoothStatus.Adapter(name: $0, since: time) })))
    }

    var status: BluetoothStatus {
        let (status, advertisers) = state.withLock { ($0.status, $0.heard.advertisers) }
        var told = status
        told.advertisers = advertisers.sorted { ($1.heardAt, $0.address) < ($0.heardAt, $1.address) }
        return told
    }

    func take(
        _ address: BluetoothAddress, _ advertisement: Advertisement, from adapter: Int, at time: BootTime, _ interest: BluetoothInterest
    ) -> HeardAdvertisements.Verdict {
        state.withLock { state in
            let name = state.status.adapters[adapter].name
            state.status.adapters[adapter].reports &+= 1
            state.status.adapters[adapter].heardAt = time
            let verdict = state.heard.take(address, advertisement, adapter: name, at: time, interest)
            switch verdict {
            case .told: state.status.told &+= 1
            case .repeated: state.status.repeated &+= 1
            case .uninteresting: state.status.uninteresting &+= 1
            case .leftOut(.strangers): state.status.leftOut &+= 1
            case .leftOut(.device): state.status.leftOutRegistered &+= 1
            }
            return verdict
        }
    }

    func note(_ connections: [BluetoothConnectionStatus]) { state.withLock { $0.status.connections = connections } }

    /// Other devices are registered from now on.
    func forget(_ addresses: Set<BluetoothAddress>) { state.withLock { $0.heard.forget(addresses) } }

    func lose(_ count: Int) { state.withLock { $0.status.lost &+= count } }

    func skip(_ count: Int, from adapter: Int) { state.withLock { $0.status.adapters[adapter].skipped &+= count } }

    func note(_ health: AdapterHealth, of adapter: Int) {
        state.withLock { state in
            state.status.adapters[adapter].state = health.state
            state.status.adapters[adapter].since = health.since
            state.status.adapters[adapter].reason = health.reason
        }
    }

    /// Nobody reads the adapters any more.
    func standsStill(_ reason: String, at time: BootTime) {
        state.withLock { state in
            for index in state.status.adapters.indices {
                state.status.adapters[index].state = .closed
                state.status.adapters[index].since = time
                state.status.adapters[index].reason = reason
            }
        }
    }
}
