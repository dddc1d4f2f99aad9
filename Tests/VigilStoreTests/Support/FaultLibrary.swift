import Foundation

/// The preloaded library that stands between a victim and its disk; compiled once for each test run.
enum FaultLibrary {
    struct NotBuilt: Error { let output: String }

    static let path = Result { try build() }

    private static func build() throws -> String {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("StoreFaults/faults.c").path
        // Beside the tests, where everything is that a build makes.
        let library = VictimProcess.products.appendingPathComponent("store-faults.so").path
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
