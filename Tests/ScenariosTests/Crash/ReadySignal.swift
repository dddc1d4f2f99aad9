import Foundation
import Glibc
import VigilTesting

/// The socket on which a daemon says that it is ready, as systemd would hear it (sd_notify(3)).
final class ReadySignal {
    private let descriptor: Int32
    let path: String

    init(path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isBound else { throw ChildProcess.Failure(description: "cannot listen on \(path): \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// Forgets what lives before have said.
    func reset() {
        while next(milliseconds: 0) != nil {}
    }

    /// Blocks until somebody is ready; false when nobody was in that time.
    func wait(milliseconds: Int) -> Bool {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        while ContinuousClock.now < end {
            if next(milliseconds: 100)?.hasPrefix("READY=1") == true { return true }
        }
        return false
    }

    private func next(milliseconds: Int32) -> String? {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, milliseconds) > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }
}
