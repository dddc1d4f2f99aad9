import Testing
import VigilCore
import VigilTesting

@testable import VigilIngest

/// From what an adapter tells to frames, with a device that keeps the rules behind it.
struct GATTDeskTests {
    private static let band = BluetoothAddress(bits: 0xC0_11_22_33_44_55)
    private static let flags: [UInt8] = [0x02, 0x01, 0x06]
    private static let mattress = BoundBluetoothDevice(
        address: band, profile: "acme",
        services: [.init(uuid: BluetoothUUID(0xFFF0), characteristics: [BluetoothUUID(0xFFF1)])])
    private static let pulseService: [UInt8] = [0x03, 0x03, 0x0D, 0x18]

    /// An adapter on which everything succeeds at once.
    private struct House {
        var desk = GATTDesk(slots: 1)
        var device = Peripheral()
        var random = SimulatorRandom(seed: 3)
        var time = BootTime(0)
        private(set) var orders: [GATTDesk.Order] = []
        private(set) var values: [String: [[UInt8]]] = [:]

        mutating func tell(_ event: BluetoothEvent) {
            var waiting = desk.take(event, from: 0, at: time, using: &random)
            waiting += desk.advance(to: time)
            while !waiting.isEmpty { waiting += obey(waiting.removeFirst()) }
        }

        mutating func release() { for order in desk.release(from: 0) { _ = obey(order) } }

        private mutating func obey(_ order: GATTDesk.Order) -> [GATTDesk.Order] {
            orders.append(order)
            switch order {
            case .connect(let peer, _): return desk.take(.connected(peer.address), from: 0, at: time, using: &random)
            case .disconnect(let address, _):
                return desk.take(.closed(address, reason: "closed"), from: 0, at: time, using: &random)
            case .send(let pdu, let address, _):
                guard let answer = device.answer(pdu) else { return [] }
                return desk.take(.received(address, answer), from: 0, at: time, using: &random)
            case .value(let frame, let value, _):
                values[frame.topic, default: []].append(value)
                return []
            }
        }
    }

    private static func report(_ data: [UInt8], _ properties: Advertisement.Properties = [.isRandomAddress, .isConnectable])
        -> BluetoothEvent
    {
        .report(band, Advertisement(properties: properties, data: data))
    }

    private static func house(_ service: UInt8, _ characteristic: UInt8, properties: UInt8, needsPairing: Bool = false) -> House {
        var house = House()
        house.device.addService([service, 0x18])
        house.device.addCharacteristic([characteristic, 0x2A], properties: properties, value: [7], needsPairing: needsPairing)
        house.desk.bind([BoundBluetoothDevice(address: band)])
        return house
    }

    @Test("a bound band that advertises is connected and subscribed, and its pulse becomes frames")
    func pulse() throws {
        var house = Self.house(0x0D, 0x37, properties: 0x10)

        house.tell(Self.report(Self.flags + Self.pulseService))
        house.time = BootTime(5000)
        house.tell(.received(Self.band, [0x1B, 3, 0, 0x16, 72]))

        #expect(house.values == ["ble/C0:11:22:33:44:55/2a37": [[0x16, 72]]])
        let status = try #require(house.desk.connections.first)
        #expect(status.state == .connected)
        #expect(status.since == BootTime(0))
        #expect(status.lastValueAt == BootTime(5000))
        #expect(status.characteristics == [BluetoothUUID(0x2A37)])
        #expect(status.lastError == nil)
    }

    @Test("the service may be named by a scan response; alone that is no reason to connect")
    func scanResponse() {
        var house = Self.house(0x0D, 0x37, properties: 0x10)

        house.tell(Self.report(Self.pulseService, [.isRandomAddress, .isScanResponse]))
        #expect(house.orders.isEmpty)
        house.tell(Self.report(Self.flags))

        #expect(house.desk.connections.first?.state == .connected)
    }

    @Test("nobody is connected to a device that is not bound")
    func stranger() {
        var house = Self.house(0x0D, 0x37, properties: 0x10)
        house.desk.bind([])

        house.tell(Self.report(Self.flags + Self.pulseService))

        #expect(house.orders.isEmpty)
        #expect(house.desk.connections.isEmpty)
    }

    @Test("an indication is confirmed after the release; where nothing is stored, at once")
    func confirmation() {
        var house = Self.house(0x10, 0x35, properties: 0x20)
        house.tell(Self.report([0x03, 0x02, 0x10, 0x18]))
        let confirmation = GATTDesk.Order.send([0x1E], Self.band, adapter: 0)

        house.tell(.received(Self.band, [0x1D, 3, 0, 0]))
        #expect(!house.orders.contains(confirmation))
        house.release()
        #expect(house.orders.count { $0 == confirmation } == 1)

        _ = house.desk.readOn(from: 0)
        house.tell(.received(Self.band, [0x1D, 3, 0, 0]))
        #expect(house.orders.count { $0 == confirmation } == 2)
    }

