import VigilCore

extension HCICommand {
    // Units of 0.625 ms, 60 ms of 60 ms: a connection that opens is worth the pause in listening.
    private static let initiatingInterval: UInt16 = 0x60
    private static let oneMegabit: UInt8 = 1 << 0
    /// Remote User Terminated Connection: what a host says that wants no more.
    private static let goodbye: UInt8 = 0x13

    /// How often both sides meet.
    struct ConnectionPace: Hashable {
        // Units of 1.25 ms: 30 to 50 ms, what peripherals accept nearly always.
        static let usual = ConnectionPace(shortest: 24, longest: 40, latency: 0, timeout: 500)

        let shortest: UInt16
        let longest: UInt16
        /// Meetings that the device may skip.
        let latency: UInt16
        /// Units of 10 ms after which the link is lost.
        let timeout: UInt16

        // Source: volume 4, part E, section 7.8.18.
        var isAllowed: Bool {
            let range: ClosedRange<UInt16> = 6...3200
            guard range.contains(shortest), range.contains(longest), shortest <= longest, latency <= 499, (10...3200).contains(timeout)
            else { return false }
            // Two meetings at least fit into the timeout: 10 ms units against twice 1.25 ms.
            return Int(timeout) * 4 > (1 + Int(latency)) * Int(longest)
        }

        var bytes: [UInt8] { word(shortest) + word(longest) + word(latency) + word(timeout) }
    }

    static func createConnection(to peer: BluetoothPeer, isExtended: Bool, usesRandomAddress: Bool) -> HCICommand {
        let own: UInt8 = usesRandomAddress ? 1 : 0
        let whom = [peer.isRandomAddress ? 1 : 0] + peer.address.bytes.reversed()
        let scan = word(initiatingInterval) + word(initiatingInterval)
        let length = word(0) + word(0)
        return isExtended
            ? HCICommand(.createExtendedConnection, [0, own] + whom + [oneMegabit] + scan + ConnectionPace.usual.bytes + length)
            : HCICommand(.createConnection, scan + [0] + whom + [own] + ConnectionPace.usual.bytes + length)
    }

    static func disconnect(_ handle: UInt16) -> HCICommand { HCICommand(.disconnect, word(handle) + [goodbye]) }

    static func updateConnection(_ handle: UInt16, _ pace: ConnectionPace) -> HCICommand {
        HCICommand(.updateConnection, word(handle) + pace.bytes + word(0) + word(0))
    }

    /// The connection that it is about, of `disconnect` and `updateConnection`.
    var handle: UInt16? {
        guard opcode == .disconnect || opcode == .updateConnection else { return nil }
        var reader = ByteReader(parameters[...])
        return reader.word()
    }
}
