internal import Dispatch
internal import Foundation
internal import Synchronization
public import VigilCore

extension Store {
    /// A store for this life alone, where the real one cannot be opened: it begins with everything that can be read of that one.
    ///
    /// What is committed to it is not stored. Whoever goes on with it must acknowledge nothing.
    ///
    /// - Parameters:
    ///   - directory: of the store that cannot be opened; only read.
    ///   - volatile: where this one lives, in memory rather than on a disk; what an earlier life left there is removed.
    /// - Returns: nil where not even a registry can be read: then there is nobody to watch over.
    public static func standIn(for directory: String, in volatile: String, at wall: WallTime) throws(StoreError) -> Store? {
        let salvage = Salvage(of: directory + "/" + fileName, copy: RegistryCopy(directory: directory))
        guard salvage.registry != nil else { return nil }
        // Absent at the first time.
        try? FileManager.default.removeItem(atPath: volatile)
        try write(salvage.turn(at: wall), into: volatile)
        var options = StoreOptions()
        options.ballastBytes = 0
        return try open(directory: volatile, options: options)
    }

    /// Writes the first turn of a database that takes another one's place.
    static func write(_ turn: Turn, into directory: String) throws(StoreError) {
        var options = StoreOptions()
        options.ballastBytes = 0
        let store = try open(directory: directory, options: options)
        let outcome = Outcome()
        let isDone = DispatchSemaphore(value: 0)
        store.commit(turn) { result in
            outcome.value.withLock { $0 = result }
            isDone.signal()
        }
        isDone.wait()
        try store.close()
        try outcome.value.withLock { $0 }.get()
    }
}
