import VigilConsole
import VigilCore
import VigilDaemon

/// The one way in which the program reads and changes the registry: through the daemon, or where none runs in its store.
struct RegistryDesk {
    let options: GlobalOptions

    /// The registry in force, as a file that reads back.
    func yaml() async throws -> String {
        if options.client.isAnswered { return try options.client.text("/v1/registry") }
        return RegistryFile.export(try await OfflineRegistry(configuration: ConfigurationFile.load(options.config)).registry())
    }

    /// The same, read; an empty one before the first import, of which there is nothing that would read back.
    func registry() async throws -> Registry {
        let loaded = RegistryFile.read(
            Array(try await yaml().utf8), file: "registry", dialects: nil, language: .chinese)
        return loaded.registry ?? Registry()
    }

    /// Takes a file over whole, or not at all.
    ///
    /// - Parameter name: what its faults call it.
    func replace(by bytes: [UInt8], name: String) throws -> RegistryImportResult {
        guard options.client.isAnswered else {
            return try OfflineRegistry(configuration: ConfigurationFile.load(options.config)).importFile(bytes, name: name)
        }
        return try options.client.post("/v1/registry?file=\(ControlClient.piece(name))", bytes: bytes, RegistryImportResult.self)
    }
}
