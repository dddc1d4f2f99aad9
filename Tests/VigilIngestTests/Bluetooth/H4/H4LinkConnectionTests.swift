import Testing
import VigilCore

@testable import VigilIngest

struct H4LinkConnectionTests {
    private static let start = BootTime(1000)
    private static let band = BluetoothPeer(address: BluetoothAddress(bits: 0xC011_2233_4455), isRandomAddress: true)
    private static let mattress = BluetoothPeer(address: BluetoothAddress(bits: 0xA4C1_388D_18B2), isRandomAddress: false)

    private var link = H4Link(scansActively: false, randomAddress: BluetoothAddress(bits: 0xC0FF_EE00_0001))
    private var controller = ScriptedController()

    init() {
        link.open(at: Self.start)
        _ = controller.talk(&link, at: Self.start)
    }

    private mutating func say(_ bytes: [UInt8], at time: BootTime = Self.start) -> [BluetoothEvent] {
        link.take(bytes[...], at: time)
        return controller.talk(&link, at: time)
    }

    private mutating func connect(_ peer: BluetoothPeer = Self.band, handle: UInt8 = 0x40) {
        link.connect(to: peer, at: Self.start)
        _ = controller.talk(&link, at: Self.start)
        #expect(say(ScriptedController.connected(peer, handle: handle)) == [.connected(peer.address)])
    }

    @Test("a connection is opened by the peer's kind of address")
    mutating func opens() {
        connect()

        // Interval and window of the scan, no list, whom, by the public address, 30 to 50 ms, no latency, 5 s.
        let expected: [UInt8] =
            [0x60, 0, 0x60, 0, 0, 1, 0x55, 0x44, 0x33, 0x22, 0x11, 0xC0, 0, 24, 0, 40, 0, 0, 0, 0xF4, 1, 0, 0, 0, 0]
        #expect(controller.parameters[0x200D] == expected)
        #expect(link.deadline == nil)
    }

    @Test("one at a time: the next is opened when the one before stands")
    mutating func oneAtATime() {
        link.connect(to: Self.band, at: Self.start)
        link.connect(to: Self.mattress, at: Self.start)
        _ = controller.talk(&link, at: Self.start)
        #expect(controller.opcodes.filter { $0 == 0x200D }.count == 1)

        #expect(say(ScriptedController.connected(Self.band)) == [.connected(Self.band.address)])

        #expect(controller.opcodes.filter { $0 == 0x200D }.count == 2)
        #expect(say(ScriptedController.connected(Self.mattress, handle: 0x41)) == [.connected(Self.mattress.address)])
    }

    @Test("whoever does not answer within twenty seconds is given up")
    mutating func timeout() {
        link.connect(to: Self.band, at: Self.start)
        _ = controller.talk(&link, at: Self.start)
        #expect(link.deadline == BootTime(21_000))

        link.advance(to: BootTime(21_000))
        #expect(controller.talk(&link, at: BootTime(21_000)) == [])
        #expect(controller.opcodes.last == 0x200E)
        let events = say(ScriptedController.connected(Self.band, status: 0x02), at: BootTime(21_000))

        #expect(events == [.closed(Self.band.address, reason: "it did not answer within 20 s")])
        #expect(link.deadline == nil)
    }

    @Test("a connection that comes about while it is being given up counts")
    mutating func lateSuccess() {
        link.connect(to: Self.band, at: Self.start)
        _ = controller.talk(&link, at: Self.start)
        controller.refusals[0x200E] = 0x0C

        link.advance(to: BootTime(21_000))
        _ = controller.talk(&link, at: BootTime(21_000))

        #expect(say(ScriptedController.connected(Self.band), at: BootTime(21_000)) == [.connected(Self.band.address)])
    }

