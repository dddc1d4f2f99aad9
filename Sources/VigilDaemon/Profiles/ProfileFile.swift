import FoundationEssentials
public import VigilCore
public import VigilDevices

/// Profiles as people write them: one YAML file each, alone or several in a folder.
public enum ProfileFile {
    /// Larger ones are no profile.
    private static let sizeLimit = 1 << 20

    /// What reading files gave.
    public struct Loaded {
        public internal(set) var profiles: [Profile] = []
        /// Everything that was looked at.
        public internal(set) var files: [String] = []
        /// What those describe that have a fault, as far as that can be told.
        public internal(set) var faulty: [Dialect] = []
    }

    /// Reads a file, or every `*.yaml` of a folder in the order of their names, and names every fault of all of them.
    public static func load(path: String, faults: FaultList) -> Loaded {
        var loaded = Loaded()
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory else {
            read(path: path, into: &loaded, faults: faults)
            return loaded
        }
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
            for name in names where name.hasSuffix(".yml") || name.hasSuffix(".YAML") {
                let mark = Setting.Mark(file: "\(path)/\(name)", line: 1, column: 1)
                faults.add(SettingFault(.warning, mark: mark, path: "", message: "is not read; give it a name that ends with .yaml"))
            }
            for name in names where name.hasSuffix(".yaml") { read(path: "\(path)/\(name)", into: &loaded, faults: faults) }
        } catch {
            fault(path, "the folder cannot be listed: \(error.systemWords); let this user read it", faults)
        }
        return loaded
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

    private static func read(path: String, into loaded: inout Loaded, faults: FaultList) {
        loaded.files.append(path)
        do {
            let bytes = Array(try Data(contentsOf: URL(filePath: path)))
            if let profile = read(bytes, file: path, faults: faults) {
                loaded.profiles.append(profile)
            } else {
                loaded.faulty += names(in: bytes, file: path)
            }
        } catch {
            fault(path, "cannot be read: \(error.systemWords); name a file that this user may read", faults)
        }
    }

    /// What a faulty file describes: what it says so itself, also where it is no YAML, otherwise what it is called.
    private static func names(in bytes: [UInt8], file: String) -> [Dialect] {
        let tree = bytes.count <= sizeLimit ? YAMLSettings.parse(bytes, file: file, faults: FaultList()) : nil
        let stated = tree.map { ProfileReader.names(in: $0) } ?? []
        guard stated.isEmpty else { return stated }
        let line = bytes.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: "dialect:".utf8) }
        let word = line.flatMap { String(decoding: $0, as: UTF8.self).split(separator: " ").dropFirst().first }
        return [Dialect(String(word ?? file.split(separator: "/").last?.split(separator: ".").first ?? ""))]
    }

    private static func fault(_ file: String, _ message: String, _ faults: FaultList) {
        faults.add(SettingFault(mark: Setting.Mark(file: file, line: 1, column: 1), path: "", message: message))
    }
}
