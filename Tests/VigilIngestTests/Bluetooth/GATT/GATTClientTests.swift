import Testing
import VigilCore
import VigilTesting

@testable import VigilIngest

/// The client against a server that keeps the rules, and against some that do not.
struct GATTClientTests {
    private static let start = BootTime(1000)
    private static let vendorWire: [UInt8] = [
        0x9E, 0xCA, 0xDC, 0x24, 0x0E, 0xE5, 0xA9, 0xE0, 0x93, 0xF3, 0xA3, 0xB5, 0x01, 0x00, 0x40, 0x6E,
    ]

    private static func band(mtu: UInt16? = 185) -> (device: Peripheral, pulse: UInt16, battery: UInt16) {
        var device = Peripheral(mtu: mtu)
        device.addService([0x00, 0x18])
        device.addCharacteristic([0x00, 0x2A], properties: 0x02, value: Array("Band".utf8))
        device.addService([0x0F, 0x18])
        let battery = device.addCharacteristic([0x19, 0x2A], properties: 0x12, value: [88])
        device.addService([0x0D, 0x18])
        let pulse = device.addCharacteristic([0x37, 0x2A], properties: 0x10, descriptors: [0x2901])
        device.addCharacteristic([0x38, 0x2A], properties: 0x02, value: [1])
        return (device, pulse, battery)
    }

    /// Lets them talk until the client asks no more; returns what else it did.
    private static func talk(
        _ client: inout GATTClient, _ device: inout Peripheral, rewriting: ([UInt8]) -> [UInt8] = { $0 }
    ) -> [GATTClient.Action] {
        var told: [GATTClient.Action] = []
        var actions = client.start(at: start)
        while !actions.isEmpty {
            let action = actions.removeFirst()
            guard case .send(let pdu) = action else {
                told.append(action)
                continue
            }
            if let answer = device.answer(pdu) { actions += client.received(rewriting(answer), at: start) }
        }
        return told
    }

    private static func client(_ wanted: [WantedService] = WantedService.standard) -> GATTClient {
        GATTClient(wanted: wanted, at: start)
    }

