import Foundation
import Synchronization

/// A directory of this run's own; each part gets a fresh one below it.
final class Scratch: Sendable {
    private let root: URL
    private let count = Atomic(0)

    init(under parent: String) throws {
        root = URL(filePath: parent).appending(path: "vigil-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    /// A new directory, and its path.
    func directory(_ name: String) throws -> String {
        let number = count.add(1, ordering: .relaxed).newValue
        let url = root.appending(path: "\(number)-\(name)")
        // Not the root again, when an interruption has removed it.
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        return url.path
    }

    func remove() {
        // What is left of a temporary directory harms nobody.
        try? FileManager.default.removeItem(at: root)
    }
}
