internal import Foundation
internal import VigilCore

/// The registry beside the database, for the day when the database cannot be read (`docs/adr/0004-a-damaged-database-is-replaced.md`).
///
/// That it is there also tells a database that lost its contents from one that never had any.
struct RegistryCopy: Sendable {
    let path: String

    init(directory: String) { path = directory + "/registry.copy.json" }

    var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Replaces the copy whole, or leaves the one before.
    func write(_ registry: Registry) throws(StoreError) {
        do {
            let data = Data(try JSONColumn.bytes(registry))
            // Health data: nobody else reads it, not even for a moment.
            let descriptor = open(path + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw failure() }
            let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try file.write(contentsOf: data)
            guard fsync(descriptor) == 0, rename(path + ".new", path) == 0 else { throw failure() }
        } catch {
            throw StoreError(error, action: Self.action, path: path)
        }
    }

    /// nil when there is none that can be read: then nobody knows it any more, and the alert says so.
    func read() -> Registry? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try? JSONColumn.value(Registry.self, from: Array(data))
    }

    private static let action = "keep a copy of the registry"

    private func failure() -> StoreError { StoreError(errno: errno, action: Self.action, path: path) }
}
