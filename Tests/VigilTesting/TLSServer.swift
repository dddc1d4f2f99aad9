public import Foundation
import Glibc

/// openssl's own server on a loopback port, for protocol versions that no broker offers any more.
public final class TLSServer {
    public let port: Int
    public let directory: URL
    private let process: ChildProcess

    /// - Parameters:
    ///   - arguments: of `openssl s_server`.
    ///   - prepare: puts `broker.pem` and `broker.key` into the directory.
    public init(arguments: String, prepare: (URL) throws -> Void) throws {
        port = try freePort()
        directory = FileManager.default.temporaryDirectory.appending(path: "vigil-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try prepare(directory)
        process = try ChildProcess(
            "openssl",
            ["s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-cert", "broker.pem", "-key", "broker.key"]
                + arguments.split(separator: " ").map(String.init), directory: directory.path)
        while !accepts(port: port), process.isRunning { usleep(2000) }
    }

    deinit {
        process.kill()
        // What is left of a temporary directory harms nobody.
        try? FileManager.default.removeItem(at: directory)
    }
}
