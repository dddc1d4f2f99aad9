import Testing
import VigilCore
import VigilTesting

@testable import VigilIngest

/// The GATT client against a device whose PDUs are broken, missing, doubled or made up. `VIGIL_FUZZ_INPUTS=1000000` plays more
/// conversations, `VIGIL_FUZZ_SEED` others; conversation number n is made from seed + n alone.
struct GATTClientFuzzTests {
    private static let vendor: [UInt8] = [
        0x9E, 0xCA, 0xDC, 0x24, 0x0E, 0xE5, 0xA9, 0xE0, 0x93, 0xF3, 0xA3, 0xB5, 0x01, 0x00, 0x40, 0x6E,
    ]

    fileprivate static let vendorService = BluetoothUUID(wire: vendor).map { uuid in
        let characteristics = ([0x03, 0x04] as [UInt8]).compactMap { BluetoothUUID(wire: [$0] + vendor.dropFirst()) }
        return BoundBluetoothDevice.Service(uuid: uuid, characteristics: characteristics)
    }

    /// - Parameter isShy: its cuff wants to be paired first.
    private static func device(isShy: Bool) -> Peripheral {
        var device = Peripheral(mtu: 40)
        device.addService([0x0F, 0x18])
        device.addCharacteristic([0x19, 0x2A], properties: 0x12, value: [88])
        device.addService([0x0D, 0x18])
        device.addCharacteristic([0x37, 0x2A], properties: 0x10, descriptors: [0x2901])
        device.addService([0x10, 0x18])
        device.addCharacteristic([0x35, 0x2A], properties: 0x20, needsPairing: isShy)
        device.addService(vendor)
        device.addCharacteristic([0x03] + vendor.dropFirst(), properties: 0x32)
        device.addCharacteristic([0x04] + vendor.dropFirst(), properties: 0x02, value: [UInt8](repeating: 7, count: 100))
        return device
    }

    /// What one conversation came to.
    private struct Talk {
        var client = GATTClient(
            wanted: (GATTClientFuzzTests.vendorService.map { [.vendor($0)] } ?? []) + WantedService.standard,
            at: BootTime(0))
        var device: Peripheral
        var random: Xorshift
        var sent = 0
        var heard = 0
        var isOver = false
        var isFinished = false
        var complaint: String?

        init(seed: UInt64) {
            random = Xorshift(seed: seed)
            device = GATTClientFuzzTests.device(isShy: Int.random(in: 0..<4, using: &random) == 0)
        }

        mutating func play() {
            var waiting = client.start(at: BootTime(0))
            // A device may talk for ever; what the client asks must come to an end.
            for _ in 0..<400 where complaint == nil {
                var answers: [[UInt8]] = []
                for action in waiting { answers += obey(action) }
                waiting = []
                if Int.random(in: 0..<4, using: &random) == 0 { answers.append(noise()) }
                for answer in answers {
                    heard += 1
                    waiting += client.received(mutated(answer), at: BootTime(0))
                    if Int.random(in: 0..<8, using: &random) == 0 { waiting += client.confirm() }
                }
                if waiting.isEmpty, Int.random(in: 0..<10, using: &random) == 0 { break }
            }
            // Whatever it waits for, it waits for a bounded time.
            if let deadline = client.deadline { waiting = client.advance(to: deadline) }
            for action in waiting { _ = obey(action) }
            if !isOver, !isFinished { complaint = complaint ?? "neither set up nor given up after its deadline" }
            if client.deadline != nil { complaint = complaint ?? "a deadline after the end" }
        }

        /// Performs an action; returns what the device answers.
        private mutating func obey(_ action: GATTClient.Action) -> [[UInt8]] {
            if isOver { complaint = complaint ?? "\(action) after the end" }
            switch action {
            case .send(let pdu):
                sent += 1
                if pdu.isEmpty || pdu.count > Int(client.mtu) { complaint = "a PDU of \(pdu.count) bytes over an MTU of \(client.mtu)" }
                if sent > heard * 2 + 8 { complaint = "it sends more than it was answered" }
                return device.answer(pdu).map { [$0] } ?? []
            case .value(_, let value):
                if value.count > GATTClient.longestValue { complaint = "a value of \(value.count) bytes" }
            case .subscribed: break
            case .finished: isFinished = true
            case .failed(let failure):
                if failure.words.isEmpty { complaint = "no reason" }
                isOver = true
            }
            return []
        }

        private mutating func mutated(_ pdu: [UInt8]) -> [UInt8] {
            var bytes = pdu
            switch Int.random(in: 0..<60, using: &random) {
            case 0:
                guard !bytes.isEmpty else { break }
                bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            case 2: bytes += (0..<Int.random(in: 1...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            case 3:
                guard bytes.count > 1 else { break }
                bytes[Int.random(in: 1..<bytes.count, using: &random)] = [0, 1, 0xFF].randomElement(using: &random) ?? 0
            case 4: bytes = noise()
            default: break
            }
            return bytes
        }

        private mutating func noise() -> [UInt8] {
            let opcodes: [UInt8] = [0x01, 0x02, 0x03, 0x05, 0x08, 0x09, 0x0B, 0x0D, 0x11, 0x13, 0x1B, 0x1D, 0x1E, 0x23, 0x52, 0xFF]
            let opcode = opcodes.randomElement(using: &random) ?? 0
            return [opcode] + (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...8, using: &random) }
        }
    }

    @Test("the GATT client outlives any device: it ends, in time, and says no more than it was asked", .timeLimit(.minutes(60)))
    func conversations() {
        var finished = 0
        var failed = 0
        for seed in FuzzRun.seeds {
            var talk = Talk(seed: seed)
            talk.play()
            if talk.isFinished { finished += 1 }
            if talk.isOver { failed += 1 }
            if let complaint = talk.complaint {
                Issue.record("seed \(seed): \(complaint)")
                return
            }
        }
        let count = FuzzRun.seeds.count
        print("fuzz gatt: \(count) conversations from seed \(FuzzRun.seeds.lowerBound), \(finished) set up, \(failed) given up")
        // A fuzzer that never comes to the end tests the beginning.
        #expect(count < 1000 || (finished > count / 20 && failed > count / 20))
    }
}
