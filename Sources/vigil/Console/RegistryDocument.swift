import VigilCore
import VigilDaemon
import VigilDevices

/// A registry and where its values stand, for commands that cannot go on without it.
struct RegistryDocument {
    let registry: Registry
    /// By path: `contacts[3].methods[0].channel`; empty for what was read from a store.
    let places: [String: Setting.Mark]

    /// - Parameter language: what a contact reads who has no `language` of their own.
    static func load(_ path: String, decoders: DecoderRegistry, language: Language = .chinese) throws -> RegistryDocument {
        let loaded = RegistryFile.load(path: path, dialects: decoders.dialects, liveness: decoders.liveness, language: language)
        guard let registry = loaded.registry else {
            throw CommandFailure(.configuration, "\(path): mend these first", faults: loaded.faults.errors.map(\.description))
        }
        return RegistryDocument(registry: registry, places: loaded.places)
    }
}
