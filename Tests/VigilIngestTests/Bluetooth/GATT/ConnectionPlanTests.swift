import Testing
import VigilCore
import VigilTesting

@testable import VigilIngest

/// Who is connected and when, in a time of its own.
struct ConnectionPlanTests {
    /// Devices that advertise each second while nobody is connected to them, and an adapter that takes a second for everything.
    private struct House {
        var plan: ConnectionPlan
        var random = SimulatorRandom(seed: 7)
        var time = BootTime(0)
        /// Who is out of reach: attempts at it never succeed.
        var deaf: Set<BluetoothAddress> = []
        /// Who measures nothing.
        var mute: Set<BluetoothAddress> = []
        /// Who advertises; the others are away.
        var present: [BluetoothAddress]
        var purposes: [BluetoothAddress: WantedService.Purpose] = [:]
        private(set) var turns: [BluetoothAddress: [Range<Int64>]] = [:]
        private(set) var attempts: [BluetoothAddress: [Int64]] = [:]
        private(set) var mostAtOnce = 0
        private var connecting: [BluetoothAddress] = []
        private(set) var open: [BluetoothAddress: BootTime] = [:]

        init(_ count: Int, slots: Int) {
            present = (0..<count).map { address($0) }
            plan = ConnectionPlan(slots: slots)
            plan.bind(present.map { BoundBluetoothDevice(address: $0) })
        }

        mutating func run(seconds: Int) {
            for _ in 0..<seconds { step() }
        }

        mutating func step() {
            time = time + .seconds(1)
            for address in connecting where !deaf.contains(address) {
                plan.connected(address, at: time)
                open[address] = time
            }
            connecting.removeAll { !deaf.contains($0) }
            for address in open.keys.sorted() where !mute.contains(address) { plan.measured(address, at: time) }
            for address in present where open[address] == nil {
                plan.advertised(address, purposes[address] ?? .stream)
                plan.heard(BluetoothPeer(address: address, isRandomAddress: true), adapter: 0, at: time)
            }
            for order in plan.advance(to: time) { obey(order) }
            mostAtOnce = max(mostAtOnce, open.count + connecting.count)
        }

        private mutating func obey(_ order: ConnectionPlan.Order) {
            switch order {
            case .connect(let peer, _):
                attempts[peer.address, default: []].append(time.rawValue / 1000)
                connecting.append(peer.address)
            case .disconnect(let address, _): close(address, .lost("closed"))
            }
        }

        mutating func close(_ address: BluetoothAddress, _ ending: ConnectionPlan.Ending) {
            if let since = open.removeValue(forKey: address) {
                turns[address, default: []].append(since.rawValue / 1000..<time.rawValue / 1000)
            }
            connecting.removeAll { $0 == address }
            plan.closed(address, ending, at: time, using: &random)
        }

        /// The longest that a device was without a connection, in seconds, the time before its first one included.
        func longestWait(_ address: BluetoothAddress) -> Int64 {
            var (longest, from) = (Int64(0), Int64(0))
            for turn in turns[address] ?? [] {
                longest = max(longest, turn.lowerBound - from)
                from = turn.upperBound
            }
            if open[address] == nil { longest = max(longest, time.rawValue / 1000 - from) }
            return longest
        }

        func connectedSeconds(_ address: BluetoothAddress) -> Int64 {
            (turns[address] ?? []).reduce(0) { $0 + Int64($1.count) } + (open[address].map { (time - $0).rawValue / 1000 } ?? 0)
        }
    }

    private static func address(_ number: Int) -> BluetoothAddress { BluetoothAddress(bits: 0xC000_0000_0000 + UInt64(number)) }

    @Test("with fewer devices than connections each is connected and stays so")
    func plenty() {
        var house = House(3, slots: 3)

        house.run(seconds: 600)

        #expect(house.open.count == 3)
        #expect(house.attempts.values.allSatisfy { $0.count == 1 })
    }

    @Test("20 devices share 3 connections: each has its turn within 8 minutes, and none has much more than another")
    func fair() {
        var house = House(20, slots: 3)

        house.run(seconds: 3600)

        let waits = house.present.map { house.longestWait($0) }
        let shares = house.present.map { house.connectedSeconds($0) }
        // 20 devices, turns of 60 s, two seconds between them: 17 of them are before it, in three rows.
        #expect(waits.max() ?? .max <= 420)
        #expect(house.mostAtOnce == 3)
        // Three connections, shared by 20 for an hour, are 540 s for each.
        #expect(shares.min() ?? 0 >= 440)
        #expect(shares.max() ?? .max <= 600)
    }

