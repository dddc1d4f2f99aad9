import Synchronization
import VigilCore

/// What has to stand before Vigil says that it watches: the gateway turns, the console listens, every broker has answered.
///
/// A broker that is down later does not take readiness back for systemd; `/-/ready` shows it.
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
        var isConnected = false
        /// Why it is not connected, in words.
        var detail = "no connection was tried yet"
    }

    private struct State {
        var brokers: [Broker]
        var answered: Set<SourceID> = []
        var isGatewayRunning = false
        var listening: Set<Door> = []
        var waiting: [CheckedContinuation<Void, Never>] = []

        var isComplete: Bool { isGatewayRunning && listening.count == Door.allCases.count && answered.count == brokers.count }
    }

    private let state: Mutex<State>

    init(brokers: [SourceID]) { state = Mutex(State(brokers: brokers.map { Broker(id: $0) })) }

    func connected(_ id: SourceID) {
        change { state in
            guard let index = state.brokers.firstIndex(where: { $0.id == id }) else { return }
            state.brokers[index] = Broker(id: id, isConnected: true, detail: "")
            state.answered.insert(id)
        }
    }

    func disconnected(_ id: SourceID, reason: String) {
        change { state in
            guard let index = state.brokers.firstIndex(where: { $0.id == id }) else { return }
            state.brokers[index] = Broker(id: id, isConnected: false, detail: reason)
        }
    }

    func gatewayRuns() { change { $0.isGatewayRunning = true } }
    func listens(_ door: Door) { change { $0.listening.insert(door) } }

    var brokers: [Broker] { state.withLock { $0.brokers } }

    /// What is missing, in words; empty when everything stands.
    var missing: [String] {
        state.withLock { state in
            var missing = state.brokers.filter { !$0.isConnected }.map { "broker \($0.id): \($0.detail)" }
            if !state.isGatewayRunning { missing.append("the gateway has not recovered yet") }
            return missing + Door.allCases.filter { !state.listening.contains($0) }.map(\.missing)
        }
    }

    /// Returns once everything has stood, or when the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    let mustWait = !state.isComplete && !Task.isCancelled
                    if mustWait { state.waiting.append(continuation) }
                    return mustWait
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            resume { _ in true }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { body(&$0) }
        resume { $0.isComplete }
    }

    private func resume(if condition: (State) -> Bool) {
        let resumed = state.withLock { state in
            guard condition(state) else { return [CheckedContinuation<Void, Never>]() }
            let waiting = state.waiting
            state.waiting = []
            return waiting
        }
        for continuation in resumed { continuation.resume() }
    }
}
