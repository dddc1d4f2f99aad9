internal import Glibc

/// A child process by `posix_spawn`, ended and awaited by its id.
///
/// Foundation's `Process` learns of a child's end through a socket that children started at the same moment inherit: with tests that
/// run in parallel it then waits for the longest-lived of them.
public final class ReceiverProcess: Sendable {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let pid: pid_t
    /// Our end of the socket that is the child's standard input and output; -1 where it has none.
    let standardIO: Int32

    /// Starts a program found on PATH. Unless it is connected, its standard streams are /dev/null.
    init(_ arguments: [String], isConnected: Bool) throws {
        var pair: [Int32] = [-1, -1]
        // Close-on-exec from the first moment: a child that another thread starts now must not hold on to it.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        if isConnected, socketpair(AF_UNIX, kind, 0, &pair) != 0 {
            throw Failure(description: "cannot make a socket: \(String(cString: strerror(errno)))")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in isConnected ? [0, 1] : [0, 1, 2] {
            if isConnected {
                posix_spawn_file_actions_adddup2(&actions, pair[1], descriptor)
            } else {
                posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
            }
        }
        var words = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var pid: pid_t = 0
        let number = posix_spawnp(&pid, arguments[0], &actions, nil, &words, environ)
        if isConnected { close(pair[1]) }
        guard number == 0 else { throw Failure(description: "cannot start \(arguments[0]): \(String(cString: strerror(number)))") }
        self.pid = pid
        standardIO = pair[0]
    }

    /// Runs a program to its end; answers its exit status.
    public static func run(_ arguments: [String]) throws -> Int32 { try ReceiverProcess(arguments, isConnected: false).wait() }

    /// Kills it and waits for its end. Whoever reads `standardIO` then reads its end, and closes it.
    func end() {
        kill(pid, SIGKILL)
        _ = wait()
    }

    private func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        // WIFEXITED and WEXITSTATUS are macros, which Swift does not see.
        return status & 0x7f == 0 ? status >> 8 & 0xff : -1
    }
}