    @Test("an indication that is lost is not confirmed: the connection ends, and the device says it again")
    func lostIndication() {
        var house = Self.house(0x10, 0x35, properties: 0x20)
        house.tell(Self.report([0x03, 0x02, 0x10, 0x18]))
        house.tell(.received(Self.band, [0x1D, 3, 0, 0]))

        let orders = house.desk.lose(Self.band, at: house.time)
        house.release()

        #expect(orders == [.disconnect(Self.band, adapter: 0)])
        #expect(!house.orders.contains(.send([0x1E], Self.band, adapter: 0)))
    }

    @Test("what one adapter released confirms nothing on another")
    func otherAdapter() {
        var house = Self.house(0x10, 0x35, properties: 0x20)
        house.tell(Self.report([0x03, 0x02, 0x10, 0x18]))
        house.tell(.received(Self.band, [0x1D, 3, 0, 0]))

        #expect(house.desk.release(from: 1).isEmpty)
        #expect(house.desk.release(from: 0) == [.send([0x1E], Self.band, adapter: 0)])
    }

    @Test("a device that wants to be paired is let go, and people can read why")
    func pairing() throws {
        var house = Self.house(0x0D, 0x37, properties: 0x10, needsPairing: true)

        house.tell(Self.report(Self.pulseService))

        #expect(house.orders.last == .disconnect(Self.band, adapter: 0))
        let status = try #require(house.desk.connections.first)
        #expect(status.state == .waiting)
        #expect(status.lastError == "the device gives characteristic 2a37 only after pairing (insufficient encryption)")
        #expect(status.nextTryAt ?? BootTime(0) > BootTime(2000))
    }

    @Test("a device that can only be read is read and let go for the next one")
    func readOnly() {
        var house = Self.house(0x0F, 0x19, properties: 0x02)
        house.desk.bind([Self.mattress])

        house.tell(Self.report(Self.flags))

        #expect(house.values == ["ble/C0:11:22:33:44:55/2a19": [[7]]])
        #expect(house.orders.last == .disconnect(Self.band, adapter: 0))
        #expect(house.desk.connections.first?.lastError == "nothing can be subscribed; it was read")
    }

    @Test("a device whose profile names a service is connected to without advertising it, and its frames name the profile")
    func vendor() {
        var house = House()
        house.device.addService([0xF0, 0xFF])
        house.device.addCharacteristic([0xF1, 0xFF], properties: 0x10, value: [])
        house.device.addCharacteristic([0xF2, 0xFF], properties: 0x10, value: [])
        house.desk.bind([Self.mattress])

        house.tell(Self.report(Self.flags))
        house.tell(.received(Self.band, [0x1B, 3, 0, 2]))

        #expect(house.values == ["ble/C0:11:22:33:44:55/fff1/acme": [[2]]])
        #expect(house.desk.connections.first?.characteristics == [BluetoothUUID(0xFFF1)])
    }

    @Test("an answer that never comes closes the connection when its time is over")
    func timeout() {
        var house = Self.house(0x0D, 0x37, properties: 0x10)
        var desk = house.desk
        _ = desk.take(Self.report(Self.pulseService), from: 0, at: BootTime(0), using: &house.random)
        _ = desk.advance(to: BootTime(0))
        _ = desk.take(.connected(Self.band), from: 0, at: BootTime(0), using: &house.random)

        #expect(desk.deadline(after: BootTime(0)) == BootTime(30_000))
        #expect(desk.advance(to: BootTime(30_000)) == [.disconnect(Self.band, adapter: 0)])
    }

    @Test("advertised services: lists of 16-bit UUIDs, up to a length that lies")
    func advertised() {
        #expect(AdvertisedServices.purpose(in: [0x05, 0x02, 0x0F, 0x18, 0x0D, 0x18]) == .stream)
        #expect(AdvertisedServices.purpose(in: [0x02, 0x01, 0x06, 0x05, 0x03, 0x0D, 0x18, 0x09, 0x18]) == .occasion)
        #expect(AdvertisedServices.purpose(in: [0x03, 0x03, 0x0F, 0x18]) == nil)
        #expect(AdvertisedServices.purpose(in: [0x05, 0x03, 0x0F, 0x18, 0x0D]) == nil)
        #expect(AdvertisedServices.purpose(in: [0x00, 0x03, 0x03, 0x0D, 0x18]) == nil)
        #expect(AdvertisedServices.purpose(in: [0x01, 0x03]) == nil)
        #expect(AdvertisedServices.purpose(in: []) == nil)
    }
}
