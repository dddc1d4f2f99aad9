import VigilCore

extension Configuration {
    /// Where the daemon of this configuration listens.
    ///
    /// Reads past every fault: whoever asks wants to reach a daemon that runs, not to judge a file that may have changed since, and may not
    /// be allowed to read its secrets. A file that cannot be read at all gives the built-in place.
    public static func controlSocket(path: String) -> String {
        let faults = FaultList()
        let builtIn = ConfigurationDefaults.tree(faults)
        var fallback = SettingsReader(builtIn, path: "", faults: faults)
        let reader = ConfigurationReader(
            faults: faults, vocabulary: .vigil, directory: ConfigurationFiles.directory(of: path))
        guard let tree = ConfigurationFiles(main: path, faults: faults).tree, case .map = tree.value else {
            return fallback.text("control_socket") ?? ""
        }
        var top = SettingsReader(tree, path: "", faults: faults)
        return reader.wholePath(top.text("control_socket") ?? fallback.text("control_socket") ?? "")
    }
}