    @Test("one that nobody wants any more is closed again without a word that it stood")
    mutating func unwanted() {
        link.connect(to: Self.band, at: Self.start)
        _ = controller.talk(&link, at: Self.start)
        link.disconnect(Self.band.address, at: Self.start)
        _ = controller.talk(&link, at: Self.start)

        #expect(say(ScriptedController.connected(Self.band)) == [])
        #expect(controller.parameters[0x0406] == [0x40, 0, 0x13])
        #expect(
            say(ScriptedController.disconnected(reason: 0x16)) == [.closed(Self.band.address, reason: "closed by us")])
    }

    @Test("one that waits for its turn is given up at once")
    mutating func waiting() {
        link.connect(to: Self.band, at: Self.start)
        link.connect(to: Self.mattress, at: Self.start)
        link.disconnect(Self.mattress.address, at: Self.start)

        #expect(controller.talk(&link, at: Self.start) == [.closed(Self.mattress.address, reason: "given up")])
    }

    @Test("a controller that cannot listen and connect at once pauses the scan for it")
    mutating func pause() {
        controller.refusals[0x200D] = 0x0C
        let before = controller.opcodes.count

        connect()

        #expect(Array(controller.opcodes.dropFirst(before)) == [0x200D, 0x200C, 0x200D, 0x200C])
        #expect(controller.parameters[0x200C] == [1, 0])
    }

    @Test("an adapter that has no connection left says so")
    mutating func full() {
        controller.refusals[0x200D] = 0x09
        link.connect(to: Self.band, at: Self.start)

        #expect(
            controller.talk(&link, at: Self.start)
                == [.closed(Self.band.address, reason: "the adapter could not connect: it has no connection left")])
    }

    @Test(
        "why a connection ended is said in words",
        arguments: zip([0x13, 0x08] as [UInt8], ["the device closed it", "the device fell silent"]))
    mutating func ends(reason: UInt8, words: String) throws {
        connect()

        let events = say(ScriptedController.disconnected(reason: reason))

        guard case .closed(Self.band.address, let told) = events.first else { throw Unexpected(events: events) }
        #expect(told.hasPrefix(words))
    }

    private struct Unexpected: Error {
        let events: [BluetoothEvent]
    }

    @Test("one whose end the controller does not tell ends ten seconds after it was asked for")
    mutating func silentEnd() {
        connect()
        link.disconnect(Self.band.address, at: Self.start)
        _ = controller.talk(&link, at: Self.start)

        link.advance(to: BootTime(11_000))

        #expect(link.takeEvents() == [.closed(Self.band.address, reason: "closed by us")])
    }

    @Test("a reset takes every connection with it, also those that were to be opened")
    mutating func startingOver() {
        connect()
        link.connect(to: Self.mattress, at: Self.start)
        _ = controller.talk(&link, at: Self.start)

        let events = say(ScriptedController.event(0x10, [1]))

        let reason = "the controller reports broken hardware, code 1"
        #expect(
            events == [
                .closed(Self.band.address, reason: reason), .closed(Self.mattress.address, reason: reason), .ready,
            ])
    }

    // MARK: Data

    @Test("a message is cut to what the controller takes, and waits where it has no room")
    mutating func fragments() {
        connect()

        link.send([UInt8](repeating: 7, count: 60), to: Self.band.address, at: Self.start)
        _ = controller.talk(&link, at: Self.start)
        let first = controller.data
        _ = say(ScriptedController.completed(1))

        // 4 bytes of head and 60 of message: 27, 27 and 10 bytes; the controller has room for two.
        #expect(first.map(\.count) == [29, 29])
        #expect(first.first?.prefix(6) == [0x40, 0x00, 60, 0, 4, 0])
        #expect(controller.data.map { Array($0.prefix(2)) } == [[0x40, 0x00], [0x40, 0x10], [0x40, 0x10]])
        #expect(controller.data.last?.count == 12)
    }

    @Test("room that an ended connection took is given back")
    mutating func roomComesBack() {
        connect()
        link.send([UInt8](repeating: 7, count: 60), to: Self.band.address, at: Self.start)
        _ = controller.talk(&link, at: Self.start)

        _ = say(ScriptedController.disconnected(reason: 0x08))

        #expect(link.room == 2)
    }

    @Test("what comes in pieces is told as one")
    mutating func assembly() {
        connect()

        #expect(say(ScriptedController.data([5, 0, 4, 0, 0x1B, 1])) == [])
        #expect(
            say(ScriptedController.data(flags: 1, [2, 3, 4])) == [.received(Self.band.address, [0x1B, 1, 2, 3, 4])])
    }

    @Test("data of nobody, rests of nothing and messages longer than they say are skipped")
    mutating func misfits() {
        connect()

        #expect(say(ScriptedController.data(handle: 0x41, [1, 0, 4, 0, 1])) == [.skipped(1)])
        #expect(say(ScriptedController.data(flags: 1, [1, 2])) == [.skipped(1)])
        #expect(say(ScriptedController.data([1, 0, 4, 0, 1, 2])) == [.skipped(1)])
        #expect(say(ScriptedController.data([0xFF, 0xFF, 4, 0, 1, 2])) == [.skipped(1)])
    }

    @Test("a device that wants to be paired is told that it cannot be")
    mutating func pairing() {
        connect()

        // Security Request.
        _ = say(ScriptedController.data([2, 0, 6, 0, 0x0B, 0x01]))

        // Pairing Failed: pairing not supported. Core specification, volume 3, part H, section 3.5.5.
        #expect(controller.data == [[0x40, 0x00, 2, 0, 6, 0, 0x05, 0x05]])
    }

    @Test("a device that asks for another pace gets it where it can be, and other signals are rejected")
    mutating func signals() {
        connect()

        _ = say(ScriptedController.data([12, 0, 5, 0, 0x12, 7, 8, 0, 80, 0, 160, 0, 0, 0, 0x58, 2]))
        _ = say(ScriptedController.completed(1))
        _ = say(ScriptedController.data([12, 0, 5, 0, 0x12, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
        _ = say(ScriptedController.completed(1))
        _ = say(ScriptedController.data([4, 0, 5, 0, 0x14, 9, 0, 0]))
        _ = say(ScriptedController.completed(1))
        _ = say(ScriptedController.data([6, 0, 5, 0, 0x13, 9, 2, 0, 0, 0]))

        #expect(
            controller.data.map { Array($0.dropFirst(6)) } == [
                [0x13, 7, 2, 0, 0, 0], [0x13, 8, 2, 0, 1, 0], [0x01, 9, 2, 0, 0, 0],
            ])
        #expect(controller.parameters[0x2013] == [0x40, 0, 80, 0, 160, 0, 0, 0, 0x58, 2, 0, 0, 0, 0])
    }
}
