internal import Dispatch
internal import Foundation
internal import Synchronization
internal import VigilCore
internal import VigilStore

/// Commits turns that all have the same shape, so that whoever finds the database can tell whether it is whole: turn n has four frames,
/// rows 4n-3 to 4n, and one alert `sos-r<n>-1` with one timeline entry and one delivery.
final class Victim {
    static let framesPerTurn: Int64 = 4

    private(set) var lastSequence: Int64
    let store: Store

    init(directory: String, options: StoreOptions) throws(StoreError) {
        store = try Store.open(directory: directory, options: options, upkeepFailed: { say("upkeep \($0.kind.rawValue)") })
        lastSequence = try store.recover(reopenWindow: .minutes(30)).lastSequence
    }

    func obey(_ command: [String]) {
        switch command.first {
        // Commits so many turns, or turns without end.
        case "commit":
            var left = command.count > 1 ? Int(command[1]) ?? 1 : .max
            while left > 0 {
                commit()
                left -= 1
            }
            say("done")
        // Commits turns until one fails, at most so many.
        case "fill":
            var left = command.count > 1 ? Int(command[1]) ?? 1 : .max
            while left > 0, commit(payload: 2000) { left -= 1 }
            say("done")
        // Journals so many frames, and prints what that costs.
        case "measure": measure(frames: command.count > 1 ? Int64(command[1]) ?? 1000 : 1000)
        case "release": answer { () throws(StoreError) in try store.releaseBallast() }
        case "restore": answer { () throws(StoreError) in try restoreBallast() }
        case "close":
            answer { () throws(StoreError) in try store.close() }
            exit(0)
        default: say("unknown command")
        }
    }

    private func answer(_ body: () throws(StoreError) -> Void) {
        do throws(StoreError) {
            try body()
            say("done")
        } catch {
            say("failed \(error.kind.rawValue) \(error)")
        }
    }

    @discardableResult
    private func commit(payload: Int = 100) -> Bool {
        guard commitAndWait(turn(payload: payload)) else { return false }
        lastSequence += Self.framesPerTurn
        say("ack \(lastSequence)")
        return true
    }

    func commitAndWait(_ turn: Turn) -> Bool {
        let outcome = Outcome()
        let isDone = DispatchSemaphore(value: 0)
        store.commit(turn) { result in
            outcome.value.withLock { $0 = result }
            isDone.signal()
        }
        isDone.wait()
        do throws(StoreError) {
            try outcome.value.withLock { $0 }.get()
        } catch {
            say("failed \(error.kind.rawValue) \(error)")
            return false
        }
        return true
    }

    private func restoreBallast() throws(StoreError) {
        let outcome = Outcome()
        let isDone = DispatchSemaphore(value: 0)
        store.restoreBallast { result in
            outcome.value.withLock { $0 = result }
            isDone.signal()
        }
        isDone.wait()
        try outcome.value.withLock { $0 }.get()
    }

    private func turn(payload: Int) -> Turn {
        let number = lastSequence / Self.framesPerTurn + 1
        let at = EngineTime(1_800_000_000_000 + number)
        var turn = Turn()
        turn.journal = (1...Self.framesPerTurn).map { row in
            StampedInput(
                sequence: lastSequence + row, at: at,
                input: .frame(
                    Frame(
                        source: "local", origin: .mqtt(topic: "vigil/in/band-\(row)/sos"),
                        payload: Array(repeating: UInt8(row), count: payload))))
        }
        turn.alerts = [decoded(VictimJSON.alert(number, at: at.rawValue))]
        turn.deliveries = [decoded(VictimJSON.delivery(number, at: at.rawValue))]
        turn.timeline = [
            TimelineEntry(
                alert: AlertID("sos-r\(number)-1"), number: 1, at: at, wall: WallTime(at.rawValue), event: .raised, severity: .red,
                state: .raised, by: .engine, detail: "raised")
        ]
        if number.isMultiple(of: 5) {
            turn.snapshot = Snapshot(
                sequence: lastSequence + Self.framesPerTurn, at: at, registryVersion: 1, rulesVersion: 1, isWhole: false,
                rows: [SnapshotRow(owner: "device", key: "band-\(number % 7)", state: number)])
        }
        return turn
    }

    private func decoded<Value: Decodable>(_ json: String) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(json.utf8))
        } catch {
            say("the victim's own JSON is wrong: \(error)")
            exit(70)
        }
    }

    private final class Outcome: Sendable {
        let value = Mutex<Result<Void, StoreError>>(.success(()))
    }
}
