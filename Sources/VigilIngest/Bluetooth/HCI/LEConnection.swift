import VigilCore

/// What a controller tells of a connection that it opened, or failed to open.
// Source: Bluetooth Core Specification 5.4, volume 4, part E, sections 7.7.65.1 and 7.7.65.10.
struct LEConnection: Hashable {
    /// A connection handle has 12 bits; what else stands in its word is for flags.
    static let handleMask: UInt16 = 0x0FFF

    let status: HCIStatus
    let handle: UInt16
    /// We opened it, not the peer.
    let isCentral: Bool
    let peer: BluetoothPeer

    init(status: HCIStatus, handle: UInt16, isCentral: Bool, peer: BluetoothPeer) {
        self.status = status
        self.handle = handle
        self.isCentral = isCentral
        self.peer = peer
    }

    /// - Parameter reader: stands behind the subevent's code.
    init?(_ reader: inout ByteReader) {
        guard let status = reader.byte(), let handle = reader.word(), let role = reader.byte(), let kind = reader.byte(),
            let address = reader.address()
        else { return nil }
        // 0x01 and 0x03: a random address, and one that the controller knows to stand for one.
        self.init(
            status: HCIStatus(rawValue: status), handle: handle & Self.handleMask, isCentral: role == 0,
            peer: BluetoothPeer(address: address, isRandomAddress: kind & 1 == 1))
    }
}
