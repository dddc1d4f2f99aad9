import VigilCore
import VigilTesting

@testable import VigilIngest

/// One conversation of the GATT client with a device that breaks what it says.
struct GATTConversation {
    private static let vendor: [UInt8] = [
        0x9E, 0xCA, 0xDC, 0x24, 0x0E, 0xE5, 0xA9, 0xE0, 0x93, 0xF3, 0xA3, 0xB5, 0x01, 0x00, 0x40, 0x6E,
    ]

    private static let vendorService = BluetoothUUID(overTheAir: vendor[...]).map { uuid in
        let characteristics = ([0x03, 0x04] as [UInt8]).compactMap { BluetoothUUID(overTheAir: [$0] + vendor.dropFirst()) }
        return BluetoothService(uuid: uuid, characteristics: characteristics)
    }

    /// What the client waits for when a broken PDU comes, and what the device says of itself.
    static let moments = [
        "mtu", "services", "characteristics", "descriptors", "subscription", "value", "part of a value", "while listening",
        "notification",
        "indication",
    ]

    private var client = GATTClient(
        wanted: (Self.vendorService.map { [.vendor($0)] } ?? []) + WantedService.standard, at: BootTime(0))
    private var device = Peripheral(mtu: 40)
    /// Handles of values that the device tells by itself, with the opcode that it has to use.
    private var told: [(handle: UInt16, opcode: UInt8)] = []
    private var random: Xorshift
    private var sent = 0
    private var heard = 0
    private(set) var isOver = false
    private(set) var isFinished = false
    private(set) var complaint: String?
    /// How many broken PDUs came at each moment.
    private(set) var broken: [String: Int] = [:]

    init(seed: UInt64) {
        random = Xorshift(seed: seed)
        // Its cuff wants to be paired first.
        let isShy = Int.random(in: 0..<4, using: &random) == 0
        device.addService([0x0F, 0x18])
        let battery = device.addCharacteristic([0x19, 0x2A], properties: 0x12, value: [88])
        device.addService([0x0D, 0x18])
        let pulse = device.addCharacteristic([0x37, 0x2A], properties: 0x10, descriptors: [0x2901])
        device.addService([0x10, 0x18])
        let cuff = device.addCharacteristic([0x35, 0x2A], properties: 0x20, needsPairing: isShy)
        device.addService(Self.vendor)
        let vendors = device.addCharacteristic([0x03] + Self.vendor.dropFirst(), properties: 0x32)
        device.addCharacteristic([0x04] + Self.vendor.dropFirst(), properties: 0x02, value: [UInt8](repeating: 7, count: 100))
        told = [(battery, 0x1B), (pulse, 0x1B), (cuff, 0x1D), (vendors, 0x1B), (vendors, 0x1D)]
    }

    mutating func play() {
        var waiting = client.start(at: BootTime(0))
        // A device may talk for ever; what the client asks must come to an end.
        for _ in 0..<400 where complaint == nil {
            var answers: [[UInt8]] = []
            for action in waiting { answers += obey(action) }
            waiting = []
            switch Int.random(in: 0..<8, using: &random) {
            case 0: answers.append(noise())
            case 1, 2: answers.append(news())
            default: break
            }
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

    // MARK: What the device says

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
        default: return pdu
        }
        for moment in [moment, Self.name(of: pdu)].compactMap({ $0 }) { broken[moment, default: 0] += 1 }
        return bytes
    }

    private mutating func noise() -> [UInt8] {
        let opcodes: [UInt8] = [0x01, 0x02, 0x03, 0x05, 0x08, 0x09, 0x0B, 0x0D, 0x11, 0x13, 0x1B, 0x1D, 0x1E, 0x23, 0x52, 0xFF]
        let opcode = opcodes.randomElement(using: &random) ?? 0
        return [opcode] + (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...8, using: &random) }
    }

    /// A value that it tells by itself, subscribed or not.
    private mutating func news() -> [UInt8] {
        guard let (handle, opcode) = told.randomElement(using: &random) else { return [] }
        let value = (0..<Int.random(in: 0...37, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        return [opcode, UInt8(handle & 0xFF), UInt8(handle >> 8)] + value
    }

    // MARK: Moments

    private var moment: String? {
        switch client.step {
        case .exchangingMTU: "mtu"
        case .findingServices: "services"
        case .findingCharacteristics: "characteristics"
        case .findingConfiguration: "descriptors"
        case .subscribing: "subscription"
        case .reading(_, let before): before.isEmpty ? "value" : "part of a value"
        case .listening: "while listening"
        case .ended: nil
        }
    }

    private static func name(of pdu: [UInt8]) -> String? {
        switch pdu.first {
        case 0x1B: "notification"
        case 0x1D: "indication"
        default: nil
        }
    }
}
