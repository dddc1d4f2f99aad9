import Testing
import VigilCore

@testable import VigilIngest

struct H4LinkSetupTests {
    private static let start = BootTime(1000)
    private static let randomAddress = BluetoothAddress(bits: 0xC0FF_EE00_0001)

    private var link = H4Link(scansActively: false, randomAddress: Self.randomAddress)
    private var controller = ScriptedController()

    private mutating func open() -> [BluetoothEvent] {
        link.open(at: Self.start)
        return controller.talk(&link, at: Self.start)
    }

    @Test("a controller is reset, asked, set up and made to scan passively with the old commands, one command at a time")
    mutating func legacy() {
        #expect(open() == [.ready])

        #expect(controller.opcodes == ScriptedController.ready)
        // Passive, 100 ms, 90 ms, by the public address, from everybody; without a filter for duplicates.
        #expect(controller.parameters[0x200B] == [0, 0xA0, 0, 0x90, 0, 0, 0])
        #expect(controller.parameters[0x200C] == [1, 0])
        #expect(link.deadline == nil)
    }

    @Test("a controller with extended advertising is spoken to with the commands for that alone")
    mutating func extended() {
        controller.answers[0x1002]?[37] = 0b1110_0000

        #expect(open() == [.ready])

        #expect(controller.opcodes.suffix(2) == [0x2041, 0x2042])
        #expect(controller.parameters[0x2041] == [0, 0, 1, 0, 0xA0, 0, 0x90, 0])
        #expect(controller.parameters[0x2042] == [1, 0, 0, 0, 0, 0])
        // Connections, reports, updates, and their enhanced forms.
        #expect(controller.parameters[0x2001] == [0x07, 0x12, 0, 0, 0, 0, 0, 0])
    }

    @Test("a controller without buffers of its own for low energy lends those of classic connections")
    mutating func sharedBuffers() {
        controller.answers[0x2002] = [0, 0, 0]
        controller.answers[0x1005] = [0xFD, 0x03, 64, 8, 0, 0, 0]

        #expect(open() == [.ready])

        #expect(link.traits.packetLength == 1021)
        #expect(link.traits.packetCount == 8)
    }

    @Test("a controller without an address is given a random one")
    mutating func noAddress() {
        controller.answers[0x1009] = [UInt8](repeating: 0, count: 6)

        #expect(open() == [.ready])

        #expect(controller.parameters[0x2005] == [0x01, 0x00, 0x00, 0xEE, 0xFF, 0xC0])
        #expect(controller.parameters[0x200B]?[5] == 1)
    }

    @Test("an old controller that cannot say what it can do is set up all the same")
    mutating func unknownQuestion() {
        controller.refusals[0x1002] = 0x01

        #expect(open() == [.ready])
    }

    @Test("what a controller refuses is said by its name")
    mutating func refusal() {
        controller.refusals[0x200C] = 0x0C

        #expect(open() == [.failed("the controller refuses LE Set Scan Enable: it does not allow this now")])
        #expect(link.state == .closed)
    }

    @Test("a controller that stops answering has failed after three seconds, and not before")
    mutating func silence() {
        controller.ignored = [0x2002]
        #expect(open() == [])
        #expect(link.deadline == BootTime(4000))

        link.advance(to: BootTime(3999))
        #expect(controller.talk(&link, at: BootTime(3999)) == [])
        link.advance(to: BootTime(4000))

        #expect(link.takeEvents() == [.failed("the controller does not answer to LE Read Buffer Size")])
    }

    @Test("reports are told once it scans, and not what was said before")
    mutating func reports() {
        link.open(at: Self.start)
        link.take(ScriptedController.report[...], at: Self.start)
        #expect(controller.talk(&link, at: Self.start) == [.ready])

        link.take(ScriptedController.report[...], at: Self.start)

        let advertisement = Advertisement(properties: .isRandomAddress, signalStrength: -60, data: [2, 1, 6])
        #expect(link.takeEvents() == [.report(BluetoothAddress(bits: 0xA4C1_388D_18B2), advertisement)])
    }

    @Test("a scan is switched off and on again, whatever the controller says to the first")
    mutating func restart() {
        _ = open()
        controller.refusals[0x200C] = 0x0C

        link.restartScan(at: Self.start)

        #expect(controller.talk(&link, at: Self.start) == [.ready])
        #expect(controller.opcodes.suffix(3) == [0x200C, 0x200B, 0x200C])
        #expect(controller.parameters[0x200C] == [1, 0])
    }

    @Test("noise is counted, and so much of it that nothing can be meant by it resets the controller")
    mutating func noise() {
        _ = open()
        link.take([0xFF, 0xFE, 0x77], at: Self.start)
        #expect(link.takeEvents() == [.skipped(3)])

        link.take([UInt8](repeating: 0xFF, count: 5000)[...], at: Self.start)

        #expect(controller.talk(&link, at: Self.start).last == .ready)
        #expect(controller.opcodes == ScriptedController.ready + ScriptedController.ready)
    }

    @Test("nothing but noise from the start is no controller")
    mutating func nothingButNoise() {
        link.open(at: Self.start)

        link.take([UInt8](repeating: 0x55, count: 5000)[...], at: Self.start)

        #expect(link.takeEvents().last == .failed("the controller says nothing but noise"))
    }

    @Test("a controller that says that its hardware is broken is reset")
    mutating func brokenHardware() {
        _ = open()

        link.take(ScriptedController.event(0x10, [0x42])[...], at: Self.start)

        #expect(controller.talk(&link, at: Self.start) == [.ready])
        #expect(controller.opcodes.filter { $0 == 0x0C03 }.count == 2)
    }

    @Test("a packet that lost its end is given up after two seconds, and what it swallowed is told")
    mutating func lostBytes() {
        _ = open()
        link.take([0x04, 0x3E, 0xF0] + ScriptedController.report, at: Self.start)
        #expect(link.takeEvents() == [])
        #expect(link.deadline == BootTime(3000))

        link.advance(to: BootTime(3000))

        let events = link.takeEvents()
        #expect(events.count == 2)
        #expect(events.last == .skipped(3))
    }
}
