import Testing
import VigilCore

@testable import VigilIngest

/// The host's side of H4 against a controller whose bytes are broken, missing, doubled or made up. `VIGIL_FUZZ_INPUTS=1000000` plays more
/// sessions, `VIGIL_FUZZ_SEED` others; session number n is made from seed + n alone.
struct H4LinkFuzzTests {
    private static let band = BluetoothPeer(address: BluetoothAddress(bits: 0xC011_2233_4455), isRandomAddress: true)
    private static let bandBytes: [UInt8] = [0x55, 0x44, 0x33, 0x22, 0x11, 0xC0]

    private static func event(_ code: UInt8, _ parameters: [UInt8]) -> [UInt8] {
        [0x04, code, UInt8(truncatingIfNeeded: parameters.count)] + parameters
    }

    private static func complete(_ opcode: UInt16, _ answer: [UInt8] = []) -> [UInt8] {
        event(0x0E, [1, UInt8(opcode & 0xFF), UInt8(opcode >> 8), 0] + answer)
    }

    /// What a controller answers while it is set up, in order.
    private static func setup(isExtended: Bool) -> [[UInt8]] {
        var commands = [UInt8](repeating: 0, count: 64)
        if isExtended { commands[37] = 0xE0 }
        return [
            complete(0x0C03), complete(0x1002, commands), complete(0x1009, [1, 2, 3, 4, 5, 6]), complete(0x2002, [27, 0, 3]),
            complete(0x0C01), complete(0x2001), complete(isExtended ? 0x2041 : 0x200B), complete(isExtended ? 0x2042 : 0x200C),
        ]
    }

    private static let extendedReport: [UInt8] =
        [0x00, 0x00, 1] + bandBytes + [1, 0, 0, 0x7F, 0xC4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 2, 1, 6]

    /// What happens afterwards, in any order.
    private static let happenings: [[UInt8]] = [
        event(0x3E, [2, 1, 3, 1] + bandBytes + [3, 2, 1, 6, 0xC4]),
        event(0x3E, [2, 2, 3, 1] + bandBytes + [0, 0xC4, 0, 0] + bandBytes + [1, 0, 0x7F]),
        event(0x3E, [0x0D, 1] + extendedReport),
        event(0x3E, [0x0D, 1, 0x20] + extendedReport.dropFirst()),
        event(0x0F, [0, 1, 0x0D, 0x20]), event(0x0F, [0x0C, 1, 0x0D, 0x20]), event(0x0F, [0, 1, 0x43, 0x20]),
        event(0x0F, [0, 1, 0x06, 0x04]), event(0x0E, [1, 0, 0]), complete(0x200B), complete(0x200C), complete(0x200E), complete(0x2041),
        complete(0x2042),
        event(0x3E, [1, 0, 0x40, 0, 0, 1] + bandBytes + [24, 0, 0, 0, 0xF4, 1, 0]),
        event(0x3E, [1, 2, 0, 0, 0, 1] + bandBytes + [0, 0, 0, 0, 0, 0, 0]),
        event(0x05, [0, 0x40, 0, 0x13]), event(0x13, [1, 0x40, 0, 1, 0]), event(0x10, [7]),
        [0x02, 0x40, 0x20, 9, 0, 5, 0, 4, 0, 0x1B, 1, 2, 3, 4], [0x02, 0x40, 0x20, 6, 0, 5, 0, 4, 0, 0x1B, 1],
        [0x02, 0x40, 0x10, 3, 0, 2, 3, 4], [0x02, 0x40, 0x20, 6, 0, 2, 0, 6, 0, 0x0B, 1],
        [0x02, 0x40, 0x20, 16, 0, 12, 0, 5, 0, 0x12, 7, 8, 0, 80, 0, 160, 0, 0, 0, 0x58, 2],
    ]

    private struct Session {
        var link = H4Link(scansActively: false, randomAddress: BluetoothAddress(bits: 0xC0FF_EE00_0001))
        var random: Xorshift
        var time = BootTime(0)
        var reports = 0
        var messages = 0
        var complaint: String?

        init(seed: UInt64) { random = Xorshift(seed: seed) }

