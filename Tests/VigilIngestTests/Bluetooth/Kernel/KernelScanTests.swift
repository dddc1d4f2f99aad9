import Testing
import VigilCore

@testable import VigilIngest

struct KernelScanTests {
    private static let start = BootTime(10_000)
    private static let ask = KernelScan.Effect.send(HCICommand(.readSupportedCommands))
    private static let stop = KernelScan.Effect.send(.setScanEnable(false, isExtended: false))
    private static let set = KernelScan.Effect.send(.setScanParameters(isActive: false, isExtended: false, usesRandomAddress: false))
    private static let begin = KernelScan.Effect.send(.setScanEnable(true, isExtended: false))

    /// Supported commands of a controller with the old scan alone, and of one with the extended one.
    private static let old = [UInt8](repeating: 0, count: 64)[...]
    private static let new = ([UInt8](repeating: 0, count: 37) + [0x60] + [UInt8](repeating: 0, count: 26))[...]

    /// One that scans.
    private static func scanning() -> KernelScan {
        var scan = KernelScan(name: "hci0", isActive: false)
        _ = scan.start(at: start)
        _ = scan.answered(0x1002, .success, old, at: start)
        _ = scan.answered(0x200C, .success, [], at: start)
        _ = scan.answered(0x200B, .success, [], at: start)
        _ = scan.answered(0x200C, .success, [], at: start)
        return scan
    }

    @Test("it stops what goes on, sets the scan, begins it, and is ready")
    func usual() {
        var scan = KernelScan(name: "hci0", isActive: false)

        #expect(scan.start(at: Self.start) == [Self.ask])
        #expect(scan.answered(0x1002, .success, Self.old, at: Self.start) == [Self.stop])
        // Nothing was going on.
        #expect(scan.answered(0x200C, .commandDisallowed, [], at: Self.start) == [Self.set])
        #expect(scan.answered(0x200B, .success, [], at: Self.start) == [Self.begin])
        #expect(scan.answered(0x200C, .success, [], at: Self.start) == [.ready])
        #expect(scan.deadline == nil)
    }

    @Test("a controller with extended scanning gets its commands, and no others")
    func extended() {
        var scan = KernelScan(name: "hci0", isActive: true)
        _ = scan.start(at: Self.start)

        let set = HCICommand.setScanParameters(isActive: true, isExtended: true, usesRandomAddress: false)
        #expect(scan.answered(0x1002, .success, Self.new, at: Self.start) == [.send(.setScanEnable(false, isExtended: true))])
        #expect(scan.answered(0x2042, .success, [], at: Self.start) == [.send(set)])
        #expect(scan.answered(0x2041, .success, [], at: Self.start) == [.send(.setScanEnable(true, isExtended: true))])
        #expect(scan.answered(0x2042, .success, [], at: Self.start) == [.ready])
    }

    @Test(
        "a scan that somebody else touched is begun anew, and nothing is told of it",
        arguments: [0x200B, 0x200C, 0x2041, 0x2042] as [UInt16])
    func touched(opcode: UInt16) {
        var scan = Self.scanning()

        scan.overheard(opcode, at: Self.start)

        let due = Self.start + Milliseconds(300)
        #expect(scan.deadline == due)
        #expect(scan.advance(to: BootTime(due.rawValue - 1)).isEmpty)
        #expect(scan.advance(to: due) == [Self.stop])
        #expect(scan.answered(0x200C, .success, [], at: due) == [Self.set])
        #expect(scan.answered(0x200B, .success, [], at: due) == [Self.begin])
        #expect(scan.answered(0x200C, .success, [], at: due).isEmpty)
        #expect(scan.deadline == nil)
    }

    @Test("while the kernel opens a connection the scan waits for its end, or for five seconds")
    func connecting() {
        var scan = Self.scanning()
        scan.overheard(0x200C, at: Self.start)
        scan.overheard(0x200D, at: Self.start)

        var settled = scan
        settled.connectionSettled(at: Self.start + .seconds(1))
        #expect(settled.deadline == Self.start + Milliseconds(1300))
        #expect(scan.advance(to: Self.start + Milliseconds(4999)).isEmpty)
        #expect(scan.advance(to: Self.start + .seconds(5)) == [Self.stop])
    }

    @Test("after each connection the scan is begun anew: the kernel stopped it")
    func settled() {
        var scan = Self.scanning()

        scan.connectionSettled(at: Self.start)

        #expect(scan.deadline == Self.start + Milliseconds(300))
    }

    @Test("asked to, it begins the scan anew and says that it stands")
    func restart() {
        var scan = Self.scanning()

        scan.restart(at: Self.start)

        #expect(scan.advance(to: Self.start) == [Self.stop])
        #expect(scan.answered(0x200C, .success, [], at: Self.start) == [Self.set])
        #expect(scan.answered(0x200B, .success, [], at: Self.start) == [Self.begin])
        #expect(scan.answered(0x200C, .success, [], at: Self.start) == [.ready])
    }

    @Test("one that is refused is tried again each second, and given up with the reason after ten")
    func refused() {
        var scan = Self.scanning()
        var time = Self.start
        scan.overheard(0x200C, at: time)
        var effects: [KernelScan.Effect] = []
        for _ in 0..<10 {
            time = time + .seconds(1)
            #expect(scan.advance(to: time) == [Self.stop])
            _ = scan.answered(0x200C, .success, [], at: time)
            effects = scan.answered(0x200B, .commandDisallowed, [], at: time)
        }

        #expect(effects == [.failed("hci0 refuses the parameters of the scan: it does not allow this now")])
    }

    @Test("a controller that does not answer for two seconds is given up")
    func silent() {
        var scan = KernelScan(name: "hci0", isActive: false)
        _ = scan.start(at: Self.start)

        #expect(scan.deadline == Self.start + .seconds(2))
        let words = "hci0 does not answer commands: unplug it and plug it in again, or restart the box"
        #expect(scan.advance(to: Self.start + .seconds(2)) == [.failed(words)])
    }

    @Test("answers to commands of others are passed over")
    func others() {
        var scan = KernelScan(name: "hci0", isActive: false)
        _ = scan.start(at: Self.start)

        #expect(scan.answered(0x1009, .success, [], at: Self.start).isEmpty)
        #expect(scan.deadline == Self.start + .seconds(2))
    }
}
