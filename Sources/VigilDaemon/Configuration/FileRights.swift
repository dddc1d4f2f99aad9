import CPlatform
import Foundation

/// Who may do what with a file or a folder, as owner and mode say.
struct FileRights: Hashable {
    enum Use: Int {
        /// Of a folder: to reach what is in it.
        case enter = 1
        case read = 4
    }

    var owner: UInt32
    var group: UInt32
    /// The lower nine bits of the mode.
    var permissions: Int
    /// An access list says otherwise than the mode.
    var hasAccessList: Bool
    var isRegular: Bool

    init(owner: UInt32, group: UInt32, permissions: Int, hasAccessList: Bool = false, isRegular: Bool = true) {
        self.owner = owner
        self.group = group
        self.permissions = permissions
        self.hasAccessList = hasAccessList
        self.isRegular = isRegular
    }

    /// nil for what is not there, or cannot be looked at.
    init?(path: String) {
        // Whoever cannot look at it is told by reading it.
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let owner = attributes[.ownerAccountID] as? UInt, let group = attributes[.groupOwnerAccountID] as? UInt,
            let permissions = attributes[.posixPermissions] as? UInt
        else { return nil }
        self.init(
            owner: UInt32(truncatingIfNeeded: owner), group: UInt32(truncatingIfNeeded: group), permissions: Int(permissions & 0o777),
            hasAccessList: cplatform_has_access_list(path) == 1,
            isRegular: attributes[.type] as? FileAttributeType == .typeRegular)
    }

    var isReadByEverybody: Bool { allows(.read, shift: 0) }

    /// By the one class that applies (path_resolution(7)); what an access list grants is given the benefit of the doubt.
    func allow(_ use: Use, to user: DaemonUser) -> Bool {
        if hasAccessList || user.userID == 0 { return true }
        if user.userID == owner { return allows(use, shift: 6) }
        return allows(use, shift: user.groupIDs.contains(group) ? 3 : 0)
    }

    private func allows(_ use: Use, shift: Int) -> Bool { permissions >> shift & use.rawValue != 0 }
}
