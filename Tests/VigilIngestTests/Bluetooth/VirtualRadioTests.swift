import Testing
import VigilTesting

/// The controller that the other tests of Bluetooth stand on, byte by byte.
///
/// Source: Bluetooth Core Specification 5.4, volume 4, part E: opcodes, events, status codes.
@Suite(.enabled(if: VirtualRadio.isInstalled, "there is no virtual Bluetooth controller: scripts/setup --for-tests installs it"))
struct VirtualRadioTests {
    private static let band = "D1:02:03:04:05:06"
    private static let bandBytes: [UInt8] = [0x06, 0x05, 0x04, 0x03, 0x02, 0xD1]
    private static let flags: [UInt8] = [2, 1, 6]
    private static let broadcast = VirtualRadio.Broadcast(band, flags)

    /// What the host is told of `broadcast` while it scans without extended advertising.
    private static let report: [UInt8] = [0x04, 0x3E, 15, 0x02, 1, 3, 1] + bandBytes + [3] + flags + [0xC4]

    private let radio: VirtualRadio
    private let host: H4Client

    init() throws {
        radio = try VirtualRadio()
        host = try H4Client(radio)
    }

    /// A command that was carried out.
    private func succeed(_ opcode: UInt16, _ parameters: [UInt8] = []) -> Bool {
        host.command(opcode, parameters)
        return host.packet() == [
            0x04, 0x0E, 4, 1, UInt8(truncatingIfNeeded: opcode), UInt8(truncatingIfNeeded: opcode >> 8), 0,
        ]
    }

    private func reset() -> Bool { succeed(0x0C03) }

    private func scan() -> Bool { succeed(0x200B, [0, 0xA0, 0, 0x90, 0, 0, 0]) && succeed(0x200C, [1, 0]) }

    /// Begins to connect to the band.
    private func connect() {
        host.command(0x200D, [0x60, 0, 0x60, 0, 0, 1] + Self.bandBytes + [0, 24, 0, 40, 0, 0, 0, 0xF4, 1, 0, 0, 0, 0])
        #expect(host.packet() == [0x04, 0x0F, 4, 0, 1, 0x0D, 0x20])
    }

    /// An event that tells how connecting ended.
    private static func connection(_ status: UInt8, handle: UInt8, times: [UInt8]) -> [UInt8] {
        [0x04, 0x3E, 19, 0x01, status, handle, 0, 0, 1] + bandBytes + times + [0]
    }

    /// An ATT PDU on the first connection, as one data packet.
    private func write(_ pdu: [UInt8]) {
        let length = UInt8(pdu.count)
        host.send([0x02, 1, 0, length + 4, 0, length, 0, 4, 0] + pdu)
    }

    /// The next ATT PDU from packets that need not hold it whole; events stand between.
    private func attribute() -> [UInt8] {
        var read: [UInt8] = []
        repeat {
            let packet = host.packet()
            if packet.isEmpty { return [] }
            if packet.first == 0x02 { read += packet.dropFirst(5) }
        } while read.count < 4 || read.count < 4 + Int(read[0])
        return Array(read.dropFirst(4))
    }

    @Test("a reset is answered, and an advertisement arrives byte for byte while the host scans and not before")
    func advertisement() throws {
        #expect(reset())
        #expect(throws: VirtualRadio.Failure.self) { try radio.inject(Self.broadcast) }

        #expect(scan())
        try radio.wait(until: .scanning)
        try radio.inject(Self.broadcast)

        #expect(host.packet() == Self.report)
    }

    @Test("a length may lie, and noise may stand between packets")
    func noise() throws {
        try #require(reset() && scan())
        var liar = Self.broadcast
        liar.claimedLength = 40
        liar.signalStrength = -71

        try radio.inject(liar)
        try radio.send([0xFF, 0x99])

        let lie: [UInt8] = [0x04, 0x3E, 15, 0x02, 1, 3, 1] + Self.bandBytes + [40] + Self.flags + [0xB9]
        #expect(host.packet() == lie)
        #expect(host.read(2) == [0xFF, 0x99])
    }

    @Test("a frozen controller hears and answers nothing, and goes on with what waited")
    func frozen() throws {
        try #require(reset() && scan())

        try radio.freeze()
        try radio.inject(Self.broadcast)
        host.command(0x0C03)
        try radio.thaw()

        #expect(host.packet() == [0x04, 0x0E, 4, 1, 0x03, 0x0C, 0])
        #expect(throws: VirtualRadio.Failure.self) { try radio.inject(Self.broadcast) }
    }

