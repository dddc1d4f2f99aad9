internal import Foundation
internal import GRDB
internal import VigilCore

/// What can still be read of a damaged database: who is watched, what is open, what is still to be told, what people put in force, what was
/// tested, who was seen, and where time stood.
///
/// Every part is read by itself: damage to one costs that one.
struct Salvage {
    private(set) var registry: Registry?
    private(set) var alerts: [Alert] = []
    private(set) var deliveries: [Delivery] = []
    private(set) var orders: [StandingOrder] = []
    private(set) var tests: [DeviceTest] = []
    private var batteries: [DeviceAddress: BatteryTrend] = [:]
    private(set) var visits: [Visit] = []
    private(set) var clock: ClockReading?
    private var lastTime: EngineTime?

    init(of path: String, copy: RegistryCopy) {
        // A file whose head is damaged opens for nobody. Without its log it needs none, and a disk that cannot be written has no place for one.
        let queue =
            Self.open(path)
            ?? Self.open("file:\(path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path)?immutable=1")
        if let queue {
            read(queue)
            // Nothing was written through it.
            try? queue.close()
        }
        registry = registry ?? copy.read()
    }

    private static func open(_ path: String) -> DatabaseQueue? {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        // Read-only creates none.
        return try? DatabaseQueue(path: path, configuration: configuration)
    }

    private mutating func read(_ queue: DatabaseQueue) {
        func part<Value>(_ body: (Database) throws -> Value?) -> Value? {
            // Damage here is why we are here.
            try? queue.read(body)
        }
        registry = part { try Self.newestReadable(in: $0) }
        let found = ["ASC", "DESC"].flatMap { order in
            part { Self.bodies(Alert.self, "SELECT body FROM alerts ORDER BY rowid \(order)", in: $0) } ?? []
        }
        alerts = Self.consistent(found)
        let known = Set(alerts.map(\.id))
        let waiting = part { DeliveryTable.fetchReadable(in: $0) }
        let unique = Dictionary((waiting ?? []).map { ($0.id, $0) }) { first, _ in first }
        deliveries = unique.values.filter { known.contains($0.alert) }.sorted { $0.id < $1.id }
        let placed = ["ASC", "DESC"].flatMap { order in
            part { Self.bodies(StandingOrder.self, "SELECT body FROM orders ORDER BY number \(order)", in: $0) } ?? []
        }
        orders = Dictionary(placed.map { ($0.number, $0) }) { first, _ in first }.values.sorted { $0.number < $1.number }
        visits = part { try VisitTable.fetch(in: $0) } ?? []
        tests = part { try DeviceTestTable.fetch(in: $0) } ?? []
        batteries = part { try BatteryTable.fetch(in: $0) } ?? [:]
        clock = part { try MetaTable.lastClock(in: $0) }
        lastTime = part { try JournalTable.ends(in: $0)?.lastAt }
    }

    /// The highest version whose body is whole.
    private static func newestReadable(in database: Database) throws -> Registry? {
        bodies(Registry.self, "SELECT body FROM registry_versions ORDER BY version DESC", limit: 1, in: database).first
    }

    /// Every row up to the first that cannot be reached; those that can be reached and not read are passed by.
    private static func bodies<Value: Decodable>(
        _: Value.Type, _ sql: String, limit: Int = .max, in database: Database
    ) -> [Value] {
        var values: [Value] = []
        do {
            let rows = try String.fetchCursor(database, sql: sql)
            while values.count < limit, let text = try rows.next() {
                if let value = try? JSONColumn.value(Value.self, from: text) { values.append(value) }
            }
        } catch {
            // The end of what can be reached from this side.
        }
        return values
    }

    /// Each alert once, and of a key that seems to have two open episodes the later one.
    private static func consistent(_ found: [Alert]) -> [Alert] {
        var byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        var open: [AlertKey: Alert] = [:]
        for alert in byID.values.sorted(by: { $0.episode < $1.episode }) where alert.isOpen {
            if let older = open.updateValue(alert, forKey: alert.key) { byID[older.id] = nil }
        }
        return byID.values.sorted { $0.id < $1.id }
    }

    /// The first turn of the new database.
    ///
    /// - Parameter wall: Where time goes on if nothing tells where it stood.
    func turn(at wall: WallTime) -> Turn {
        let known = [lastTime, alerts.map(\.lastOccurrenceAt).max()].compactMap(\.self).max()
        let at = known ?? EngineTime(wall.rawValue)
        var inputs: [Input] = []
        if let registry { inputs.append(.registryChange(registry)) }
        if let clock, lastTime != nil { inputs.append(.clock(clock)) }
        var turn = Turn()
        turn.journal = inputs.enumerated().map { StampedInput(sequence: Int64($0.offset) + 1, at: at, input: $0.element) }
        turn.alerts = alerts
        turn.deliveries = deliveries
        turn.orders = orders
        turn.tests = tests
        turn.batteries = batteries.sorted { $0.key < $1.key }.flatMap { device, trend in
            trend.samples.map { BatteryReading(device: device, sample: $0) }
        }
        turn.visits = visits
        return turn
    }
}