    @Test("a band's pulse is subscribed first, then its battery is subscribed and read", arguments: [185, 23, nil] as [UInt16?])
    func band(mtu: UInt16?) {
        var (device, pulse, battery) = Self.band(mtu: mtu)
        var client = Self.client()

        let told = Self.talk(&client, &device)

        let (pulseUUID, batteryUUID) = (BluetoothUUID(0x2A37), BluetoothUUID(0x2A19))
        #expect(
            told == [.subscribed(pulseUUID), .subscribed(batteryUUID), .value(batteryUUID, [88]), .finished(listens: true)])
        #expect(device.configuration(of: pulse) == [1, 0])
        #expect(device.configuration(of: battery) == [1, 0])
        #expect(client.deadline == nil)
        #expect(client.received([0x1B, UInt8(pulse), 0, 0x16, 72], at: Self.start) == [.value(pulseUUID, [0x16, 72])])
    }

    @Test("nothing is asked of services that nobody wants")
    func unwanted() {
        var (device, _, _) = Self.band()
        var client = Self.client()

        _ = Self.talk(&client, &device)

        // Generic Access stands from 1 to 3.
        #expect(!device.heard.contains { $0.first == 0x08 && $0[1] < 4 })
        #expect(!device.heard.contains { $0.first == 0x0A && $0[1] <= 3 })
    }

    @Test("an indication is confirmed when it is stored, not before")
    func indication() {
        var device = Peripheral()
        device.addService([0x10, 0x18])
        let cuff = device.addCharacteristic([0x35, 0x2A], properties: 0x20)
        var client = Self.client()
        _ = Self.talk(&client, &device)

        let heard = client.received([0x1D, UInt8(cuff), 0, 0x00, 0x78], at: Self.start)

        #expect(device.configuration(of: cuff) == [2, 0])
        #expect(heard == [.value(BluetoothUUID(0x2A35), [0x00, 0x78])])
        #expect(client.confirm() == [.send([0x1E])])
        #expect(client.confirm().isEmpty)
    }

    @Test("what a bonded device says before its characteristics are found is told once they are")
    func early() {
        var device = Peripheral()
        device.addService([0x10, 0x18])
        let cuff = device.addCharacteristic([0x35, 0x2A], properties: 0x20)
        var client = Self.client()
        var told = client.start(at: Self.start)
        told += client.received([0x1D, UInt8(cuff), 0, 1, 2], at: Self.start)
        told += client.received([0x1B, 0x77, 0, 1, 2], at: Self.start)

        told += Self.talk(&client, &device)

        #expect(told.filter { if case .value = $0 { true } else { false } } == [.value(BluetoothUUID(0x2A35), [1, 2])])
        #expect(client.confirm() == [.send([0x1E])])
    }

    @Test("a vendor's service is taken whole: subscribed where it can be, else read")
    func vendor() throws {
        var device = Peripheral(mtu: 23)
        device.addService(Self.vendorWire)
        device.addCharacteristic([0x03] + Self.vendorWire.dropFirst(), properties: 0x10)
        let long = (0..<100).map { UInt8($0) }
        device.addCharacteristic([0x04] + Self.vendorWire.dropFirst(), properties: 0x02, value: long)
        device.addCharacteristic([0x05] + Self.vendorWire.dropFirst(), properties: 0x08)
        let uuid = try #require(BluetoothUUID(overTheAir: Self.vendorWire[...]))
        let notified = try #require(BluetoothUUID(overTheAir: [0x03] + Self.vendorWire.dropFirst()))
        let read = try #require(BluetoothUUID(overTheAir: [0x04] + Self.vendorWire.dropFirst()))
        var client = Self.client([.vendor(.init(uuid: uuid, characteristics: [notified, read]))] + WantedService.standard)

        let told = Self.talk(&client, &device)

        #expect(told == [.subscribed(notified), .value(read, long), .finished(listens: true)])
    }

    @Test("a long value is read to its end, also where that fills the PDU", arguments: [0, 21, 22, 23, 44, 100, 512])
    func longValue(count: Int) {
        var device = Peripheral(mtu: 23)
        device.addService([0x0A, 0x18])
        let value = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        device.addCharacteristic([0x29, 0x2A], properties: 0x02, value: value)
        var client = Self.client()

        #expect(Self.talk(&client, &device) == [.value(BluetoothUUID(0x2A29), value), .finished(listens: false)])
    }

    @Test("a pulse that is given only after pairing is refused with that reason")
    func pairing() {
        var device = Peripheral()
        device.addService([0x0D, 0x18])
        device.addCharacteristic([0x37, 0x2A], properties: 0x10, needsPairing: true)
        var client = Self.client()

        let told = Self.talk(&client, &device)

        let words = "the device gives characteristic 2a37 only after pairing (insufficient encryption)"
        #expect(told == [.failed(GATTFailure(kind: .needsPairing, words: words))])
        #expect(client.received([0x1B, 3, 0, 1], at: Self.start).isEmpty)
    }

    @Test("a battery that is given only after pairing does not keep the pulse from being heard")
    func pairingBeside() {
        var device = Peripheral()
        device.addService([0x0F, 0x18])
        device.addCharacteristic([0x19, 0x2A], properties: 0x12, value: [88], needsPairing: true)
        device.addService([0x0D, 0x18])
        device.addCharacteristic([0x37, 0x2A], properties: 0x10)
        var client = Self.client()

        #expect(Self.talk(&client, &device) == [.subscribed(BluetoothUUID(0x2A37)), .finished(listens: true)])
    }

    @Test("a device with nothing to listen to is unsuitable")
    func unsuitable() {
        var device = Peripheral()
        device.addService([0x00, 0x18])
        device.addCharacteristic([0x00, 0x2A], properties: 0x02)
        var client = Self.client()

        let words = "the device has none of the services that are listened to"
        #expect(Self.talk(&client, &device) == [.failed(GATTFailure(kind: .unsuitable, words: words))])
    }

    @Test("requests of the peer are answered: not supported", arguments: [0x02, 0x08, 0x12, 0x3F] as [UInt8])
    func requests(opcode: UInt8) {
        var client = Self.client()
        _ = client.start(at: Self.start)

        #expect(client.received([opcode, 1, 2], at: Self.start) == [.send([0x01, opcode, 0, 0, 0x06])])
    }

    @Test("a request without an answer for 30 s ends it, and the reason says which")
    func timeout() {
        var client = Self.client()
        _ = client.start(at: Self.start)
        let due = Self.start + .seconds(30)

        #expect(client.deadline == due)
        #expect(client.advance(to: BootTime(due.rawValue - 1)).isEmpty)
        let words = "no answer to the exchange of MTUs within 30 s"
        #expect(client.advance(to: due) == [.failed(GATTFailure(kind: .passing, words: words))])
        #expect(client.deadline == nil)
    }

    @Test("a device that answers slowly for ever is given up after 60 s")
    func slow() {
        var client = Self.client()
        var time = Self.start
        _ = client.start(at: time)
        _ = client.received([0x03, 23, 0], at: time)
        var handle: UInt8 = 1
        while time < Self.start + .seconds(50) {
            time = time + .seconds(10)
            _ = client.received([0x11, 6, handle, 0, handle, 0, 0, 0x18], at: time)
            handle += 1
        }

        #expect(client.deadline == Self.start + .seconds(60))
        let words = "the device was not set up within 60 s"
        #expect(client.advance(to: Self.start + .seconds(60)) == [.failed(GATTFailure(kind: .passing, words: words))])
    }

    @Test("services whose handles go back or leave their range end the list, and what came before is kept")
    func lyingServices() {
        let lies: [[UInt8]] = [
            // The same again, backwards, the last before the first, handle 0.
            [0x11, 6, 1, 0, 5, 0, 0x0D, 0x18], [0x11, 6, 5, 0, 4, 0, 0x0F, 0x18], [0x11, 6, 9, 0, 8, 0, 0x0F, 0x18],
            [0x11, 6, 0, 0, 9, 0, 0x0F, 0x18],
        ]
        for lie in lies {
            var client = Self.client()
            _ = client.start(at: Self.start)
            _ = client.received([0x03, 23, 0], at: Self.start)
            let more = client.received([0x11, 6, 1, 0, 5, 0, 0x0D, 0x18], at: Self.start)
            let next = client.received(lie, at: Self.start)

            #expect(more == [.send([0x10, 6, 0, 0xFF, 0xFF, 0x00, 0x28])])
            #expect(next == [.send([0x08, 1, 0, 5, 0, 0x03, 0x28])], "\(lie)")
        }
    }

    @Test("characteristics and descriptors that go back or leave their range end the list")
    func lyingCharacteristics() {
        let lies: [[UInt8]] = [
            // Declared outside the service, its value before it, its value outside, at the last handle.
            [0x09, 7, 9, 0, 0x10, 10, 0, 0x37, 0x2A], [0x09, 7, 3, 0, 0x10, 2, 0, 0x37, 0x2A], [0x09, 7, 3, 0, 0x10, 9, 0, 0x37, 0x2A],
            [0x09, 7, 5, 0, 0x10, 5, 0, 0x37, 0x2A], [0x09, 7, 0, 0, 0x10, 3, 0, 0x37, 0x2A], [0x09, 4, 3, 0, 0x10, 3],
        ]
        for lie in lies {
            var client = Self.client()
            _ = client.start(at: Self.start)
            _ = client.received([0x03, 23, 0], at: Self.start)
            _ = client.received([0x11, 6, 1, 0, 5, 0, 0x0D, 0x18], at: Self.start)
            _ = client.received([0x01, 0x10, 6, 0, 0x0A], at: Self.start)

            let end = client.received(lie, at: Self.start)

            let words = "the device has none of the services that are listened to"
            #expect(end == [.failed(GATTFailure(kind: .unsuitable, words: words))], "\(lie)")
        }
    }

    @Test("a descriptor outside its characteristic is not written to")
    func lyingDescriptor() {
        var (device, _, _) = Self.band()
        var client = Self.client()
        let told = Self.talk(&client, &device) { answer in
            answer.first == 0x05 ? [0x05, 0x01, 0x01, 0x00, 0x02, 0x29] : answer
        }

        #expect(!device.heard.contains { $0.first == 0x12 })
        // The battery can be read at least.
        #expect(told == [.value(BluetoothUUID(0x2A19), [88]), .finished(listens: false)])
    }

    @Test("an MTU below the smallest is the smallest, and none is above what was offered")
    func liesAboutTheMTU() {
        for (theirs, expected) in [([0, 0], 23), ([22, 0], 23), ([0xFF, 0xFF], 247), ([100, 0], 100)] as [([UInt8], UInt16)] {
            var client = Self.client()
            _ = client.start(at: Self.start)
            _ = client.received([0x03] + theirs, at: Self.start)
            #expect(client.mtu == expected)
        }
    }

    @Test("nonsense in the place of an answer ends it, any other is passed over")
    func nonsense() {
        var client = Self.client()
        _ = client.start(at: Self.start)
        let nonsense: [[UInt8]] = [[], [0x1B], [0x11, 6, 1], [UInt8](repeating: 0x1B, count: 300)]
        for pdu in nonsense { #expect(client.received(pdu, at: Self.start).isEmpty, "\(pdu)") }

        let words = "the device's answer to the exchange of MTUs is no valid ATT"
        #expect(client.received([0x03, 1], at: Self.start) == [.failed(GATTFailure(kind: .passing, words: words))])
    }

    @Test("answers to what was not asked are passed over")
    func unasked() {
        var client = Self.client()
        _ = client.start(at: Self.start)
        for pdu in [[0x13], [0x0B, 1], [0x11, 6, 1, 0, 5, 0, 0x0D, 0x18], [0x01, 0x0A, 1, 0, 0x05], [0x01, 0x01, 0, 0, 6]] as [[UInt8]]
        {
            #expect(client.received(pdu, at: Self.start).isEmpty, "\(pdu)")
        }
        #expect(client.received([0x03, 23, 0], at: Self.start) == [.send([0x10, 1, 0, 0xFF, 0xFF, 0x00, 0x28])])
    }
}