    @Test("a deaf controller hears again after its remedy and not before", arguments: [VirtualRadio.Remedy.scan, .reset])
    func deaf(remedy: VirtualRadio.Remedy) throws {
        try #require(reset() && scan())
        var second = Self.broadcast
        second.signalStrength = -61

        try radio.deafen(until: remedy)
        try radio.inject(Self.broadcast)
        if remedy == .reset {
            try #require(succeed(0x200C, [0, 0]) && scan())
            try radio.inject(Self.broadcast)
            try #require(reset())
        }
        try #require(succeed(0x200C, [0, 0]) && scan())
        try radio.inject(second)

        #expect(host.packet() == Self.report.dropLast() + [0xC3])
    }

    @Test("an unplugged radio refuses connections, and is where it was when it is plugged in again")
    func unplugged() throws {
        try #require(reset() && scan())

        try radio.unplug()
        let rest = host.read(1)
        let refusal = #expect(throws: VirtualRadio.Failure.self) { try H4Client(radio) }
        try radio.plug()
        let second = try H4Client(radio)
        second.command(0x0C03)

        #expect(rest.isEmpty)
        #expect(refusal?.description.contains("Connection refused") == true)
        #expect(second.packet() == [0x04, 0x0E, 4, 1, 0x03, 0x0C, 0])
    }

    @Test("a fleet loses nothing")
    func fleet() async throws {
        try #require(reset() && scan())
        let radio = radio
        async let end: Void = onOwnThread { try radio.fleet(of: 100, rounds: 5, everyMilliseconds: 1, saying: [3, 0xFF, 1]) }

        var counted: [[UInt8]: Int] = [:]
        for _ in 0..<500 { counted[Array(host.packet().dropFirst(7).prefix(6)), default: 0] += 1 }
        try await end

        #expect(counted.count == 100)
        #expect(counted.values.allSatisfy { $0 == 5 })
    }

    @Test("a peripheral refuses a connection, takes the next, notifies who subscribed, and is lost")
    func peripheral() throws {
        try #require(reset())
        try radio.addPeripheral(Self.band, services: [.heartRate])
        try radio.refuse(Self.band)

        connect()
        #expect(host.packet() == Self.connection(0x3E, handle: 0, times: [0, 0, 0, 0, 0, 0]))
        connect()
        #expect(host.packet() == Self.connection(0, handle: 1, times: [24, 0, 0, 0, 0xF4, 1]))
        #expect(throws: VirtualRadio.Failure.self) { try radio.notify([0, 72], of: "2A37", at: Self.band) }
        // Bumble puts its two own services before: the measurement stands at 16, its configuration at 17.
        write([0x12, 17, 0, 1, 0])
        #expect(attribute() == [0x13])
        try radio.wait(until: .subscribed(to: Self.band, uuid: "2A37"))
        try radio.notify([0x10, 72] + Array(repeating: 7, count: 18), of: "2A37", at: Self.band)

        #expect(attribute() == [0x1B, 16, 0, 0x10, 72] + Array(repeating: 7, count: 18))

        try radio.lose(Self.band)
        #expect(host.packet() == [0x04, 0x05, 4, 0, 1, 0, 0x08])
    }

    @Test("a controller with extended advertising tells it in pieces, and one without does not hear it")
    func extended() throws {
        var long = Self.broadcast
        long.isExtended = true
        long.data = Array(repeating: 0xAA, count: 230)
        try #require(reset() && scan())
        try radio.inject(long)
        try radio.inject(Self.broadcast)
        #expect(host.packet() == Self.report)

        let modern = try VirtualRadio(isExtended: true)
        let modernHost = try H4Client(modern)
        modernHost.command(0x2041, [0, 0, 1, 0, 0xA0, 0, 0x90, 0])
        modernHost.command(0x2042, [1, 0, 0, 0, 0, 0])
        try modern.wait(until: .scanning)
        #expect(modernHost.packet() + modernHost.packet() == [4, 0x0E, 4, 1, 0x41, 0x20, 0] + [4, 0x0E, 4, 1, 0x42, 0x20, 0])
        try modern.inject(long)

        let pieces = [modernHost.packet(), modernHost.packet()]
        #expect(pieces.map { Array($0.prefix(7)) } == [[4, 0x3E, 255, 0x0D, 1, 0x20, 0], [4, 0x3E, 27, 0x0D, 1, 0, 0]])
        #expect(pieces.flatMap { $0.dropFirst(29) } == long.data)
    }
}
