import FoundationEssentials
public import VigilCore

/// The registry as people write it: one YAML file with the places, the residents, their devices and who answers.
public enum RegistryFile {
    /// What reading a registry gave.
    public struct Loaded {
        /// nil where there is an error among the faults: nothing is half imported. Its version is 0.
        public let registry: Registry?
        public let faults: FaultList
        /// Where each value stands, by path: `contacts[3].methods[0].channel`.
        public let places: [String: Setting.Mark]
        /// What could be read, however faulty, for checks that need no more; nil where nothing could.
        let readable: Registry?
    }

    /// - Parameters:
    ///   - dialects: the dialects that devices may speak.
    ///   - liveness: what a device is that has no `liveness` of its own, by its dialect.
    ///   - language: what a contact reads who has no `language` of their own.
    public static func load(
        path: String, dialects: [Dialect], liveness: [Dialect: LivenessClass] = [:], language: Language
    ) -> Loaded {
        do {
            let bytes = Array(try Data(contentsOf: URL(filePath: path)))
            return read(bytes, file: path, dialects: dialects, liveness: liveness, language: language)
        } catch {
            let faults = FaultList()
            let message = "cannot be read: \(error.systemWords); name a file that this user may read"
            faults.add(SettingFault(mark: Setting.Mark(file: path, line: 1, column: 1), path: "", message: message))
            return Loaded(registry: nil, faults: faults, places: [:], readable: nil)
        }
    }

    /// Reads the bytes of a file; `file` is what the faults call it.
    ///
    /// - Parameters:
    ///   - dialects: nil where all were found to be known before.
    ///   - liveness: what a device is that has no `liveness` of its own, by its dialect.
    public static func read(
        _ bytes: [UInt8], file: String, dialects: [Dialect]?, liveness: [Dialect: LivenessClass] = [:], language: Language
    ) -> Loaded {
        let faults = FaultList()
        guard let tree = YAMLSettings.parse(bytes, file: file, faults: faults) else {
            return Loaded(registry: nil, faults: faults, places: [:], readable: nil)
        }
        var reader = RegistryReader(faults: faults, dialects: dialects, liveness: liveness, language: language)
        let registry = reader.read(tree)
        return Loaded(registry: faults.hasErrors ? nil : registry, faults: faults, places: reader.places, readable: registry)
    }
}
