import VigilCore

/// A connection that stands.
struct H4Connection {
    /// Messages that wait to be sent; one that takes none is gone.
    static let mostWaiting = 64

    let handle: UInt16
    let peer: BluetoothPeer
    var assembly = L2CAPAssembly()
    /// Packets for the controller, when it has room.
    var waiting: [[UInt8]] = []
    /// Packets that the controller has and has not sent.
    var onTheWay = 0
    /// We asked for its end, and it counts as ended by then whatever the controller says.
    var endsBy: BootTime?

    init(handle: UInt16, peer: BluetoothPeer) {
        self.handle = handle
        self.peer = peer
    }

    /// Cuts a message into packets of the size that the controller takes.
    ///
    /// - Returns: false where too much waits already.
    mutating func add(_ payload: [UInt8], on channel: UInt16, packetLength: Int) -> Bool {
        guard waiting.count < Self.mostWaiting, packetLength > 0 else { return false }
        var rest = (HCICommand.word(UInt16(clamping: payload.count)) + HCICommand.word(channel) + payload)[...]
        var flags: UInt16 = 0
        while !rest.isEmpty {
            let piece = rest.prefix(packetLength)
            rest = rest.dropFirst(piece.count)
            waiting.append(Self.packet(handle | flags, piece))
            // Source: Bluetooth Core Specification 5.4, volume 4, part E, section 5.4.2: 0 begins a message, 1 goes on.
            flags = 1 << 12
        }
        return true
    }

    private static func packet(_ header: UInt16, _ piece: ArraySlice<UInt8>) -> [UInt8] {
        let indicator: UInt8 = 0x02
        return [indicator] + HCICommand.word(header) + HCICommand.word(UInt16(clamping: piece.count)) + piece
    }
}