        mutating func play() {
            link.open(at: time)
            let isExtended = Bool.random(using: &random)
            for answer in H4LinkFuzzTests.setup(isExtended: isExtended) { say(answer, oneIn: 60) }
            for _ in 0..<40 where complaint == nil {
                wish()
                if let happening = H4LinkFuzzTests.happenings.randomElement(using: &random) { say(happening, oneIn: 4) }
            }
            // Whatever it waits for, it waits for a bounded time.
            for _ in 0..<200 {
                guard complaint == nil, let deadline = link.deadline else { return }
                time = max(time, deadline)
                link.advance(to: time)
                look()
            }
            complaint = complaint ?? "it waits for ever"
        }

        private mutating func wish() {
            switch Int.random(in: 0..<12, using: &random) {
            case 0, 1, 2: link.connect(to: H4LinkFuzzTests.band, at: time)
            case 3: link.disconnect(H4LinkFuzzTests.band.address, at: time)
            case 4, 5:
                let length = Int.random(in: 0...80, using: &random)
                link.send([UInt8](repeating: 0x12, count: length), to: H4LinkFuzzTests.band.address, at: time)
            case 6: link.restartScan(at: time)
            case 7:
                time = time + Milliseconds(Int64.random(in: 0...5000, using: &random))
                link.advance(to: time)
            default: break
            }
            look()
        }

        /// The controller says something, broken once in so many times, in pieces.
        private mutating func say(_ bytes: [UInt8], oneIn rarity: Int) {
            var rest = (Int.random(in: 0..<rarity, using: &random) == 0 ? broken(bytes) : bytes)[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...max(40, rest.count), using: &random))
                rest = rest.dropFirst(piece.count)
                link.take(piece, at: time)
                look()
            }
        }

        private mutating func broken(_ bytes: [UInt8]) -> [UInt8] {
            var bytes = bytes
            for _ in 0...Int.random(in: 0...2, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
                case 1: bytes = Array(bytes.prefix(place))
                case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                case 3: if place < bytes.count { bytes[place] = [0, 0xFF].randomElement(using: &random) ?? 0 }
                default:
                    // Now and then far more than the longest packet.
                    let count = Int.random(in: 0..<8, using: &random) == 0 ? 6000 : Int.random(in: 1...300, using: &random)
                    bytes += [UInt8](repeating: UInt8.random(in: 0...255, using: &random), count: count)
                }
            }
            return bytes
        }

        /// Whether what it told and sent can be.
        private mutating func look() {
            let events = link.takeEvents()
            if events.count > 300 { complaint = "\(events.count) events at once" }
            for (index, event) in events.enumerated() {
                switch event {
                case .report(_, let advertisement):
                    reports += 1
                    if advertisement.data.count > ExtendedReports.longestData { complaint = "a report that is too long" }
                case .received(_, let pdu):
                    messages += 1
                    if pdu.count > L2CAPAssembly.longestMessage { complaint = "a message that is too long" }
                case .failed:
                    if index != events.count - 1 || link.state != .closed || link.deadline != nil {
                        complaint = "it goes on after its end"
                    }
                case .skipped(let count): if count <= 0 { complaint = "nothing was skipped" }
                case .ready, .connected, .closed: break
                }
            }
            if link.takeOutput().count > 4096 { complaint = "it sends without an end" }
            if !(0...link.traits.packetCount).contains(link.room) { complaint = "room for \(link.room) packets" }
            if link.connections.count > 1 { complaint = "\(link.connections.count) connections to one device" }
        }
    }

    @Test("the host's side of H4 outlives any controller, and ends what it waits for", .timeLimit(.minutes(60)))
    func sessions() {
        var reports = 0
        var messages = 0
        for seed in FuzzRun.seeds {
            var session = Session(seed: seed)
            session.play()
            if let complaint = session.complaint {
                Issue.record("seed \(seed): \(complaint)")
                return
            }
            reports += session.reports
            messages += session.messages
        }
        let count = FuzzRun.seeds.count
        print("fuzz h4: \(count) sessions from seed \(FuzzRun.seeds.lowerBound), \(reports) reports, \(messages) messages")
        // A fuzzer whose controllers all fail to be set up tests the setup.
        #expect(count < 1000 || (reports > count / 4 && messages > count / 100))
    }
}
