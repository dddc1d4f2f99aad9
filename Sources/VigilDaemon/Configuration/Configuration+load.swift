import FoundationEssentials
public import VigilCore

extension Configuration {
    /// What reading a configuration gave.
    public struct Loaded {
        /// nil where there is an error among the faults: nothing of a wrong file is used.
        public let configuration: Configuration?
        /// What a start goes on with: the same, but for parts whose loss costs less than the whole watch (`SettingFault.Weight.survivable`).
        public let startable: Configuration?
        /// Errors and warnings, each with its place.
        public let faults: FaultList
        /// Every file that was looked at, in order.
        public let files: [String]
        /// What could be read, however faulty, for checks that need no more; nil where nothing could.
        public let readable: Configuration?
    }

    /// Reads `path` and the `conf.d/*.yaml` beside it, and names every fault of all of them at once.
    ///
    /// - Parameter judge: looks at the files that are named, for whoever checks and is not the daemon.
    public static func load(path: String, vocabulary: ConfigurationVocabulary, judge: FileJudge? = nil) -> Loaded {
        let faults = FaultList()
        let files = ConfigurationFiles(main: path, faults: faults)
        let readable = files.tree.flatMap {
            read($0, directory: ConfigurationFiles.directory(of: path), vocabulary: vocabulary, judge: judge, faults: faults)
        }
        return Loaded(
            configuration: faults.hasErrors ? nil : readable, startable: faults.preventsStart ? nil : readable, faults: faults,
            files: files.paths + (readable?.profileFiles ?? []), readable: readable)
    }

    /// Reads a tree that is in memory already, as far as it can be read; nil where it holds no keys at all.
    static func read(
        _ tree: Setting, directory: String, vocabulary: ConfigurationVocabulary, judge: FileJudge? = nil, faults: FaultList
    ) -> Configuration? {
        guard case .map = tree.value else {
            let message = "\(tree.shape) stands where the keys of a configuration are wanted; see config/vigil.yaml"
            faults.add(SettingFault(mark: tree.mark, path: "", message: message))
            return nil
        }
        let whole = SecretKeys.refuse(in: tree, path: "", faults)
        var reader = ConfigurationReader(faults: faults, vocabulary: vocabulary, directory: directory, judge: judge)
        return reader.read(whole)
    }
}
