import Foundation
import Synchronization

/// A process that this one started, and ends.
final class Child {
    private struct Family {
        var living: Set<Int32> = []
        var isOver = false
    }

    /// Of the process, as the signal is that ends them all: who is interrupted cannot ask each part of a measurement for its children.
    private static let family = Mutex(Family())

    private let process = Process()
    private let output = Pipe()
    private let name: String

    /// - Parameter log: takes what it says on standard error.
    init(_ executable: String, _ arguments: [String], log: String) throws {
        name = URL(filePath: executable).lastPathComponent
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.standardOutput = output
        guard FileManager.default.createFile(atPath: log, contents: nil), let file = FileHandle(forWritingAtPath: log) else {
            throw BenchFailure("cannot write \(log)")
        }
        process.standardError = file
        // Under the lock: none is started behind the back of who ends them all.
        try Self.family.withLock { family in
            if family.isOver { throw BenchFailure("interrupted") }
            try process.run()
            family.living.insert(process.processIdentifier)
        }
    }

    deinit { end(SIGKILL) }

    /// Ends every child that runs, at once, and lets no other begin; returns when they are gone.
    static func endAll() {
        family.withLock { family in
            family.isOver = true
            for identifier in family.living { kill(identifier, SIGKILL) }
            for identifier in family.living {
                var information = siginfo_t()
                // Whoever waits for it collects it; nothing is to be written any more once this returns.
                while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
            }
        }
    }

    /// This program again, as something else.
    static func ofOwn(_ arguments: [String], log: String) throws -> Child { try Child(ownPath, arguments, log: log) }

    /// A program that was built beside this one: `vigil`, `vigil-sim`.
    static func neighbour(_ program: String, _ arguments: [String], log: String) throws -> Child {
        try Child(URL(filePath: ownPath).deletingLastPathComponent().appending(path: program).path, arguments, log: log)
    }

    /// The same on one core alone.
    static func pinned(to core: Int, _ program: String, _ arguments: [String], log: String) throws -> Child {
        let path = URL(filePath: ownPath).deletingLastPathComponent().appending(path: program).path
        return try Child("/usr/bin/taskset", ["-c", "\(core)", path] + arguments, log: log)
    }

    private static var ownPath: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// The next line that it prints; waits for it.
    func line() throws -> String {
        var bytes: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        throw BenchFailure("\(name) ended too early")
    }

    /// Everything it prints until its end; waits for that.
    func outputToTheEnd() throws -> String {
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        wait()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw BenchFailure("\(name) ended with \(process.terminationStatus): \(text)")
        }
        return text
    }

    /// Waits for an end of any kind.
    func wait() {
        process.waitUntilExit()
        _ = Self.family.withLock { $0.living.remove(process.processIdentifier) }
    }

    func end(_ signal: Int32 = SIGTERM) {
        if process.isRunning { kill(process.processIdentifier, signal) }
        wait()
    }
}
