import VigilCore
import VigilStore

/// What must be true of a victim's database whenever and however the victim ended.
enum Wholeness {
    /// Opens the database as the daemon would, with full verification, and lists everything that is wrong with it.
    static func problems(of directory: String, acknowledged: Int64) async -> [String] {
        do {
            var options = StoreOptions()
            options.ballastBytes = 0
            options.verification = .full
            let store = try Store.open(directory: directory, options: options)
            let problems = try await problems(of: store, acknowledged: acknowledged)
            try store.close()
            return problems
        } catch {
            return ["\(error)"]
        }
    }

    private static func problems(of store: Store, acknowledged: Int64) async throws -> [String] {
        var problems: [String] = []
        let state = try store.recover(reopenWindow: .zero)
        let last = state.lastSequence
        let turns = last / 4
        if last < acknowledged { problems.append("lost: acknowledged \(acknowledged), found \(last)") }
        if !last.isMultiple(of: 4) { problems.append("half a turn: the journal ends at \(last)") }
        if try await store.rows().map(\.sequence) != Array(1...max(last, 1)).filter({ $0 <= last }) {
            problems.append("the journal has holes below \(last)")
        }
        let numbers = (0..<turns).map { "sos-r\($0 + 1)-1" }
        if try await store.reader.timeline(after: 0, limit: .max).map(\.entry.alert.rawValue) != numbers {
            problems.append("half a turn: timeline entries are missing")
        }
        if Set(state.alerts.map(\.id.rawValue)) != Set(numbers) { problems.append("half a turn: alerts are missing") }
        if Set(state.deliveries.map(\.alert.rawValue)) != Set(numbers) { problems.append("half a turn: deliveries are missing") }
        if (state.snapshot?.sequence ?? 0) != turns / 5 * 20 { problems.append("half a turn: the snapshot is of another turn") }
        return problems
    }
}
