import Foundation
import VigilTesting

/// The preloaded library that stands between a victim and its disk; compiled once for each test run.
enum FaultLibrary {
    struct NotBuilt: Error { let output: String }

    static let path = Result { try build() }

    private static func build() throws -> String {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("StoreFaults/faults.c").path
        // Beside the tests, where everything is that a build makes.
        let library = ChildProcess.built("store-faults.so")
        let result = try ChildProcess.run("cc", ["-shared", "-fPIC", "-O1", "-o", library, source])
        guard result.end == .exited(0) else { throw NotBuilt(output: result.errors) }
        return library
    }
}
