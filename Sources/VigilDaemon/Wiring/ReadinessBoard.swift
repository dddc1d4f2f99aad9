import Synchronization
import VigilCore
import VigilIngest

/// What has to stand before Vigil says that it watches: the gateway turns, the console listens, every broker was tried.
///
/// A broker that is down keeps nobody from the others: systemd hears that the watch stands, with what it lacks, and `/-/ready` shows it.
public final class ReadinessBoard: Sendable {
    /// Where people and monitors come in.
    enum Door: CaseIterable {
        case control, probes

        var missing: String {
            switch self {
            case .control: "the control socket does not listen yet"
            case .probes: "health and metrics are not served yet"
            }
        }
    }

    struct Broker: Sendable {
        var id: SourceID
        /// Devices come to us, and nobody is connected to.
        var isListener = false
        var isConnected = false
        /// Why it is not connected, or what it does not let us hear; in words.
        var detail = "no connection was tried yet"

        var isMissing: Bool { !detail.isEmpty }
    }

    private struct State {
        var brokers: [Broker]
        var tried: Set<SourceID> = []
        var isGatewayRunning = false
        var listening: Set<Door> = []

        var isComplete: Bool { isGatewayRunning && listening.count == Door.allCases.count && tried.count == brokers.count }
    }

    private let state: Mutex<State>
    private let signal = ChangeSignal()

    init(brokers: [SourceID], listeners: [SourceID] = []) {
        state = Mutex(State(brokers: brokers.map { Broker(id: $0) } + listeners.map { Broker(id: $0, isListener: true) }))
    }

    /// Takes what a source says of its connection; the rest is not for this board.
    func take(_ event: SourceEvent, of id: SourceID) {
        switch event {
        case .connected: connected(id)
        case .disconnected(let reason): disconnected(id, reason: reason)
        case .refused(let filters): refused(id, filters: filters)
        case .frames, .held, .heard, .confirmed: break
        }
    }

    func connected(_ id: SourceID) { tried(Broker(id: id, isConnected: true, detail: "")) }

    func disconnected(_ id: SourceID, reason: String) { tried(Broker(id: id, isConnected: false, detail: reason)) }

    /// - Parameter filters: what the broker does not let us hear; none when it does.
    func refused(_ id: SourceID, filters: [String]) {
        let words = "does not let us hear \(filters.joined(separator: ", ")); allow it in the broker's access list"
        tried(Broker(id: id, isConnected: true, detail: filters.isEmpty ? "" : words))
    }

    private func tried(_ broker: Broker) {
        change { state in
            guard let index = state.brokers.firstIndex(where: { $0.id == broker.id }) else { return }
            let isListener = state.brokers[index].isListener
            state.brokers[index] = broker
            state.brokers[index].isListener = isListener
            state.tried.insert(broker.id)
        }
    }

    func gatewayRuns() { change { $0.isGatewayRunning = true } }
    func listens(_ door: Door) { change { $0.listening.insert(door) } }

    var brokers: [Broker] { state.withLock { $0.brokers } }

    /// What is missing, in words; empty when everything stands.
    var missing: [String] {
        state.withLock { state in
            var missing = state.brokers.filter(\.isMissing).map { "\($0.isListener ? "listener" : "broker") \($0.id): \($0.detail)" }
            if !state.isGatewayRunning { missing.append("the gateway has not recovered yet") }
            return missing + Door.allCases.filter { !state.listening.contains($0) }.map(\.missing)
        }
    }

    /// Whether the watch stands, however much of what it hears is missing.
    var isComplete: Bool { state.withLock(\.isComplete) }

    /// One signal at once, and one after each change.
    func changes() -> AsyncStream<Void> { signal.signals() }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { body(&$0) }
        signal.changed()
    }
}
