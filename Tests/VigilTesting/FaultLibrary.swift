internal import Foundation

/// The preloaded library that stands between a program and its disk (`Tests/StoreFaults/faults.c`); compiled once for each test run.
public enum FaultLibrary {
    public struct NotBuilt: Error { let output: String }

    public static let path = Result { try build() }

    private static func build() throws -> String {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("StoreFaults/faults.c").path
        // Beside the tests, where everything is that a build makes.
        let library = ChildProcess.built("store-faults.so")
        let result = try ChildProcess.run("cc", ["-shared", "-fPIC", "-O1", "-o", library, source])
        guard result.end == .exited(0) else { throw NotBuilt(output: result.errors) }
        return library
    }
}
