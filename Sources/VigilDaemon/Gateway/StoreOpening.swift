import Foundation
import Logging
import VigilCore
import VigilStore

/// Opens the store and recovers from it, whatever the disk is like, so that the watch goes on (`architecture.md`, rule 6, promise A9): a
/// damaged one is replaced first, and for one that cannot be written another stands in, from which nothing is acknowledged.
struct StoreOpening {
    let directory: String
    /// In memory, for the store that stands in.
    let volatileDirectory: String
    let options: StoreOptions
    let reopenWindow: Milliseconds
    let sources: [SourceID]
    let clocks: Clocks
    let bootID: String
    let logger: Logger

    struct Opened {
        var store: Store
        var recovered: RecoveredState
        var recovery: Recovery.Result
        /// What operators must hear of; nil on every ordinary day.
        var replacement: StoreReplacement?
        /// Why this life records nothing; nil on every ordinary day.
        var unrecorded: StoreError?
    }

    func run(decoders: [any PayloadDecoder]) throws -> Opened {
        do {
            return try openOrReplace(decoders)
        } catch let error as StoreError where error.isOfTheDisk {
            guard let standIn = try? Store.standIn(for: directory, in: volatileDirectory, at: clocks.wall()) else { throw error }
            logger.critical(
                "nothing can be recorded from the start; alarms go on from memory until the disk works again",
                metadata: [LogKey.error: "\(error)"])
            var opened = try recover(standIn, decoders)
            opened.unrecorded = error
            return opened
        }
    }

    /// Whether the store can be opened again; blocks for as long as the disk does.
    func works() -> Bool {
        guard let store = try? Store.open(directory: directory, options: verifying) else { return false }
        return (try? store.close()) != nil
    }

    private var verifying: StoreOptions {
        var options = options
        if FileManager.default.fileExists(atPath: VerifyMark.path(directory)) { options.verification = .full }
        return options
    }

    private func openOrReplace(_ decoders: [any PayloadDecoder]) throws -> Opened {
        let options = verifying
        do {
            return try open(options, decoders)
        } catch let error as StoreError {
            let damage = try damage(behind: error, options)
            let replacement = try Store.replaceDamaged(directory: directory, cause: damage, at: clocks.wall())
            logger.critical("the database is damaged and was replaced", metadata: [LogKey.error: "\(replacement)"])
            var opened = try open(self.options, decoders)
            opened.replacement = replacement
            return opened
        }
    }

    /// - Throws: the error, where it is not about damage.
    private func damage(behind error: StoreError, _ options: StoreOptions) throws -> StoreError {
        if Store.isDamage(error, in: directory) { return error }
        guard error.kind == .other, options.verification == .none else { throw error }
        // A table that is gone reads like a fault of ours until somebody looks at the pages.
        var verifying = options
        verifying.verification = .full
        verifying.ballastBytes = 0
        do throws(StoreError) {
            try Store.open(directory: directory, options: verifying).close()
        } catch {
            if Store.isDamage(error, in: directory) { return error }
        }
        throw error
    }

    private func open(_ options: StoreOptions, _ decoders: [any PayloadDecoder]) throws -> Opened {
        let store = try Store.open(directory: directory, options: options) { [logger] in
            logger.error("upkeep of the database failed", metadata: [LogKey.error: "\($0)"])
        }
        do {
            let opened = try recover(store, decoders)
            // It opened and could be read, so it was verified where that was asked for: once for each cause.
            VerifyMark.clear(in: directory)
            for notice in store.notices { logger.warning("\(notice)") }
            return opened
        } catch {
            // The directory's lock goes with it; how the closing goes adds nothing to why it could not be read.
            try? store.close()
            throw error
        }
    }

    private func recover(_ store: Store, _ decoders: [any PayloadDecoder]) throws -> Opened {
        let recovered = try store.recover(reopenWindow: reopenWindow, sources: sources)
        let recovery = try Recovery(state: recovered, store: store, clocks: clocks, bootID: bootID, logger: logger).run(
            decoders: decoders)
        return Opened(store: store, recovered: recovered, recovery: recovery)
    }
}

extension StoreError {
    /// The disk, and neither what is on it nor who uses it.
    fileprivate var isOfTheDisk: Bool { [.full, .readOnly, .io, .syncFailed].contains(kind) }
}
