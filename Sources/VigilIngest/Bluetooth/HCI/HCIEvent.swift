import VigilCore

/// What a controller tells, as far as the receiver listens to it.
///
/// Advertising reports are not taken apart here: see `LegacyReports` and `ExtendedReports`.
// Source: Bluetooth Core Specification 5.4, volume 4, part E, section 7.7.
enum HCIEvent: Hashable {
    /// - Parameters: credits: how many commands it takes now. answer: begins with a status for nearly every command.
    case commandComplete(opcode: UInt16, credits: Int, answer: ArraySlice<UInt8>)
    case commandStatus(opcode: UInt16, credits: Int, HCIStatus)
    case connected(LEConnection)
    case disconnected(handle: UInt16, reason: HCIStatus)
    /// It will not say that a link ended: it could not end it.
    case disconnectRefused(handle: UInt16, HCIStatus)
    /// So many of the packets that it was given for each connection have left.
    case completedPackets([CompletedPackets])
    /// Reports of legacy advertising, to be read by `LegacyReports`.
    case legacyReports(ArraySlice<UInt8>)
    /// Reports of extended advertising, to be read by `ExtendedReports`.
    case extendedReports(ArraySlice<UInt8>)
    /// The controller itself says that it is broken.
    case hardwareError(UInt8)
    /// Nothing that anybody here waits for.
    case other

    struct CompletedPackets: Hashable {
        let handle: UInt16
        let count: Int
    }

    private enum Code {
        static let disconnectionComplete: UInt8 = 0x05
        static let commandComplete: UInt8 = 0x0E
        static let commandStatus: UInt8 = 0x0F
        static let hardwareError: UInt8 = 0x10
        static let numberOfCompletedPackets: UInt8 = 0x13
        static let lowEnergy: UInt8 = 0x3E
    }

    private enum Subevent {
        static let connectionComplete: UInt8 = 0x01
        static let advertisingReport: UInt8 = 0x02
        static let enhancedConnectionComplete: UInt8 = 0x0A
        static let extendedAdvertisingReport: UInt8 = 0x0D
        static let enhancedConnectionCompleteV2: UInt8 = 0x29
    }

    /// - Parameters:
    ///   - code: the event code.
    ///   - parameters: everything after the length. Nil where they are too short for what they say they are.
    init?(code: UInt8, parameters: ArraySlice<UInt8>) {
        var reader = ByteReader(parameters)
        let read: HCIEvent? =
            switch code {
            case Code.commandComplete: Self.commandComplete(&reader)
            case Code.commandStatus: Self.commandStatus(&reader)
            case Code.disconnectionComplete: Self.disconnection(&reader)
            case Code.numberOfCompletedPackets: Self.completedPackets(&reader)
            case Code.hardwareError: reader.byte().map { .hardwareError($0) }
            case Code.lowEnergy: Self.lowEnergy(&reader)
            default: .other
            }
        guard let read else { return nil }
        self = read
    }

    private static func commandComplete(_ reader: inout ByteReader) -> HCIEvent? {
        guard let credits = reader.byte(), let opcode = reader.word() else { return nil }
        return .commandComplete(opcode: opcode, credits: Int(credits), answer: reader.rest)
    }

    private static func commandStatus(_ reader: inout ByteReader) -> HCIEvent? {
        guard let status = reader.byte(), let credits = reader.byte(), let opcode = reader.word() else { return nil }
        return .commandStatus(opcode: opcode, credits: Int(credits), HCIStatus(rawValue: status))
    }

    private static func disconnection(_ reader: inout ByteReader) -> HCIEvent? {
        guard let status = reader.byte(), let handle = reader.word(), let reason = reader.byte() else { return nil }
        guard status == 0 else { return .disconnectRefused(handle: handle & LEConnection.handleMask, HCIStatus(rawValue: status)) }
        return .disconnected(handle: handle & LEConnection.handleMask, reason: HCIStatus(rawValue: reason))
    }

    private static func completedPackets(_ reader: inout ByteReader) -> HCIEvent? {
        guard let count = reader.byte() else { return nil }
        var packets: [CompletedPackets] = []
        for _ in 0..<count {
            guard let handle = reader.word(), let completed = reader.word() else { return nil }
            packets.append(CompletedPackets(handle: handle & LEConnection.handleMask, count: Int(completed)))
        }
        return .completedPackets(packets)
    }

    private static func lowEnergy(_ reader: inout ByteReader) -> HCIEvent? {
        switch reader.byte() {
        case Subevent.advertisingReport: .legacyReports(reader.rest)
        case Subevent.extendedAdvertisingReport: .extendedReports(reader.rest)
        // The enhanced forms only add fields at the end.
        case Subevent.connectionComplete, Subevent.enhancedConnectionComplete, Subevent.enhancedConnectionCompleteV2:
            LEConnection(&reader).map { .connected($0) }
        case nil: nil
        default: .other
        }
    }
}
