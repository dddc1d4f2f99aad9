internal import Foundation

/// The file of the control socket: who may be in its place, and who may open it.
struct ControlSocket {
    let path: String

    /// Removes what a daemon that was killed left behind.
    ///
    /// - Throws: when somebody answers there, or when it is no socket.
    func clear() throws(ConsoleStartError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno != ENOENT else { return }
            throw ConsoleStartError("cannot listen on \(path): \(Self.words(errno)); create its directory, writable for the daemon")
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw ConsoleStartError("cannot listen on \(path): there is a file that is no socket; move it away")
        }
        guard !isAnswered() else {
            throw ConsoleStartError(
                "cannot listen on \(path): another daemon answers there; stop it, or give this one a socket of its own")
        }
        guard unlink(path) == 0 || errno == ENOENT else {
            throw ConsoleStartError("cannot replace \(path), left by a daemon that is gone: \(Self.words(errno)); remove it")
        }
    }

    /// Its user and its group, and nobody else.
    func restrict() throws(ConsoleStartError) {
        guard chmod(path, 0o660) == 0 else { throw ConsoleStartError("cannot restrict \(path): \(Self.words(errno))") }
    }

    func remove() { unlink(path) }

    private func isAnswered() -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8) + [0]
        guard bytes.count <= MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}
