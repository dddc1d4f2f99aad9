import Foundation
import VigilTesting

/// A process that uses the store and may be killed, starved or lied to.
final class VictimProcess {
    /// Where the build puts its programs.
    static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var unread = Data()
    private(set) var lines: [String] = []

    /// - Parameter faults: Environment of the fault library, which is preloaded when there is any.
    /// - Parameter tmpfsBytes: Puts a file system of this size over the directory, seen by the victim alone.
    init(
        _ directory: String, ballast: Int = 0, verifies: Bool = false, environment: [String: String] = [:],
        faults: [String: String] = [:],
        tmpfsBytes: Int? = nil
    ) throws {
        let binary = Self.products.appendingPathComponent("store-victim").path
        var arguments = [binary, directory, String(ballast)]
        if verifies { arguments.append("verify") }
        if let tmpfsBytes {
            let script = "mount -t tmpfs -o size=\(tmpfsBytes) vigil \"$1\" && exec \"$0\" \"$@\""
            arguments = ["/usr/bin/env", "unshare", "-rm", "sh", "-c", script] + arguments
        }
        process.executableURL = URL(fileURLWithPath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if !faults.isEmpty {
            process.environment?["LD_PRELOAD"] = try FaultLibrary.path.get()
            process.environment?.merge(faults) { $1 }
        }
        // A victim that is dead already must not take the tests with it.
        signal(SIGPIPE, SIG_IGN)
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    func say(_ command: String) { try? input.fileHandleForWriting.write(contentsOf: Data((command + "\n").utf8)) }

    /// The next whole line of its answers; nil at the end.
    func line() -> String? {
        while true {
            if let end = unread.firstIndex(of: 0x0A) {
                let line = String(decoding: unread[unread.startIndex..<end], as: UTF8.self)
                unread = Data(unread[unread.index(after: end)...])
                lines.append(line)
                return line
            }
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { return nil }
            unread.append(more)
        }
    }

    /// Gives a command, and reads its answers up to `done` or the end.
    @discardableResult
    func ask(_ command: String) -> [String] {
        say(command)
        var answers: [String] = []
        while let line = line() {
            answers.append(line)
            if line == "done" || line.hasPrefix("failed ") && !command.hasPrefix("commit") && !command.hasPrefix("fill") { break }
        }
        return answers
    }

    /// Kills it where it is, and reads what it still had said.
    func kill9() {
        kill(process.processIdentifier, SIGKILL)
        drain()
    }

    func drain() {
        while line() != nil {}
        process.waitUntilExit()
    }

    /// The last sequence that it acknowledged or came up with.
    var acknowledged: Int64 {
        lines.compactMap { line in
            ["ack ", "open "].first { line.hasPrefix($0) }.flatMap { Int64(line.dropFirst($0.count)) }
        }.last ?? 0
    }
}