    @Test("devices that cannot be reached take nobody's turn")
    func failing() {
        var house = House(20, slots: 3)
        house.deaf = Set(house.present.prefix(5))

        house.run(seconds: 3600)

        let reachable = house.present.dropFirst(5)
        #expect(reachable.map { house.longestWait($0) }.max() ?? .max <= 480)
        #expect(reachable.map { house.connectedSeconds($0) }.min() ?? 0 >= 480)
        // They are tried again, for ever and less and less often.
        for address in house.deaf {
            let attempts = house.attempts[address] ?? []
            #expect((8...24).contains(attempts.count), "\(attempts)")
        }
    }

    @Test("whoever measures nothing gives way soon where others wait, and stays where nobody does")
    func quiet() {
        var crowded = House(4, slots: 1)
        crowded.mute = [Self.address(0)]
        crowded.run(seconds: 600)
        var alone = House(1, slots: 1)
        alone.mute = [Self.address(0)]
        alone.run(seconds: 600)

        #expect(crowded.turns[Self.address(0)]?.allSatisfy { $0.count <= 21 } == true)
        #expect(crowded.turns[Self.address(1)]?.allSatisfy { $0.count >= 60 } == true)
        #expect(alone.attempts[Self.address(0)]?.count == 1)
    }

    @Test("a cuff that is used while all connections are taken gets one within seconds")
    func occasion() {
        var house = House(4, slots: 2)
        let cuff = Self.address(3)
        house.purposes[cuff] = .occasion
        house.present.removeLast()
        house.run(seconds: 130)
        let usedAt = house.time.rawValue / 1000

        house.present.append(cuff)
        house.run(seconds: 15)

        #expect((house.attempts[cuff]?.first ?? .max) - usedAt <= 11)
    }

    @Test("a device that measures on occasion and advertises all the time has no more than its share")
    func restless() {
        var house = House(8, slots: 2)
        for number in 4..<8 { house.purposes[Self.address(number)] = .occasion }

        house.run(seconds: 3600)

        #expect((0..<4).map { house.longestWait(Self.address($0)) }.max() ?? .max <= 300)
        #expect((0..<4).map { house.connectedSeconds(Self.address($0)) }.min() ?? 0 >= 600)
    }

