internal import CPlatform
internal import Glibc

/// The process at the other end of the control socket, as the kernel knows it.
public struct Peer: Hashable, Sendable {
    public var processID: Int32
    public var userID: UInt32
    /// Its effective group first, then the supplementary ones.
    public var groupIDs: [UInt32]

    public init(processID: Int32, userID: UInt32, groupIDs: [UInt32]) {
        self.processID = processID
        self.userID = userID
        self.groupIDs = groupIDs
    }

    /// The credentials at the moment of `connect` (SO_PEERCRED, unix(7)); nil for a descriptor that is no unix stream socket.
    init?(descriptor: Int32) {
        var pid = pid_t()
        var uid = uid_t()
        var gid = gid_t()
        guard cplatform_peer_credentials(descriptor, &pid, &uid, &gid) == 0 else { return nil }
        self.init(processID: pid, userID: uid, groupIDs: [gid] + Self.supplementaryGroups(descriptor))
    }

    /// SO_PEERGROUPS, Linux 4.13; none where the kernel does not tell.
    private static func supplementaryGroups(_ descriptor: Int32) -> [UInt32] {
        // NGROUPS_MAX of limits.h; most processes have a handful.
        for capacity in [64, 65_536] {
            var groups = [gid_t](repeating: 0, count: capacity)
            var size = socklen_t(capacity * MemoryLayout<gid_t>.stride)
            if getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, &groups, &size) == 0 {
                return Array(groups.prefix(Int(size) / MemoryLayout<gid_t>.stride))
            }
        }
        return []
    }

    /// The login that the user id belongs to; `uid 1000` where none does.
    public var login: String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(userID, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name else {
            return "uid \(userID)"
        }
        return String(cString: name)
    }
}
