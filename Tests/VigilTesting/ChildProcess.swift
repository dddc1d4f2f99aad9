public import Foundation
import Glibc

/// A program as a child process by `posix_spawn`: no signal blocked or ignored, no descriptor of ours in it, killed with this object.
///
/// The one way in which tests start programs. Foundation's `Process` crashes when several threads start children at once, learns of a
/// child's end through a socket that the others inherit, and hands down the signal mask of libdispatch's threads, which block nearly all.
public final class ChildProcess: Sendable {
    /// Why it did not start.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) { self.description = description }
    }

    /// How it ended.
    public enum End: Equatable, Sendable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// What it reads as its standard input.
    public enum Input: Sendable {
        case nothing
        case bytes(Data)
        /// What is written to `input`.
        case pipe
    }

    /// Where its standard output or error goes.
    public enum Output: Sendable {
        case nothing
        /// To ours.
        case inherited
        /// Into a file without a name, however much it is, for `result`.
        case kept
        /// To the end of this file.
        case file(String)
        /// To whoever reads `output`; for errors there is no such reader.
        case pipe
    }

    /// How it ended, and what it said where that was kept.
    public struct Result: Sendable {
        public var end: End
        public var output: String
        public var errors: String
    }

    private let life: ChildLife
    /// Our end of its standard input, where that is a pipe; closed, it is the end of what it reads.
    public let input: FileHandle?
    /// Our end of its standard output, where that is a pipe; where it is kept, the file, for `result` alone.
    public let output: FileHandle?
    private let errors: FileHandle?

    /// Starts it.
    ///
    /// - Parameters:
    ///   - program: a path, or a name to be found on PATH or where Debian keeps daemons.
    ///   - environment: all of it; nil stands for our own.
    ///   - directory: its working directory; nil stands for ours.
    public init(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil, directory: String? = nil,
        input: Input = .nothing, output: Output = .nothing, errors: Output = .nothing
    ) throws {
        guard let path = Self.find(program) else { throw Failure(description: "\(program) is not installed") }
        var plan = SpawnPlan()
        self.input = try plan.connect(input)
        self.output = try plan.connect(output, as: 1)
        self.errors = try plan.connect(errors, as: 2)
        life = ChildLife(of: try plan.spawn(path, arguments, environment, directory))
    }

    deinit { kill() }

    /// Runs a program to its end and blocks until then.
    public static func run(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil, directory: String? = nil,
        input: Data = Data()
    ) throws -> Result {
        try ChildProcess(
            program, arguments, environment: environment, directory: directory, input: .bytes(input), output: .kept, errors: .kept
        ).result()
    }

    /// The path of a program that was built beside the tests.
    public static func built(_ name: String) -> String {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: name).path
    }

    /// The path of a program, if it is installed.
    public static func find(_ program: String) -> String? {
        if program.contains("/") { return access(program, X_OK) == 0 ? program : nil }
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return (directories + ["/usr/sbin", "/usr/local/sbin"]).map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }

    public var processIdentifier: Int32 { life.identifier }
    public var isRunning: Bool { life.end == nil }

    /// Sends it a signal, unless it has ended.
    public func signal(_ number: Int32) { life.signal(number) }

    /// SIGKILL. Answers how it had ended, if it was not by this.
    @discardableResult
    public func kill() -> End {
        signal(SIGKILL)
        return wait()
    }

    /// Blocks until its end.
    @discardableResult
    public func wait() -> End { life.wait() }

    /// Blocks until its end, that long at most; nil when it still runs.
    public func wait(milliseconds: Int) -> End? { life.wait(milliseconds: milliseconds) }

    /// Blocks until its end and reads what was kept. Not where its output is a pipe.
    public func result() throws -> Result {
        let end = wait()
        return Result(end: end, output: try output?.textFromTheStart() ?? "", errors: try errors?.textFromTheStart() ?? "")
    }
}
