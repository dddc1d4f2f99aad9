import Foundation
import Testing

/// A real mosquitto on a free loopback port with a directory of its own.
final class TestBroker {
    let port: Int
    private let folder: URL
    private let program: Program

    static let path = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    init() throws {
        port = try Self.freePort()
        folder = FileManager.default.temporaryDirectory.appending(path: "vigil-sim-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let configuration = folder.appending(path: "mosquitto.conf")
        try Data("listener \(port) 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n".utf8).write(to: configuration)
        program = try Program(path: try #require(Self.path), ["-c", configuration.path])
    }

    deinit {
        // What is left in the system's temporary directory is the system's to clean.
        try? FileManager.default.removeItem(at: folder)
    }

    var address: String { "127.0.0.1:\(port)" }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        try #require(result == 0)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
