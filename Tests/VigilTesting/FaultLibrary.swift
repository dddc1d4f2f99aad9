internal import Foundation

/// The preloaded library that stands between a program and its disk (`Tests/StoreFaults/faults.c`); compiled once for each test run.
public enum FaultLibrary {
    public struct NotBuilt: Error { let output: String }

    public static let path = Result { try build() }

    private static func build() throws -> String {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("StoreFaults/faults.c").path
        // Beside the tests, where everything is that a build makes.
        let library = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("store-faults.so").path
        let compiler = Process()
        let output = Pipe()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = ["cc", "-shared", "-fPIC", "-O1", "-o", library, source]
        compiler.standardError = output
        try compiler.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else { throw NotBuilt(output: String(decoding: said, as: UTF8.self)) }
        return library
    }
}
