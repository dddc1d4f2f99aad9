import Testing
import VigilCore
import VigilTesting

@testable import VigilIngest

/// The receiver against controllers on loopback sockets; minutes pass by moving its clock.
struct BluetoothSourceTests {
    /// `A4:C1:38:8D:18:B2` says that a smoke detector smells smoke: BTHome, object 0x29.
    private static func smoke(_ last: UInt8 = 1, count: UInt8 = 0) -> [UInt8] {
        ScriptedController.event(
            0x3E,
            [2, 1, 3, 1, 0xB2, 0x18, 0x8D, 0x38, 0xC1, 0xA4, 9, 8, 0x16, 0xD2, 0xFC, 0x40, 0x00, count, 0x29, last, 0xC4])
    }

    /// The same from an address that somebody invented.
    private static func invented(_ number: Int, count: UInt8 = 0) -> [UInt8] {
        ScriptedController.event(
            0x3E,
            [
                2, 1, 3, 1, UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF), 0, 0, 0, 0xC0, 9, 8, 0x16, 0xD2, 0xFC, 0x40, 0x00, count,
                0x29, 1, 0xC4,
            ])
    }

    private static let payload: [UInt8] = [1, 1, 0xC4, 8, 0x16, 0xD2, 0xFC, 0x40, 0x00, 0, 0x29, 1]
    private static let topic = "ble/A4:C1:38:8D:18:B2/advertisement"

    /// A receiver over controllers that stand.
    private final class House: Sendable {
        let radios: [ControllerServer]
        let receiver: BluetoothHouse

        init(radios count: Int = 1, interest: BluetoothInterest = BluetoothInterest(services: [0xFCD2])) throws {
            radios = try (0..<count).map { _ in try ControllerServer() }
            receiver = BluetoothHouse(try radios.map { try $0.adapter }, interest: interest)
            try #require(receiver.waitForStatus { $0.adapters.allSatisfy { $0.state == .hearing } })
        }

        var source: BluetoothSource { receiver.source }
        var heard: Listener.Heard { receiver.heard }

        func wait(by adapter: Int = 0, for holds: (Listener.Heard) -> Bool) -> Bool { receiver.wait(by: adapter, for: holds) }
    }

    @Test("an advertisement becomes a frame under its sender's topic, and its repetition none")
    func frames() throws {
        let house = try House()

        house.radios[0].say(Self.smoke() + Self.smoke() + Self.smoke(count: 1))

        try #require(house.wait { $0.frames.count >= 2 })
        #expect(house.heard.frames.map(\.topic) == [Self.topic, Self.topic])
        #expect(house.heard.frames.first?.payload == Self.payload)
        #expect(house.heard.frames.first?.source == "ble")
        #expect(house.source.status.told == 2)
        #expect(house.source.status.repeated == 1)
        #expect(house.source.status.adapters.first?.reports == 3)
    }

    @Test("two adapters that hear the same tell it once")
    func twoAdapters() throws {
        let house = try House(radios: 2)
        house.radios[0].say(Self.smoke())
        try #require(house.wait { $0.frames.count == 1 })

        house.radios[1].say(Self.smoke() + Self.smoke(count: 1))

        try #require(house.wait(by: 1) { !$0.frames.isEmpty })
        #expect(house.heard.frames.map { $0.payload[9] } == [0])
        #expect(house.receiver.heard(by: 1).frames.map { $0.payload[9] } == [1])
        #expect(house.source.status.repeated == 1)
    }

    @Test("while it is held nothing is handed over, and nothing of what is heard meanwhile is lost")
    func hold() throws {
        let house = try House()
        house.radios[0].say(Self.smoke())
        try #require(house.wait { $0.frames.count == 1 })
        house.receiver.hold()
        try #require(house.wait { $0.held == [1] })

        for count in 1...9 { house.radios[0].say(Self.smoke(count: UInt8(count))) }
        // Told when everything before it was heard.
        house.radios[0].unplug()
        try #require(house.wait { $0.events.last == "disconnected" })
        #expect(house.heard.frames.count == 1)
        house.receiver.release()

        #expect(house.wait { $0.frames.count == 10 })
        #expect(house.wait { $0.confirmed == 1 })
        house.receiver.sync()
        #expect(house.wait { $0.confirmed == 10 })
    }

    @Test("what was heard last says how far everything was heard")
    func hearing() throws {
        let house = try House()
        #expect(house.heard.heardUntil.isEmpty)

        let before = BootTime.now()
        house.radios[0].say(Self.smoke())

        try #require(house.wait { !$0.heardUntil.isEmpty })
        #expect(try #require(house.heard.heardUntil.first) >= before)
    }

    @Test("no advertisement for a minute is one fault of the receiver, which starts its scan anew and then resets the adapter")
    func deafness() throws {
        let house = try House()
        house.radios[0].say(Self.smoke())
        try #require(house.wait { $0.frames.count == 1 })

        house.receiver.pass(seconds: 61)
        try #require(house.wait { $0.events.last == "disconnected" })
        try #require(house.radios[0].wait { $0.count == ScriptedController.ready.count + 3 })
        let opcodes = house.radios[0].opcodes
        house.receiver.pass(seconds: 9)
        try #require(house.radios[0].wait { $0.count { $0 == 0x0C03 } == 2 })

        #expect(house.heard.reasons.map { $0.contains("no advertisement from any device for 60 s") } == [true])
        #expect(opcodes.suffix(3) == [0x200C, 0x200B, 0x200C])
        #expect(house.source.status.adapters.first?.state == .deaf)
        // Whoever is heard then ends it.
        try #require(house.radios[0].wait { $0.count == 2 * ScriptedController.ready.count + 3 })
        house.radios[0].say(Self.smoke(count: 1))
        #expect(house.wait { $0.events.filter { $0 != "heard" }.suffix(2) == ["connected", "frames"] })
    }

    @Test("an adapter that is unplugged is told at once, and heard again when it is back")
    func unplugged() throws {
        let house = try House()

        house.radios[0].unplug()
        try #require(house.wait { $0.events.last == "disconnected" })
        try house.radios[0].plugIn()
        try #require(house.wait { $0.events.last == "connected" })
        house.radios[0].say(Self.smoke())

        #expect(house.wait { $0.frames.count == 1 })
        #expect(house.receiver.logged.filter { $0 == "the Bluetooth adapter hears" }.count == 2)
    }

    @Test("one adapter of two that is gone is told to be down, and the other hears on")
    func spare() throws {
        let house = try House(radios: 2)

        house.radios[0].unplug()
        try #require(house.wait { $0.events.last == "disconnected" })
        house.radios[1].say(Self.smoke())

        #expect(house.wait(by: 1) { $0.frames.count == 1 })
        #expect(!house.receiver.heard(by: 1).events.contains("disconnected"))
        try house.radios[0].plugIn()
        #expect(house.wait { $0.events.last == "connected" })
    }

    @Test("what is held of one adapter keeps nothing back of the other")
    func heldApart() throws {
        let house = try House(radios: 2)
        house.receiver.hold()
        try #require(house.wait { $0.held == [0] })

        house.radios[0].say(Self.smoke())
        try #require(house.receiver.waitForStatus { $0.told == 1 })
        house.radios[1].say(Self.smoke(count: 1))

        #expect(house.wait(by: 1) { $0.frames.count == 1 })
        #expect(house.heard.frames.isEmpty)
        house.receiver.release()
        #expect(house.wait { $0.frames.count == 1 })
    }

    @Test("an adapter of which something was lost is down until what waited is taken: what it missed says nothing of anybody's silence")
    func lost() throws {
        // As many as say so much without a flood under one address.
        let addresses = (0..<150).map { BluetoothAddress(bits: 0xC000_0000_0000 + UInt64($0)) }
        let house = try House(interest: BluetoothInterest(addresses: Set(addresses)))
        house.radios[0].say(Self.invented(0))
        try #require(house.wait { !$0.heardUntil.isEmpty })
        house.receiver.hold()
        try #require(house.wait { $0.held == [1] })

        for count in UInt8(1)..<200 {
            house.radios[0].say(addresses.indices.flatMap { Self.invented($0, count: count) })
            if house.source.status.lost > 0 { break }
        }

        try #require(house.wait { $0.events.last == "disconnected" })
        #expect(house.heard.reasons.last?.hasSuffix("more was heard than could be stored in time") == true)
        let told = house.heard.heardUntil.count
        house.receiver.release()
        try #require(house.wait { $0.events.contains("confirmed") })
        #expect(house.heard.heardUntil.count == told)
        house.receiver.sync()
        #expect(house.wait { $0.events.last { $0.hasSuffix("connected") } == "connected" })
    }

    @Test("where nobody answers from the start it is told why")
    func nobody() throws {
        let port = try freePort()
        let house = BluetoothHouse([try ControllerServer.adapter(on: port)])

        #expect(house.wait { $0.events == ["disconnected"] })
        #expect(house.heard.reasons == ["h4:tcp:127.0.0.1:\(port): cannot connect to tcp:127.0.0.1:\(port): Connection refused"])
    }

    @Test("a controller that stops answering while it is set up has failed with words")
    func mute() throws {
        let house = try House()
        house.radios[0].ignore([0x0C03])
        house.radios[0].say(ScriptedController.event(0x10, [1]))
        try #require(house.radios[0].wait { $0.count { $0 == 0x0C03 } == 2 })

        house.receiver.pass(seconds: 4)

        try #require(house.wait { $0.events.last == "disconnected" })
        #expect(house.heard.reasons.last?.hasSuffix("the controller does not answer to Reset") == true)
    }

    @Test("what nobody asked for becomes no frame until somebody does, and is there for people all the same")
    func strangers() throws {
        let house = try House(interest: BluetoothInterest())
        house.radios[0].say(Self.smoke())
        try #require(house.receiver.waitForStatus { $0.uninteresting == 1 })

        house.source.listen(for: BluetoothInterest(addresses: [BluetoothAddress(bits: 0xA4C1_388D_18B2)]))
        // Orders are obeyed in their order.
        house.receiver.sync()
        house.radios[0].say(Self.smoke())

        #expect(house.wait { $0.frames.count == 1 })
        #expect(house.source.status.advertisers.map(\.address.description) == ["A4:C1:38:8D:18:B2"])
    }

    @Test("a flood under a registered address is written down in part alone, and told once when it begins and once when it is over")
    func flooded() throws {
        let house = try House(interest: BluetoothInterest(addresses: [BluetoothAddress(bits: 0xA4C1_388D_18B2)]))

        for round in 0..<60 {
            house.radios[0].say((0..<50).flatMap { Self.smoke(UInt8($0), count: UInt8(round)) })
        }
        try #require(house.receiver.waitForStatus { $0.adapters.first?.reports == 3000 })

        let status = house.source.status
        #expect(status.leftOutRegistered > 0)
        #expect(status.told + status.leftOutRegistered == 3000)
        #expect(house.receiver.logged.filter { $0 == "more is advertised over Bluetooth than is written down" }.count == 1)
        house.receiver.pass(seconds: 61)
        house.receiver.sync()
        house.receiver.sync()
        #expect(house.receiver.logged.filter { $0 == "what is advertised over Bluetooth is written down in full again" }.count == 1)
    }

    @Test("what a flood of invented addresses crowds out is told when it is said again after the flood")
    func crowdedOut() throws {
        let house = try House()
        house.radios[0].say((0..<1000).flatMap { Self.invented($0) })
        house.radios[0].say(Self.smoke())
        try #require(house.receiver.waitForStatus { $0.leftOut + $0.told == 1001 && $0.leftOut > 0 })

        house.receiver.pass(seconds: 2)
        house.radios[0].say(Self.smoke())

        #expect(house.wait { $0.frames.contains { $0.topic == Self.topic } })
    }
}
