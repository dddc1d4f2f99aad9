internal import Dispatch
internal import Foundation
internal import Glibc

/// A program of ours as a child process, by `posix_spawn`, to be killed at will; `ReceiverProcess` says why not Foundation's.
///
/// For one test at a time. What it writes goes to a file. It is killed with this object.
public final class ChildProcess {
    /// How it ended.
    public enum End: Equatable, Sendable {
        case exited(Int32)
        case signalled(Int32)
    }

    private let pid: pid_t
    /// Our end of a socket pair whose other end only the child holds: it ends when the child does.
    private let life: Int32
    private var end: End?

    /// Starts a program that is built into the directory of the test bundle that runs.
    ///
    /// - Parameters:
    ///   - environment: added to our own.
    ///   - output: the file that its standard output and error are appended to.
    public init(_ name: String, _ arguments: [String], environment: [String: String] = [:], output: String) throws {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: bundle).deletingLastPathComponent().appending(path: name).path
        var pair: [Int32] = [-1, -1]
        // Close-on-exec from the first moment: a child that another thread starts now must not hold on to it.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
            throw ReceiverProcess.Failure(description: "cannot make a socket: \(String(cString: strerror(errno)))")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        posix_spawn_file_actions_adddup2(&actions, pair[1], 3)
        let settings = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var variables = settings.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var pid: pid_t = 0
        let number = posix_spawn(&pid, path, &actions, nil, &words, &variables)
        close(pair[1])
        guard number == 0 else {
            close(pair[0])
            throw ReceiverProcess.Failure(description: "cannot start \(path): \(String(cString: strerror(number)))")
        }
        self.pid = pid
        life = pair[0]
    }

    deinit {
        kill()
        close(life)
    }

    public var processIdentifier: Int32 { pid }

    /// SIGKILL. Answers how it had ended, if it was not by this.
    @discardableResult
    public func kill() -> End { end(with: SIGKILL) }

    /// A signal that it may answer, unless it has ended.
    public func signal(_ number: Int32) {
        if end == nil { Glibc.kill(pid, number) }
    }

    private func end(with number: Int32) -> End {
        signal(number)
        return collect()
    }

    /// Waits for its end, that long at most; nil when it still runs.
    public func wait(milliseconds: Int) -> End? {
        if let end { return end }
        let deadline = DispatchTime.now() + .milliseconds(milliseconds)
        var polled = pollfd(fd: life, events: Int16(POLLIN), revents: 0)
        while true {
            let left = (Int64(deadline.uptimeNanoseconds) - Int64(DispatchTime.now().uptimeNanoseconds)) / 1_000_000
            if poll(&polled, 1, Int32(clamping: max(0, left))) > 0 { return collect() }
            if left <= 0 { return nil }
        }
    }

    private func collect() -> End {
        if let end { return end }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        // WIFEXITED and its kin are macros, which Swift does not see.
        let collected = status & 0x7f == 0 ? End.exited(status >> 8 & 0xff) : .signalled(status & 0x7f)
        end = collected
        return collected
    }
}
