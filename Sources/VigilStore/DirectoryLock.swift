internal import Foundation

/// The state directory, held by one instance: a lock on the inode, gone with the process however it ends.
final class DirectoryLock: Sendable {
    let path: String
    private let descriptor: Int32

    /// Creates the directory where it is missing, and locks it.
    init(path: String) throws(StoreError) {
        self.path = path
        let isNew = try Self.create(path)
        descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError(errno: errno, action: "open the state directory", path: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let cause = errno
            Glibc.close(descriptor)
            if cause == EWOULDBLOCK {
                throw StoreError(.inUse, action: "lock the state directory", path: path, cause: "another instance is using it")
            }
            throw StoreError(errno: cause, action: "lock the state directory", path: path)
        }
        if isNew { try Self.sync(directory: Self.parent(of: path)) }
    }

    deinit { Glibc.close(descriptor) }

    /// Lets another instance have the directory.
    func release() { flock(descriptor, LOCK_UN) }

    /// Makes new names in the directory survive a power cut.
    func sync() throws(StoreError) {
        guard fsync(descriptor) == 0 else {
            throw StoreError(.syncFailed, action: "sync the state directory", path: path, cause: String(cString: strerror(errno)))
        }
    }

    private static func create(_ path: String) throws(StoreError) -> Bool {
        // Health data lives here: nobody else reads it.
        if mkdir(path, 0o700) == 0 { return true }
        switch errno {
        case EEXIST:
            return false
        case ENOENT where path != parent(of: path):
            let isNewParent = try create(parent(of: path))
            if isNewParent { try sync(directory: parent(of: parent(of: path))) }
            return try create(path)
        default:
            throw StoreError(errno: errno, action: "create the state directory", path: path)
        }
    }

    private static func sync(directory: String) throws(StoreError) {
        let descriptor = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError(errno: errno, action: "open the directory", path: directory) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StoreError(.syncFailed, action: "sync the directory", path: directory, cause: String(cString: strerror(errno)))
        }
    }

    private static func parent(of path: String) -> String {
        let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard let slash = trimmed.lastIndex(of: "/") else { return "." }
        return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    }
}
