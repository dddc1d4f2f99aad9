import Synchronization
import VigilCore

/// What has to stand before Vigil says that it watches: the gateway turns, the console listens, every broker has answered.
///
/// A broker that is down later does not take readiness back for systemd; `/-/ready` shows it.
public final class ReadinessBoard: Sendable {
    private struct State {
        var brokers: [SourceID: Bool]
        var answered: Set<SourceID> = []
        var isGatewayRunning = false
        var isConsoleListening = false
        var waiting: [CheckedContinuation<Void, Never>] = []

        var isComplete: Bool { isGatewayRunning && isConsoleListening && answered.count == brokers.count }
    }

    private let state: Mutex<State>

    init(brokers: [SourceID]) { state = Mutex(State(brokers: Dictionary(uniqueKeysWithValues: brokers.map { ($0, false) }))) }

    func broker(_ id: SourceID, isConnected: Bool) {
        change { state in
            state.brokers[id] = isConnected
            if isConnected { state.answered.insert(id) }
        }
    }

    func gatewayRuns() { change { $0.isGatewayRunning = true } }
    func consoleListens() { change { $0.isConsoleListening = true } }

    var brokers: [(id: SourceID, isConnected: Bool)] {
        state.withLock { $0.brokers.map { (id: $0.key, isConnected: $0.value) } }.sorted { $0.id < $1.id }
    }

    /// What is missing, in words; empty when everything stands.
    var missing: [String] {
        state.withLock { state in
            var missing = state.brokers.filter { !$0.value }.keys.sorted().map { "broker \($0) is not connected" }
            if !state.isGatewayRunning { missing.append("the gateway has not recovered yet") }
            if !state.isConsoleListening { missing.append("the console does not listen yet") }
            return missing
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
