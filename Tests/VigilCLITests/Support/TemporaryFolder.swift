import Foundation

/// A folder of its own for one test, gone with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "vigil-cli-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // A folder that stays in the temporary one harms nothing.
        try? FileManager.default.removeItem(atPath: path)
    }

    @discardableResult
    func file(_ name: String, _ content: Data = Data()) throws -> URL {
        let url = URL(filePath: path).appending(path: name)
        try content.write(to: url)
        return url
    }

    @discardableResult
    func file(_ name: String, text: String) throws -> String { try file(name, Data(text.utf8)).path }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path).appending(path: name)), as: UTF8.self)
    }
}
