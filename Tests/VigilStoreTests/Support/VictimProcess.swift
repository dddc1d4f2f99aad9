import Foundation
import VigilTesting

/// A process that uses the store and may be killed, starved or lied to.
final class VictimProcess {
    private let process: ChildProcess
    private var unread = Data()
    private(set) var lines: [String] = []

    /// - Parameter faults: Environment of the fault library, which is preloaded when there is any.
    /// - Parameter tmpfsBytes: Puts a file system of this size over the directory, seen by the victim alone.
    init(
        _ directory: String, ballast: Int = 0, verifies: Bool = false, environment: [String: String] = [:],
        faults: [String: String] = [:],
        tmpfsBytes: Int? = nil
    ) throws {
        var arguments = [ChildProcess.built("store-victim"), directory, String(ballast)]
        if verifies { arguments.append("verify") }
        if let tmpfsBytes {
            let script = "mount -t tmpfs -o size=\(tmpfsBytes) vigil \"$1\" && exec \"$0\" \"$@\""
            arguments = ["unshare", "-rm", "sh", "-c", script] + arguments
        }
        var environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if !faults.isEmpty {
            environment["LD_PRELOAD"] = try FaultLibrary.path.get()
            environment.merge(faults) { $1 }
        }
        // A victim that is dead already must not take the tests with it.
        signal(SIGPIPE, SIG_IGN)
        process = try ChildProcess(
            arguments[0], Array(arguments.dropFirst()), environment: environment, input: .pipe, output: .pipe, errors: .inherited)
    }

    /// Says nothing to one that is dead, whose last answers tell enough.
    func say(_ command: String) { try? process.input?.write(contentsOf: Data((command + "\n").utf8)) }

    /// The next whole line of its answers; nil at the end.
    func line() -> String? {
        while true {
            if let end = unread.firstIndex(of: 0x0A) {
                let line = String(decoding: unread[unread.startIndex..<end], as: UTF8.self)
                unread = Data(unread[unread.index(after: end)...])
                lines.append(line)
                return line
            }
            guard let more = process.output?.availableData, !more.isEmpty else { return nil }
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

    /// Kills it where it is, and reads what it still had said; answers how it ended, if it was not by this.
    @discardableResult
    func kill9() -> ChildProcess.End {
        process.signal(SIGKILL)
        return drain()
    }

    /// Reads what it says until its end; answers how it ended.
    @discardableResult
    func drain() -> ChildProcess.End {
        while line() != nil {}
        return process.wait()
    }

    /// The last sequence that it acknowledged or came up with.
    var acknowledged: Int64 {
        lines.compactMap { line in
            ["ack ", "open "].first { line.hasPrefix($0) }.flatMap { Int64(line.dropFirst($0.count)) }
        }.last ?? 0
    }
}
