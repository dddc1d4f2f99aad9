internal import Foundation
public import VigilCore

/// A damaged database was moved aside, and a new one stands in its place (`docs/adr/0004-a-damaged-database-is-replaced.md`).
public struct StoreReplacement: Sendable, CustomStringConvertible {
    /// Where the damaged file is now.
    public let damagedFile: String
    public let cause: StoreError
    /// nil when no registry could be read, neither from the file nor from its copy: nobody is watched until one is imported.
    public let registryVersion: Int?
    /// How many alerts were carried over, open or closed.
    public let alerts: Int

    public var description: String {
        let registry = registryVersion.map { "registry version \($0)" } ?? "no registry: import it again"
        return
            "\(cause.path) is damaged (\(cause.cause)) and is kept as \(damagedFile); begun anew with \(registry) and \(alerts) alerts"
    }
}

extension Store {
    /// Whether this error says that the database of this directory is damaged, so that it is to be replaced.
    public static func isDamage(_ error: StoreError, in directory: String) -> Bool {
        switch error.kind {
        case .corrupt: true
        // A damaged head looks like somebody else's; where a registry was stored, it was ours.
        case .foreign: RegistryCopy(directory: directory).exists
        default: false
        }
    }

    /// Moves a damaged database aside and puts a new one in its place, with everything that can still be read.
    ///
    /// Nothing is deleted, and a crash in between is finished by the next opening. To be called with the store closed.
    public static func replaceDamaged(directory: String, cause: StoreError, at wall: WallTime) throws(StoreError) -> StoreReplacement {
        let lock = try DirectoryLock(path: directory)
        defer { lock.release() }
        let exchange = DatabaseExchange(directory: directory)
        let salvage = Salvage(of: directory + "/" + fileName, copy: RegistryCopy(directory: directory))
        try exchange.prepare()
        try write(salvage.turn(at: wall), into: exchange.newDirectory)
        let damagedFile = try exchange.agree(at: wall)
        try exchange.finish(lock)
        return StoreReplacement(
            damagedFile: damagedFile, cause: cause, registryVersion: salvage.registry?.version, alerts: salvage.alerts.count)
    }
}
