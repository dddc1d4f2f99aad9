import VigilCore

/// What a controller said of itself while it was set up.
struct ControllerTraits: Hashable {
    /// It has the commands for extended advertising; then the old ones are not to be used.
    var isExtended = false
    /// It has no address of its own.
    var usesRandomAddress = false
    /// The longest data packet that it takes, and how many of them.
    var packetLength = 0
    var packetCount = 0

    // Source: Bluetooth Core Specification 5.4, volume 4, part E, section 6.27: octet 37, bits 5 to 7: LE Set Extended Scan Parameters, LE
    // Set Extended Scan Enable, LE Extended Create Connection.
    mutating func takeSupportedCommands(_ answer: ArraySlice<UInt8>) {
        let needed: UInt8 = 0b1110_0000
        isExtended = answer.dropFirst(37).first.map { $0 & needed == needed } ?? false
    }

    /// LE Read Buffer Size. A length of 0 stands for buffers that are shared with classic connections.
    mutating func takeLowEnergyBuffers(_ answer: ArraySlice<UInt8>) {
        var reader = ByteReader(answer)
        guard let length = reader.word(), let count = reader.byte() else { return }
        packetLength = Int(length)
        packetCount = Int(count)
    }

    /// Read Buffer Size: lengths of data and voice, then how many of each.
    mutating func takeSharedBuffers(_ answer: ArraySlice<UInt8>) {
        var reader = ByteReader(answer)
        guard let length = reader.word(), reader.skip(1), let count = reader.word() else { return }
        packetLength = Int(length)
        packetCount = Int(count)
    }
}
