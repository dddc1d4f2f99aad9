import Testing
import VigilCore
import VigilTesting

@testable import VigilIngest

/// The receiver against a controller that a Bluetooth stack of other people's making speaks for, with devices around it.
@Suite(.enabled(if: VirtualRadio.isInstalled, "there is no virtual radio: scripts/setup --for-tests installs it"))
struct BluetoothRadioTests {
    private static let sensor = "D1:00:00:00:00:01"
    private static let band = "C0:11:22:33:44:55"

    /// BTHome, plain, with a packet id: smoke.
    private static func smoke(_ count: UInt8 = 0) -> [UInt8] { [2, 1, 6, 8, 0x16, 0xD2, 0xFC, 0x40, 0x00, count, 0x29, 0x01] }

    private func house(_ radio: VirtualRadio, bound: [BoundBluetoothDevice] = []) throws -> BluetoothHouse {
        let house = BluetoothHouse([try #require(BluetoothAdapter(radio.adapter))], bound: bound)
        try #require(house.wait { $0.events.contains("connected") })
        try radio.wait(until: .scanning)
        return house
    }

    @Test("an advertisement arrives byte for byte over every kind of port", arguments: VirtualRadio.Port.allCases)
    func arrives(port: VirtualRadio.Port) throws {
        let radio = try VirtualRadio(port)
        let house = try house(radio)

        try radio.inject(Self.sensor, Self.smoke())

        try #require(house.waitForFrames(1))
        #expect(house.heard.frames.first?.topic == "ble/\(Self.sensor)/advertisement")
        #expect(house.heard.frames.first?.payload == [1, 1, 0xC4] + Self.smoke())
    }

    @Test("a controller with extended advertising tells long advertisements whole")
    func extended() throws {
        let radio = try VirtualRadio(isExtended: true)
        let house = try house(radio)
        var broadcast = VirtualRadio.Broadcast(Self.sensor, Self.smoke() + [201, 0xFF] + [UInt8](repeating: 7, count: 200))
        broadcast.isExtended = true

        try radio.inject(broadcast)

        try #require(house.waitForFrames(1))
        let advertisement = try #require(house.heard.frames.first.flatMap { Advertisement(payload: $0.payload) })
        #expect(advertisement.data == broadcast.data)
        #expect(advertisement.properties.contains(.isExtended))
    }

    @Test("of 200 registered advertisers in ten rounds nothing is lost")
    func fleet() throws {
        let radio = try VirtualRadio()
        let house = try house(radio)
        let registered = (0..<200).map { BluetoothAddress(bits: 0xD000_0000_0000 | $0) }
        house.source.listen(for: BluetoothInterest(addresses: Set(registered)))

        try radio.fleet(of: 200, rounds: 10, everyMilliseconds: 50, saying: [2, 1, 6, 5, 0x16, 0xD2, 0xFC, 0x40])

        #expect(house.waitForFrames(2000))
        #expect(Set(house.heard.frames.map(\.topic)).count == 200)
        #expect(house.source.status.lost == 0)
    }

    @Test("noise and reports that lie about their length cost nothing but themselves")
    func noise() throws {
        let radio = try VirtualRadio()
        let house = try house(radio)
        var liar = VirtualRadio.Broadcast(Self.sensor, Self.smoke())
        liar.claimedLength = 40

        try radio.send([0xFF, 0xEE, 0x99])
        try radio.inject(liar)
        try radio.inject(Self.sensor, Self.smoke(1))

        try #require(house.waitForFrames(1))
        #expect(house.heard.frames.first?.payload == [1, 1, 0xC4] + Self.smoke(1))
        #expect(house.source.status.adapters.first?.skipped ?? 0 >= 4)
    }

    @Test("a controller that went deaf without a word is told within a minute, and helped", arguments: VirtualRadio.Remedy.allCases)
    func deaf(remedy: VirtualRadio.Remedy) throws {
        let radio = try VirtualRadio()
        let house = try house(radio)
        try radio.inject(Self.sensor, Self.smoke())
        try #require(house.waitForFrames(1))
        try radio.deafen(until: remedy)

        house.pass(seconds: 60)
        try #require(house.wait { $0.events.contains("disconnected") })
        // What the controller misses is said again until it is heard.
        try radio.advertise(VirtualRadio.Broadcast(Self.sensor, Self.smoke(1)), everyMilliseconds: 20)
        if remedy != .scan { house.pass(seconds: 8) }

        #expect(house.wait { $0.events.last { $0.hasSuffix("connected") } == "connected" })
        #expect(house.waitForFrames(2))
        #expect(house.heard.reasons.count == 1)
    }

    @Test("a controller that answers no more has failed, and is heard again once it does")
    func frozen() throws {
        let radio = try VirtualRadio()
        let house = try house(radio)
        try radio.inject(Self.sensor, Self.smoke())
        try #require(house.waitForFrames(1))
        try radio.freeze()

        house.pass(seconds: 60)
        try #require(house.wait { $0.events.contains("disconnected") })
        house.pass(seconds: 4)
        try #require(house.waitForStatus { $0.adapters.first?.reason?.contains("does not answer") == true })
        try radio.thaw()
        try radio.advertise(VirtualRadio.Broadcast(Self.sensor, Self.smoke(1)), everyMilliseconds: 20)

        #expect(house.waitForFrames(2))
    }

    @Test("a radio that is unplugged is told at once, and heard again when it is back")
    func unplugged() throws {
        let radio = try VirtualRadio()
        let house = try house(radio)

        try radio.unplug()
        try #require(house.wait { $0.events.contains("disconnected") })
        try radio.plug()
        try radio.wait(until: .scanning)
        try radio.inject(Self.sensor, Self.smoke())

        #expect(house.waitForFrames(1))
    }

    // MARK: Connections

    private func pulse(_ radio: VirtualRadio) throws -> BluetoothHouse {
        try radio.addPeripheral(Self.band, saying: [2, 1, 6, 3, 0x03, 0x0D, 0x18], services: [.heartRate, .battery(88)])
        let house = try house(radio, bound: [BoundBluetoothDevice(address: try #require(BluetoothAddress(Self.band)))])
        try radio.wait(until: .subscribed(to: Self.band, uuid: "2A37"))
        return house
    }

    private func values(_ house: BluetoothHouse) -> [Frame] { house.heard.frames.filter { $0.topic == "ble/\(Self.band)/2a37" } }

    @Test("what a bound band measures becomes frames, while others are heard as well")
    func heartRate() throws {
        let radio = try VirtualRadio()
        let house = try pulse(radio)

        try radio.notify([0x16, 72, 0x41, 0x03], of: "2A37", at: Self.band)
        try radio.inject(Self.sensor, Self.smoke())

        try #require(house.wait { $0.frames.contains { $0.topic.hasSuffix("/2a37") } })
        #expect(values(house).map(\.payload) == [[0x16, 72, 0x41, 0x03]])
        #expect(house.wait { $0.frames.contains { $0.topic == "ble/\(Self.sensor)/advertisement" } })
        #expect(house.source.status.connections.map(\.state) == [.connected])
    }

    @Test("a band that ends its connection, or is lost, is connected to again", arguments: [false, true])
    func comesBack(isLost: Bool) throws {
        let radio = try VirtualRadio()
        let house = try pulse(radio)
        try radio.notify([0x06, 70], of: "2A37", at: Self.band)
        try #require(house.wait { $0.frames.contains { $0.topic.hasSuffix("/2a37") } })

        if isLost { try radio.lose(Self.band) } else { try radio.disconnect(Self.band) }
        try radio.wait(until: .connected(to: Self.band), holds: false)
        house.pass(seconds: 2)
        try radio.wait(until: .subscribed(to: Self.band, uuid: "2A37"))
        try radio.notify([0x06, 71], of: "2A37", at: Self.band)

        #expect(house.wait { $0.frames.count { $0.topic.hasSuffix("/2a37") } == 2 })
        #expect(house.source.status.adapters.first?.state == .hearing)
    }
}
