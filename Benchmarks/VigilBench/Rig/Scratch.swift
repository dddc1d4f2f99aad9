import Foundation

/// A directory of this run's own; each part gets a fresh one below it.
final class Scratch {
    private let root: URL
    private var count = 0

    init(under parent: String) throws {
        root = URL(filePath: parent).appending(path: "vigil-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    /// A new directory, and its path.
    func directory(_ name: String) throws -> String {
        count += 1
        let url = root.appending(path: "\(count)-\(name)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url.path
    }

    func remove() {
        // What is left of a temporary directory harms nobody.
        try? FileManager.default.removeItem(at: root)
    }
}