    @Test("nobody is connected to who is not bound, not heard, not connectable, or has nothing to say")
    func nobody() {
        let bound = Self.address(1)
        var plan = ConnectionPlan(slots: 3)
        plan.bind([BoundBluetoothDevice(address: bound)])

        plan.heard(BluetoothPeer(address: Self.address(2), isRandomAddress: true), adapter: 0, at: BootTime(0))
        plan.advertised(Self.address(2), .stream)
        plan.heard(BluetoothPeer(address: bound, isRandomAddress: true), adapter: 0, at: BootTime(0))
        #expect(plan.advance(to: BootTime(0)).isEmpty)

        plan.advertised(bound, .stream)
        #expect(plan.advance(to: BootTime(15_000)).isEmpty)
        #expect(
            plan.advance(to: BootTime(14_999)) == [.connect(BluetoothPeer(address: bound, isRandomAddress: true), adapter: 0)])
    }

    @Test("one whose profile names services is connected whatever it advertises")
    func named() {
        var plan = ConnectionPlan(slots: 1)
        let address = Self.address(1)
        plan.bind([BoundBluetoothDevice(address: address, services: [.init(uuid: BluetoothUUID(0xFFF0), characteristics: [])])])
        plan.heard(BluetoothPeer(address: address, isRandomAddress: false), adapter: 2, at: BootTime(0))

        #expect(plan.advance(to: BootTime(0)) == [.connect(BluetoothPeer(address: address, isRandomAddress: false), adapter: 2)])
    }

    @Test("an attempt is given up after 10 s, and the next waits longer each time, up to 5 minutes")
    func backoff() {
        var house = House(1, slots: 1)
        house.deaf = [Self.address(0)]

        house.run(seconds: 3600)

        let attempts = house.attempts[Self.address(0)] ?? []
        let gaps = zip(attempts.dropFirst(), attempts).map { $0 - $1 - 10 }
        #expect(gaps.count > 10)
        for (gap, bound) in zip(gaps, [5, 10, 20, 40, 80, 160, 300, 300, 300, 300] as [Int64]) {
            #expect((bound / 2...bound + 1).contains(gap), "\(gaps)")
        }
    }

    @Test("whoever wants to be paired is asked again with encryption, and then left alone for minutes")
    func pairing() throws {
        var plan = ConnectionPlan(slots: 1)
        var random = SimulatorRandom(seed: 1)
        let address = Self.address(1)
        plan.bind([BoundBluetoothDevice(address: address)])
        plan.advertised(address, .stream)
        let refusal = ConnectionPlan.Ending.failed(GATTFailure(kind: .needsPairing, words: "pair"))
        var encrypted: [Bool] = []
        var time = BootTime(0)
        while time < BootTime(0) + .minutes(4) {
            plan.heard(BluetoothPeer(address: address, isRandomAddress: true), adapter: 0, at: time)
            for case .connect(let peer, _) in plan.advance(to: time) {
                encrypted.append(peer.isEncrypted)
                plan.connected(address, at: time)
                _ = plan.giveUp(address, at: time)
                plan.closed(address, refusal, at: time, using: &random)
            }
            time = time + .seconds(1)
        }

        #expect(encrypted == [false, true])
        let device = try #require(plan.devices[address])
        #expect(device.lastError == "pair")
    }

    @Test("a band that measured and got lost is back as soon as it is heard again")
    func lost() {
        var house = House(1, slots: 1)
        let band = Self.address(0)
        house.run(seconds: 30)

        house.close(band, .lost("the device is out of reach"))
        house.run(seconds: 4)

        #expect(house.open[band] != nil)
        #expect(house.attempts[band]?.count == 2)
    }

    @Test("an error is told until the device is connected, and not behind its connection")
    func errorIsOver() throws {
        var house = House(1, slots: 1)
        let band = Self.address(0)
        house.run(seconds: 30)

        house.close(band, .lost("the device is out of reach"))
        #expect(house.plan.devices[band]?.status(of: band, characteristics: []).lastError == "the device is out of reach")
        house.run(seconds: 4)

        #expect(house.open[band] != nil)
        house.plan.adapterIsGone(0, at: house.time)
        #expect(house.plan.devices[band]?.status(of: band, characteristics: []).lastError == nil)
    }

    @Test("an adapter that goes takes its connections with it, and nobody is to blame")
    func adapterGone() {
        var plan = ConnectionPlan(slots: 1)
        let address = Self.address(1)
        plan.bind([BoundBluetoothDevice(address: address)])
        plan.advertised(address, .stream)
        let peer = BluetoothPeer(address: address, isRandomAddress: true)
        plan.heard(peer, adapter: 0, at: BootTime(0))
        _ = plan.advance(to: BootTime(0))
        plan.connected(address, at: BootTime(1000))

        plan.adapterIsGone(0, at: BootTime(2000))
        plan.heard(peer, adapter: 1, at: BootTime(2000))

        #expect(plan.advance(to: BootTime(2000)) == [.connect(peer, adapter: 1)])
    }

    @Test("who is bound no more is let go, and forgotten once it is")
    func unbound() {
        var house = House(2, slots: 2)
        house.run(seconds: 10)

        house.plan.bind([BoundBluetoothDevice(address: Self.address(1))])
        house.present = [Self.address(1)]
        house.run(seconds: 2)

        #expect(house.open.keys.sorted() == [Self.address(1)])
        #expect(house.plan.devices.keys.sorted() == [Self.address(1)])
    }

    @Test("the deadline is when an attempt is given up, a wait is over, or a turn ends for one who waits")
    func deadline() {
        var plan = ConnectionPlan(slots: 1)
        var random = SimulatorRandom(seed: 1)
        let (first, second) = (Self.address(1), Self.address(2))
        plan.bind([BoundBluetoothDevice(address: first), BoundBluetoothDevice(address: second)])
        #expect(plan.deadline(after: BootTime(0)) == nil)
        for address in [first, second] { plan.advertised(address, .stream) }
        plan.heard(BluetoothPeer(address: first, isRandomAddress: true), adapter: 0, at: BootTime(0))
        _ = plan.advance(to: BootTime(0))
        #expect(plan.deadline(after: BootTime(0)) == BootTime(10_000))

        plan.connected(first, at: BootTime(1000))
        #expect(plan.deadline(after: BootTime(1000)) == nil)
        plan.measured(first, at: BootTime(50_000))
        plan.heard(BluetoothPeer(address: second, isRandomAddress: true), adapter: 0, at: BootTime(50_000))
        #expect(plan.deadline(after: BootTime(50_000)) == BootTime(61_000))

        #expect(plan.advance(to: BootTime(60_999)).isEmpty)
        #expect(plan.advance(to: BootTime(61_000)) == [.disconnect(first, adapter: 0)])
        plan.closed(first, .lost("closed"), at: BootTime(61_000), using: &random)
        #expect(plan.devices[first]?.lastError == nil)
    }
}
