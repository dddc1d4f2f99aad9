import FoundationEssentials
import VigilCore

/// The main file and what stands in `conf.d` beside it, as one tree.
struct ConfigurationFiles {
    /// In the order in which they are read.
    private(set) var paths: [String] = []
    /// nil where the main file cannot be read.
    private(set) var tree: Setting?

    init(main: String, faults: FaultList) {
        tree = read(main, faults)
        for path in Self.fragments(beside: main, faults) {
            guard let fragment = read(path, faults), let whole = tree else { continue }
            tree = Self.merge(whole, fragment, path: "", faults)
        }
    }

    /// The directory that relative paths in the configuration start from.
    static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    private mutating func read(_ path: String, _ faults: FaultList) -> Setting? {
        paths.append(path)
        do {
            return YAMLSettings.parse(Array(try Data(contentsOf: URL(filePath: path))), file: path, faults: faults)
        } catch {
            let message = "cannot be read: \(error.systemWords); name a file that this user may read"
            faults.add(SettingFault(mark: Setting.Mark(file: path, line: 1, column: 1), path: "", message: message))
            return nil
        }
    }

    private static func fragments(beside main: String, _ faults: FaultList) -> [String] {
        let directory = "\(Self.directory(of: main))/conf.d"
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory else { return [] }
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { !$0.hasPrefix(".") }
            for name in names.sorted() where name.hasSuffix(".yml") || name.hasSuffix(".YAML") {
                let mark = Setting.Mark(file: "\(directory)/\(name)", line: 1, column: 1)
                faults.add(SettingFault(.warning, mark: mark, path: "", message: "is not read; give it a name that ends with .yaml"))
            }
            return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(directory)/\($0)" }
        } catch {
            let message = "the folder cannot be listed: \(error.systemWords); let this user read it"
            faults.add(SettingFault(mark: Setting.Mark(file: directory, line: 1, column: 1), path: "", message: message))
            return []
        }
    }

    /// Maps are joined, lists appended; a value that both set is a fault.
    static func merge(_ a: Setting, _ b: Setting, path: String, _ faults: FaultList) -> Setting {
        switch (a.value, b.value) {
        case (.null, _): return b
        case (_, .null): return a
        case (.list(let first), .list(let second)): return Setting(.list(first + second), mark: a.mark)
        case (.map(let first), .map(let second)):
            var entries = first
            for entry in second {
                guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
                    entries.append(entry)
                    continue
                }
                let joined = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                entries[index].value = merge(entries[index].value, entry.value, path: joined, faults)
            }
            return Setting(.map(entries), mark: a.mark)
        default:
            let first = a.mark.map { "\($0.file):\($0.line)" } ?? "another file"
            faults.add(SettingFault(mark: b.mark, path: path, message: "is set already in \(first); keep one of the two"))
            return a
        }
    }
}
