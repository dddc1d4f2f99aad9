internal import Foundation

/// Who may command over the control socket.
public struct PeerPolicy: Sendable {
    public var allows: @Sendable (Peer) -> Bool

    public init(_ allows: @escaping @Sendable (Peer) -> Bool) { self.allows = allows }

    /// Root, the daemon's own user, and members of the group that the socket belongs to.
    ///
    /// The mode of the file says the same; this holds where the file was made accessible by mistake.
    public static func owners(ofSocket path: String) -> Self {
        Self { peer in
            if peer.userID == 0 || peer.userID == geteuid() { return true }
            // A socket whose owner cannot be read lets nobody else in.
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard let group = attributes?[.groupOwnerAccountID] as? NSNumber else { return false }
            return peer.groupIDs.contains(gid_t(group.uint32Value))
        }
    }
}
