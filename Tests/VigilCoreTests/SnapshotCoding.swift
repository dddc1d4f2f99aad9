import Foundation

/// Snapshots are JSON: what a state is after it was stored and read back.
enum SnapshotCoding {
    static func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }
}
