import Foundation

/// The built program, run as a child process next to the test bundle.
enum Program {
    struct Output: Sendable {
        var status: Int32
        var out: String
        var err: String

        var lines: [String] { out.split(separator: "\n").map(String.init) }
    }

    static var url: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "vigil")
    }

    static func process(_ arguments: [String], _ environment: [String: String] = [:]) -> Process {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "TZ": "UTC", "LANG": "C.UTF-8"].merging(environment) { $1 }
        return process
    }

    /// Runs it to its end. Output goes through files: nothing blocks, however much there is.
    static func run(_ arguments: [String], input: Data = Data(), environment: [String: String] = [:]) async throws -> Output {
        let folder = try TemporaryFolder()
        let process = process(arguments, environment)
        process.standardInput = try FileHandle(forReadingFrom: folder.file("in", input))
        process.standardOutput = try FileHandle(forWritingTo: folder.file("out"))
        process.standardError = try FileHandle(forWritingTo: folder.file("err"))
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Output(status: process.terminationStatus, out: try folder.text("out"), err: try folder.text("err"))
    }
}
