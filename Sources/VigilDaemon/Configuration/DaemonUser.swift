import Glibc

/// The user that the installed daemon runs as (`systemd/vigil.service`).
struct DaemonUser: Hashable {
    var name: String
    var userID: UInt32
    var groupIDs: Set<UInt32>

    init(name: String, userID: UInt32, groupIDs: Set<UInt32>) {
        self.name = name
        self.userID = userID
        self.groupIDs = groupIDs
    }

    /// nil where this machine knows no such user.
    init?(name: String) {
        guard let entry = getpwnam(name)?.pointee else { return nil }
        var groups = [gid_t](repeating: 0, count: 64)
        var count = Int32(groups.count)
        // More groups than a daemon has: those that fit are told.
        _ = getgrouplist(name, entry.pw_gid, &groups, &count)
        self.init(name: name, userID: entry.pw_uid, groupIDs: Set(groups.prefix(Int(min(count, 64))) + [entry.pw_gid]))
    }
}
