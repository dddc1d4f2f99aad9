import VigilConsole
import VigilCore
import VigilDaemon

/// The one way in which the program reads and changes the registry: through the daemon, or where none runs in its store.
struct RegistryDesk {
    let config: String
    let client: ControlClient
    let language: Language

    /// The registry in force, as a file that reads back.
    func yaml() async throws -> String {
        if client.isAnswered { return try client.text("/v1/registry") }
        return RegistryFile.export(try await OfflineRegistry(configuration: ConfigurationFile.load(config)).registry())
    }

    /// The same, read; an empty one before the first import, of which there is nothing that would read back.
    func registry() async throws -> Registry {
        let loaded = RegistryFile.read(
            Array(try await yaml().utf8), file: "registry", dialects: nil, language: .chinese)
        return loaded.registry ?? Registry()
    }

    /// Takes a file over whole, or not at all.
    ///
    /// - Parameters:
    ///   - name: what its faults call it.
    ///   - base: the version that it was made from; where another is in force by now, nothing is taken over. nil replaces any.
    func replace(by bytes: [UInt8], name: String, over base: Int? = nil) throws -> RegistryImportResult {
        guard client.isAnswered else {
            let offline = OfflineRegistry(configuration: try ConfigurationFile.load(config))
            let result = try offline.importFile(bytes, name: name, over: base)
            if let newer = result.newer { throw CommandFailure(.finding, .outdatedRegistry(newer), language) }
            return result
        }
        let path = "/v1/registry?file=\(ControlClient.piece(name))" + (base.map { "&over=\($0)" } ?? "")
        return try client.post(path, bytes: bytes, RegistryImportResult.self)
    }

    /// Changes the registry in force. Who else changes it at the same time loses nothing, and neither does this change: it is then made anew.
    ///
    /// - Parameter name: what faults call the changed file.
    func change(name: String, _ change: (inout Registry) throws -> Void) async throws -> RegistryImportResult {
        var attempt = 1
        while true {
            // Read before the text, so that a change between the two is found out.
            let base = try await version()
            var registry = try await registry()
            try change(&registry)
            do {
                return try replace(by: Array(RegistryFile.export(registry).utf8), name: name, over: base)
            } catch let failure as CommandFailure where failure.report.registryVersion != nil && attempt < Self.attempts {
                attempt += 1
            }
        }
    }

    /// Of a registry that is changed all the time somebody should hear.
    private static let attempts = 5

    private func version() async throws -> Int {
        if client.isAnswered { return try client.get("/v1/status", StatusReport.self).engine.registryVersion }
        return try await OfflineRegistry(configuration: ConfigurationFile.load(config)).registry().version
    }
}

extension RegistryDesk {
    init(options: GlobalOptions) { self.init(config: options.config, client: options.client, language: options.lang) }
}
