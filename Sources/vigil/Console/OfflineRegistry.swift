import Foundation
import Glibc
import Synchronization
import VigilConsole
import VigilCore
import VigilDaemon
import VigilDevices
import VigilStore

/// The registry of a daemon that does not run: read from its store, and written there as the daemon would.
struct OfflineRegistry {
    let configuration: Configuration

    /// The registry in force; an empty one before the first import.
    func registry() async throws -> Registry {
        try refuseEmptyPlace()
        return try await stored() ?? Registry()
    }

    /// nil before the first import.
    func stored() async throws -> Registry? {
        guard isThere else { return nil }
        do {
            return try await StoreReader(directory: configuration.stateDirectory).registry()
        } catch {
            throw CommandFailure(.temporary, "\(error)")
        }
    }

    /// Where nothing was ever stored there is nothing to read, and that is no fault of the store's.
    func refuseEmptyPlace() throws {
        guard !isThere else { return }
        let place = configuration.stateDirectory
        throw CommandFailure(
            .temporary, "no daemon runs, and nothing was ever stored in \(place); start vigil, or import a registry first")
    }

    /// Whether anything was ever stored in the state directory; what this user may not see is left to the store to say.
    private var isThere: Bool {
        access("\(configuration.stateDirectory)/\(Store.fileName)", F_OK) == 0 || errno != ENOENT
    }

    /// Takes a file over whole, as one more input of the journal: the next start finds it there.
    ///
    /// - Parameter base: the version that it was made from; nil replaces any.
    func importFile(_ bytes: [UInt8], name: String, over base: Int? = nil) throws -> RegistryImportResult {
        let loaded = RegistryFile.read(
            bytes, file: name, dialects: configuration.decoders.dialects, liveness: configuration.decoders.liveness,
            language: configuration.language
        ).checked(against: configuration)
        let warnings = loaded.faults.warnings.map(\.description)
        guard var registry = loaded.registry else { return .refused(loaded.faults.errors.map(\.description), warnings: warnings) }
        try refuseStrangersDirectory()
        do {
            let store = try Store.open(directory: configuration.stateDirectory)
            let state = try store.recover(reopenWindow: .zero, sources: [], unconfirmedLimit: 0)
            let inForce = state.registry?.version ?? 0
            guard base == nil || base == inForce else {
                try store.close()
                return .outdated(inForce, warnings: warnings)
            }
            registry.version = inForce + 1
            try store.take(registry, after: state)
            try store.close()
        } catch {
            throw CommandFailure(.temporary, "\(error)")
        }
        return .imported(registry, warnings: warnings)
    }

    /// Files that root makes there could not be opened by the daemon's own user.
    private func refuseStrangersDirectory() throws {
        let directory = configuration.stateDirectory
        // A directory that is not there yet will be ours.
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: directory),
            let id = attributes[.ownerAccountID] as? UInt, id != UInt(geteuid())
        else { return }
        let owner = attributes[.ownerAccountName] as? String ?? "uid \(id)"
        throw CommandFailure(
            .finding,
            "\(directory) belongs to \(owner); start the daemon, or import as that user: sudo -u \(owner) vigil registry import")
    }
}

extension Store {
    /// Commits a registry as the next input after the last one, at the time of the last one.
    fileprivate func take(_ registry: Registry, after state: RecoveredState) throws(StoreError) {
        var turn = Turn()
        turn.journal = [
            StampedInput(
                sequence: state.lastSequence + 1, at: state.lastTime ?? EngineTime(LocalClock.now.rawValue),
                input: .registryChange(registry))
        ]
        let isDone = DispatchSemaphore(value: 0)
        let outcome = Outcome()
        commit(turn) { result in
            outcome.value.withLock { $0 = result }
            isDone.signal()
        }
        isDone.wait()
        try outcome.value.withLock { $0 }.get()
    }

    private final class Outcome: Sendable {
        let value = Mutex<Result<Void, StoreError>>(.success(()))
    }
}
