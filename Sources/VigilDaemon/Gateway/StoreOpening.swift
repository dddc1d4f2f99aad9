import Foundation
import Logging
import VigilCore
import VigilStore

/// Opens the store and recovers from it; a damaged one is replaced first, so that the watch goes on (`architecture.md`, rule 6, promise A9).
struct StoreOpening {
    let directory: String
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
    }

    func run(decoders: [any PayloadDecoder]) throws -> Opened {
        var options = options
        if FileManager.default.fileExists(atPath: VerifyMark.path(directory)) { options.verification = .full }
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
            let recovered = try store.recover(reopenWindow: reopenWindow, sources: sources)
            let recovery = try Recovery(state: recovered, store: store, clocks: clocks, bootID: bootID, logger: logger)
                .run(decoders: decoders)
            // It opened and could be read, so it was verified where that was asked for: once for each cause.
            VerifyMark.clear(in: directory)
            for notice in store.notices { logger.warning("\(notice)") }
            return Opened(store: store, recovered: recovered, recovery: recovery)
        } catch {
            // The directory's lock goes with it; how the closing goes adds nothing to why it could not be read.
            try? store.close()
            throw error
        }
    }
}
