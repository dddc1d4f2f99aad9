import FoundationEssentials
public import VigilCore
public import VigilDevices

/// Profiles as people write them: one YAML file each, alone or several in a folder.
public enum ProfileFile {
    /// Larger ones are no profile.
    private static let sizeLimit = 1 << 20

    /// Reads a file, or every `*.yaml` of a folder in the order of their names, and names every fault of all of them.
    public static func load(path: String, faults: FaultList) -> (profiles: [Profile], files: [String]) {
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory else {
            return (read(path: path, faults: faults).map { [$0] } ?? [], [path])
        }
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
            for name in names where name.hasSuffix(".yml") || name.hasSuffix(".YAML") {
                let mark = Setting.Mark(file: "\(path)/\(name)", line: 1, column: 1)
                faults.add(SettingFault(.warning, mark: mark, path: "", message: "is not read; give it a name that ends with .yaml"))
            }
            let files = names.filter { $0.hasSuffix(".yaml") }.map { "\(path)/\($0)" }
            return (files.compactMap { read(path: $0, faults: faults) }, files)
        } catch {
            fault(path, "the folder cannot be listed: \(error.systemWords); let this user read it", faults)
            return ([], [])
        }
    }

    /// Reads the bytes of a file; `file` is what the faults call it.
    static func read(_ bytes: [UInt8], file: String, faults: FaultList) -> Profile? {
        guard bytes.count <= sizeLimit else {
            fault(file, "the file is larger than \(sizeLimit >> 20) MiB, and no profile", faults)
            return nil
        }
        let own = FaultList()
        let tree = YAMLSettings.parse(bytes, file: file, faults: own)
        let profile = tree.flatMap { ProfileReader.read($0, faults: own) }
        for fault in own.faults { faults.add(fault) }
        return own.hasErrors ? nil : profile
    }

    private static func read(path: String, faults: FaultList) -> Profile? {
        do {
            return read(Array(try Data(contentsOf: URL(filePath: path))), file: path, faults: faults)
        } catch {
            fault(path, "cannot be read: \(error.systemWords); name a file that this user may read", faults)
            return nil
        }
    }

    private static func fault(_ file: String, _ message: String, _ faults: FaultList) {
        faults.add(SettingFault(mark: Setting.Mark(file: file, line: 1, column: 1), path: "", message: message))
    }
}
