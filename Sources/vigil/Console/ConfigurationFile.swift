import VigilCore
import VigilDaemon

/// The configuration, for commands that cannot go on without it.
enum ConfigurationFile {
    static func load(_ path: String) throws -> Configuration {
        let loaded = Configuration.load(path: path, vocabulary: .vigil)
        guard let configuration = loaded.configuration else {
            throw CommandFailure(
                .configuration, "\(path): mend these first: vigil check \(path)", faults: loaded.faults.errors.map(\.description))
        }
        return configuration
    }
}
