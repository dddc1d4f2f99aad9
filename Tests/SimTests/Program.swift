import Foundation
import Testing

/// A program that a test runs, ended by its id when the test lets go of it.
final class Program {
    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    /// Starts a program of the system by its path.
    init(path: String, _ arguments: [String]) throws {
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    /// Starts the simulator that was built with these tests.
    convenience init(simulator arguments: [String]) throws {
        // The test bundle lies beside the programs; how it is run differs between versions of the tool.
        let bundle = try #require(CommandLine.arguments.first { $0.contains(".xctest") })
        let folder = bundle.components(separatedBy: ".xctest")[0].split(separator: "/").dropLast().joined(separator: "/")
        try self.init(path: "/\(folder)/vigil-sim", arguments)
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var identifier: Int32 { process.processIdentifier }

    /// Everything that it says until it ends, and how it ended.
    func result() throws -> (output: String, errors: String, status: Int32) {
        // Both fit into a pipe's buffer here, or the first one is the long one.
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        let complained = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (String(decoding: said, as: UTF8.self), String(decoding: complained, as: UTF8.self), process.terminationStatus)
    }
}
