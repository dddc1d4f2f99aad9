import Testing
import VigilCore

@testable import VigilIngest

/// Events: Bluetooth Core Specification 5.4, volume 4, part E, section 7.7.
struct HCIEventTests {
    private static let address = BluetoothAddress(bits: 0xC011_2233_4455)
    private static let peer = BluetoothPeer(address: address, isRandomAddress: true)

    private struct Example: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let code: UInt8
        let parameters: [UInt8]
        /// How many of them it cannot do without.
        let needed: Int
    }

    private static let examples = [
        Example(testDescription: "command complete", code: 0x0E, parameters: [1, 0x03, 0x0C, 0], needed: 3),
        Example(testDescription: "command status", code: 0x0F, parameters: [0x0C, 1, 0x0D, 0x20], needed: 4),
        Example(testDescription: "disconnection", code: 0x05, parameters: [0, 0x40, 0, 0x13], needed: 4),
        Example(testDescription: "completed packets", code: 0x13, parameters: [2, 0x40, 0, 1, 0, 0x41, 0, 2, 0], needed: 9),
        Example(
            testDescription: "connection", code: 0x3E,
            parameters: [0x01, 0, 0x40, 0, 0, 1, 0x55, 0x44, 0x33, 0x22, 0x11, 0xC0, 0x18, 0, 0, 0, 0xC8, 0, 0], needed: 12),
    ]

    private func event(_ code: UInt8, _ parameters: [UInt8]) -> HCIEvent? { HCIEvent(code: code, parameters: parameters[...]) }

    @Test("the answer to a command is told with what the controller takes next")
    func commands() {
        #expect(event(0x0E, [1, 0x03, 0x0C, 0]) == .commandComplete(opcode: 0x0C03, credits: 1, answer: [0]))
        #expect(event(0x0F, [0x0C, 1, 0x0D, 0x20]) == .commandStatus(opcode: 0x200D, credits: 1, .commandDisallowed))
    }

    @Test("a connection is told with its peer, in the old form and in the enhanced one", arguments: [0x01, 0x0A, 0x29] as [UInt8])
    func connections(subevent: UInt8) {
        let parameters: [UInt8] = [subevent, 0, 0x40, 0, 0, 1, 0x55, 0x44, 0x33, 0x22, 0x11, 0xC0] + [UInt8](repeating: 0, count: 19)

        let connection = LEConnection(status: .success, handle: 0x40, isCentral: true, peer: Self.peer)
        #expect(event(0x3E, parameters) == .connected(connection))
    }

    @Test("an end is told with its reason, and one that the controller could not bring about with its own")
    func disconnections() {
        #expect(event(0x05, [0, 0x40, 0, 0x13]) == .disconnected(handle: 0x40, reason: .remoteUserTerminated))
        #expect(event(0x05, [0x02, 0x40, 0, 0]) == .disconnectRefused(handle: 0x40, .unknownConnection))
    }

    @Test("packets that left are told for each connection")
    func completedPackets() {
        let packets = [HCIEvent.CompletedPackets(handle: 0x40, count: 1), HCIEvent.CompletedPackets(handle: 0x41, count: 2)]

        #expect(event(0x13, [2, 0x40, 0, 1, 0, 0x41, 0, 2, 0]) == .completedPackets(packets))
    }

    @Test("reports are handed on unread, and what nobody waits for is nothing")
    func others() {
        #expect(event(0x3E, [0x02, 1, 2]) == .legacyReports([1, 2]))
        #expect(event(0x3E, [0x0D, 1, 2]) == .extendedReports([1, 2]))
        #expect(event(0x3E, [0x03, 0]) == .other)
        #expect(event(0x10, [0x42]) == .hardwareError(0x42))
        #expect(event(0xFF, []) == .other)
    }

    @Test("an event that is too short for what it says it is is none", arguments: examples)
    private func cutOff(example: Example) {
        for length in 0...example.parameters.count {
            let isThere = event(example.code, Array(example.parameters.prefix(length))) != nil
            #expect(isThere == (length >= example.needed), "\(length) bytes")
        }
    }
}
