import VigilCore

@testable import VigilIngest

/// A controller that answers each command at once, as it was told to, and remembers what it was told.
struct ScriptedController {
    /// What is answered after the status, by opcode.
    var answers: [UInt16: [UInt8]] = [
        // No extended advertising.
        0x1002: [UInt8](repeating: 0, count: 64),
        0x1009: [0x55, 0x44, 0x33, 0x22, 0x11, 0xC0],
        // 27 bytes, 2 packets.
        0x2002: [27, 0, 2],
    ]
    /// Status instead of success, by opcode; each is told once.
    var refusals: [UInt16: UInt8] = [:]
    /// What is never answered.
    var ignored: Set<UInt16> = []

    private(set) var opcodes: [UInt16] = []
    private(set) var parameters: [UInt16: [UInt8]] = [:]
    /// Data packets, from the header on.
    private(set) var data: [[UInt8]] = []

    /// Commands that are answered with a status, because something follows.
    private static let lengthy: Set<UInt16> = [0x0406, 0x200D, 0x2013, 0x2043]

    static let ready: [UInt16] = [0x0C03, 0x1002, 0x1009, 0x2002, 0x0C01, 0x2001, 0x200B, 0x200C]

    /// Lets both talk until neither has anything to say; answers what the link told.
    mutating func talk(_ link: inout H4Link, at time: BootTime) -> [BluetoothEvent] {
        var events = link.takeEvents()
        while true {
            let output = link.takeOutput()
            if output.isEmpty { return events }
            for answer in take(output) { link.take(answer[...], at: time) }
            events += link.takeEvents()
        }
    }

    /// What is answered to commands that are whole.
    mutating func take(_ output: [UInt8]) -> [[UInt8]] {
        var answers: [[UInt8]] = []
        var rest = output[...]
        while let indicator = rest.popFirst() {
            var reader = ByteReader(rest)
            guard let first = reader.word() else { return answers }
            if indicator == 1 {
                let piece = Array(reader.take(Int(reader.byte() ?? 0)) ?? [])
                opcodes.append(first)
                parameters[first] = piece
                if !ignored.contains(first) { answers.append(answer(to: first)) }
            } else {
                let piece = reader.take(Int(reader.word() ?? 0)) ?? []
                data.append([UInt8(first & 0xFF), UInt8(first >> 8)] + piece)
            }
            rest = reader.rest
        }
        return answers
    }

    private mutating func answer(to opcode: UInt16) -> [UInt8] {
        let status = refusals.removeValue(forKey: opcode) ?? 0
        let name = [UInt8(opcode & 0xFF), UInt8(opcode >> 8)]
        if Self.lengthy.contains(opcode) { return Self.event(0x0F, [status, 1] + name) }
        return Self.event(0x0E, [1] + name + [status] + (status == 0 ? answers[opcode] ?? [] : []))
    }

    static func event(_ code: UInt8, _ parameters: [UInt8]) -> [UInt8] { [0x04, code, UInt8(parameters.count)] + parameters }

    /// LE Connection Complete for `peer`.
    static func connected(_ peer: BluetoothPeer, handle: UInt8 = 0x40, status: UInt8 = 0) -> [UInt8] {
        event(
            0x3E,
            [1, status, handle, 0, 0, peer.isRandomAddress ? 1 : 0] + peer.address.bytes.reversed() + [24, 0, 0, 0, 0xF4, 1, 0])
    }

    static func disconnected(handle: UInt8 = 0x40, reason: UInt8) -> [UInt8] { event(0x05, [0, handle, 0, reason]) }

    static func completed(handle: UInt8 = 0x40, _ count: UInt8) -> [UInt8] { event(0x13, [1, handle, 0, count, 0]) }

    /// A piece of a connection's data. Flags 2 begin a message, 1 go on.
    static func data(handle: UInt8 = 0x40, flags: UInt8 = 2, _ bytes: [UInt8]) -> [UInt8] {
        [0x02, handle, flags << 4, UInt8(bytes.count), 0] + bytes
    }

    /// One advertisement of the address `A4:C1:38:8D:18:B2`.
    static let report = event(0x3E, [2, 1, 3, 1, 0xB2, 0x18, 0x8D, 0x38, 0xC1, 0xA4, 3, 2, 1, 6, 0xC4])
}
