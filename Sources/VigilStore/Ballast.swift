internal import Foundation

/// Blocks on the disk that can be given up: on a full disk SQLite cannot even delete, but it can once these are gone.
struct Ballast: Sendable {
    let path: String
    let bytes: Int

    /// Whether the ballast is on board, whole.
    var isPresent: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_size == bytes
    }

    /// None is on board, and one is wanted.
    var isMissing: Bool { bytes > 0 && !isPresent }

    /// What is left on the disk for everybody.
    func freeBytes() throws(StoreError) -> UInt64 {
        var disk = statvfs()
        let directory = (path as NSString).deletingLastPathComponent
        guard statvfs(directory, &disk) == 0 else { throw StoreError(errno: errno, action: "look at the free space", path: directory) }
        let (free, overflow) = UInt64(disk.f_bavail).multipliedReportingOverflow(by: UInt64(disk.f_frsize))
        return overflow ? .max : free
    }

    /// Writes the file, unless it is there or none is wanted.
    ///
    /// - Throws: `full` where the disk has less than twice its size left: the ballast must not be what fills it.
    func restore() throws(StoreError) {
        guard isMissing else { return }
        let free = try freeBytes()
        guard free / 2 >= UInt64(bytes) else {
            throw StoreError(.full, action: "set the ballast aside", path: path, cause: "only \(free >> 20) MiB are free")
        }
        do throws(StoreError) {
            try write(to: path + ".new")
        } catch {
            unlink(path + ".new")
            throw error
        }
        guard rename(path + ".new", path) == 0 else { throw StoreError(errno: errno, action: "set the ballast aside", path: path) }
    }

    /// Gives the blocks back; no error where there are none.
    func release() throws(StoreError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw StoreError(errno: errno, action: "release the ballast", path: path) }
    }

    /// Synced so often that a commit, which waits for what the disk has to do before it, never waits for long.
    private static let bytesPerSync = 1 << 20

    /// Writes real blocks: a hole, zeros or a reservation would give nothing back on a file system that compresses or copies on write.
    private func write(to path: String) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError(errno: errno, action: "set the ballast aside", path: path) }
        defer { close(descriptor) }
        var noise = NoiseBlock()
        var left = bytes
        var unsynced = 0
        while left > 0 {
            noise.advance()
            let written = noise.words.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, min(left, $0.count)) }
            guard written > 0 else { throw StoreError(errno: errno, action: "set the ballast aside", path: path) }
            left -= written
            unsynced += written
            guard unsynced >= Self.bytesPerSync || left == 0 else { continue }
            guard fsync(descriptor) == 0 else { throw StoreError(errno: errno, action: "set the ballast aside", path: path) }
            unsynced = 0
        }
    }

    /// 64 KiB that do not compress (xorshift64).
    private struct NoiseBlock {
        var words = [UInt64](repeating: 0, count: 8192)
        private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

        mutating func advance() {
            for index in words.indices {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                words[index] = state
            }
        }
    }
}
