import Foundation
import VigilTesting

/// The built program, run as a child process next to the test bundle.
enum Program {
    struct Output: Sendable {
        var status: Int32
        var out: String
        var err: String

        var lines: [String] { out.split(separator: "\n").map(String.init) }
    }

    static let path = ChildProcess.built("vigil")

    /// Nothing of the machine that the tests run on.
    static func environment(_ added: [String: String] = [:]) -> [String: String] {
        ["PATH": "/usr/bin:/bin", "TZ": "UTC", "LANG": "C.UTF-8"].merging(added) { $1 }
    }

    /// Runs it to its end; the tasks that serve it go on meanwhile.
    static func run(_ arguments: [String], input: Data = Data(), environment: [String: String] = [:]) async throws -> Output {
        let result = try await onOwnThread {
            try ChildProcess.run(path, arguments, environment: Self.environment(environment), input: input)
        }
        guard case .exited(let status) = result.end else { throw ChildProcess.Failure(description: "vigil ended by \(result.end)") }
        return Output(status: status, out: result.output, err: result.errors)
    }
}
