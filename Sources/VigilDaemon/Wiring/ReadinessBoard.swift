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

    /// How devices are heard.
    enum Kind: String, Sendable {
        /// We connect to it.
        case broker
        /// Devices connect to us.
        case listener
        /// Devices are heard over the air.
        case receiver
    }

    struct Source: Sendable {
        var id: SourceID
        var kind: Kind
        var isConnected = false
        /// Why it is not connected, or what it does not let us hear; in words.
        var detail = "no connection was tried yet"

        var isMissing: Bool { !detail.isEmpty }
    }

    private struct State {
        var sources: [Source]
        var tried: Set<SourceID> = []
        var isGatewayRunning = false
        var listening: Set<Door> = []

        var isComplete: Bool { isGatewayRunning && listening.count == Door.allCases.count && tried.count == sources.count }
    }

    private let state: Mutex<State>
    private let signal = ChangeSignal()

    init(brokers: [SourceID], listeners: [SourceID] = [], receivers: [SourceID] = []) {
        state = Mutex(
            State(
                sources: brokers.map { Source(id: $0, kind: .broker) } + listeners.map { Source(id: $0, kind: .listener) }
                    + receivers.map { Source(id: $0, kind: .receiver) }))
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

    func connected(_ id: SourceID) { tried(id, isConnected: true, detail: "") }

    func disconnected(_ id: SourceID, reason: String) { tried(id, isConnected: false, detail: reason) }

    /// - Parameter filters: what the broker does not let us hear; none when it does.
    func refused(_ id: SourceID, filters: [String]) {
        let words = "does not let us hear \(filters.joined(separator: ", ")); allow it in the broker's access list"
        tried(id, isConnected: true, detail: filters.isEmpty ? "" : words)
    }

    private func tried(_ id: SourceID, isConnected: Bool, detail: String) {
        change { state in
            guard let index = state.sources.firstIndex(where: { $0.id == id }) else { return }
            state.sources[index].isConnected = isConnected
            state.sources[index].detail = detail
            state.tried.insert(id)
        }
    }

    func gatewayRuns() { change { $0.isGatewayRunning = true } }
    func listens(_ door: Door) { change { $0.listening.insert(door) } }

    var sources: [Source] { state.withLock { $0.sources } }

    /// What is missing, in words; empty when everything stands.
    var missing: [String] {
        state.withLock { state in
            var missing = state.sources.filter(\.isMissing).map { "\($0.kind.rawValue) \($0.id): \($0.detail)" }
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
