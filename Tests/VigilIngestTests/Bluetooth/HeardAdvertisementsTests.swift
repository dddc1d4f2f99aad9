import Testing
import VigilCore

@testable import VigilIngest

struct HeardAdvertisementsTests {
    private static let button = BluetoothAddress(bits: 0xA4C1_388D_18B2)
    private static let press: [UInt8] = [5, 0x16, 0xD2, 0xFC, 0x40, 1]
    private static let idle: [UInt8] = [5, 0x16, 0xD2, 0xFC, 0x40, 0]
    private static let phone: [UInt8] = [4, 0xFF, 0x4C, 0x00, 0x10]

    private var heard = HeardAdvertisements()
    private var interest = BluetoothInterest(services: [0xFCD2], manufacturerData: [[0x4C, 0x00, 0x02, 0x15]])

    private mutating func take(
        _ data: [UInt8], of address: BluetoothAddress = Self.button, at seconds: Double, strength: Int? = -60,
        properties: Advertisement.Properties = [], adapter: String = "hci0"
    ) -> HeardAdvertisements.Verdict {
        heard.take(
            address, Advertisement(properties: properties, signalStrength: strength, data: data), adapter: adapter,
            at: BootTime(Int64(seconds * 1000)), interest)
    }

    @Test("one press that is repeated for seconds is one, however strong and by whichever adapter it is heard")
    mutating func repetition() {
        #expect(take(Self.press, at: 0) == .news)

        for tenth in 1...50 {
            let adapter = tenth.isMultiple(of: 2) ? "hci0" : "hci1"
            #expect(take(Self.press, at: Double(tenth) / 10, strength: -60 - tenth % 7, adapter: adapter) == .repeated)
        }
    }

    @Test("of two adapters that hear a device each tells of it within twelve minutes, and none makes a second press of it")
    mutating func earshot() {
        var told: [String: [Double]] = [:]
        var marks: Set<HeardAdvertisements.Verdict> = []
        for second in 0...3600 {
            for (adapter, late) in [("hci0", 0.0), ("hci1", 0.5)] {
                let verdict = take(Self.press, at: Double(second) + late, adapter: adapter)
                guard verdict != .repeated else { continue }
                told[adapter, default: []].append(Double(second))
                marks.insert(verdict)
            }
        }

        #expect(told["hci1"]?.first == 600)
        for times in told.values { #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 <= 720 }) }
        #expect(marks == [.news, .told([.isRepetition, .wasHeardLately])])
    }

    @Test("the same press after a silence is another one, and after a shorter pause it is not")
    mutating func secondPress() {
        _ = take(Self.press, at: 0)

        #expect(take(Self.press, at: 9.9) == .repeated)
        #expect(take(Self.press, at: 19.9) == .told(.wasHeardLately))
        #expect(take(Self.press, at: 400) == .news)
    }

    @Test("what is said between two presses does not join them, and taking turns makes no news")
    mutating func turns() {
        _ = take(Self.press, at: 0)
        #expect(take(Self.idle, at: 1) == .news)

        #expect(take(Self.press, at: 2) == .repeated)
        #expect(take(Self.idle, at: 3) == .repeated)
        for second in 4...11 { _ = take(Self.idle, at: Double(second)) }
        #expect(take(Self.press, at: 12) == .told(.wasHeardLately))
    }

    @Test("whoever says the same all day is told again every two minutes")
    mutating func renewal() {
        #expect(take(Self.idle, at: 0) == .news)
        let again = (1...600).filter { take(Self.idle, at: Double($0)) == .told([.isRepetition, .wasHeardLately]) }

        #expect(again == [120, 240, 360, 480, 600])
    }

    @Test("what comes back after three seconds of other words is news, and sooner it is told ten seconds after it was told last")
    mutating func flapping() {
        func told(after pause: Int) -> [Int: HeardAdvertisements.Verdict] {
            var test = self
            for tenth in 0..<50 { _ = test.take(Self.press, at: Double(tenth) / 10) }
            for tenth in 50..<50 + pause { _ = test.take(Self.idle, at: Double(tenth) / 10) }
            let verdicts = (50 + pause..<300).map { ($0, test.take(Self.press, at: Double($0) / 10)) }
            return Dictionary(uniqueKeysWithValues: verdicts.filter { $0.1 != .repeated })
        }

        #expect(told(after: 30) == [80: .told(.wasHeardLately)])
        #expect(told(after: 25) == [100: .told([.isRepetition, .wasHeardLately])])
    }

    @Test("what a device says is news once it is registered, however often it was said before")
    mutating func registered() {
        _ = take(Self.idle, at: 0)
        heard.forget([Self.button])

        #expect(take(Self.idle, at: 1) == .news)
    }

    @Test("a scan response is not the advertisement, though it may say the same")
    mutating func scanResponse() {
        _ = take(Self.press, at: 0)

        #expect(take(Self.press, at: 0, properties: .isScanResponse) == .news)
    }

    @Test("strangers' phones are nobody's business; registered devices, known services and beacons are")
    mutating func interests() {
        let stranger = BluetoothAddress(bits: 1)
        #expect(take(Self.phone, of: stranger, at: 0) == .uninteresting)
        #expect(take([7, 0xFF, 0x4C, 0x00, 0x02, 0x15, 1, 2], of: stranger, at: 0) == .news)
        // Behind a length of 0 stands padding.
        #expect(take([0] + Self.press, of: stranger, at: 0) == .uninteresting)

        interest.addresses = [stranger]

        #expect(take(Self.phone, of: stranger, at: 1) == .news)
    }

    @Test("who is heard how is kept for people, names made fit for a terminal")
    mutating func people() throws {
        _ = take([5, 0x09, 0x42, 0x61, 0x1B, 0x64], at: 0, strength: -60)
        _ = take(Self.press, at: 1, strength: -70, adapter: "hci1")
        _ = take(Self.press, at: 2, strength: nil, adapter: "hci1")

        let advertiser = try #require(heard.advertisers.first)

        #expect(heard.advertisers.count == 1)
        #expect(advertiser.count == 3)
        #expect(advertiser.adapter == "hci1")
        #expect(advertiser.heardAt == BootTime(2000))
        #expect(advertiser.signalStrength == nil)
        #expect(advertiser.smoothedStrength == -62)
        #expect(advertiser.name == "Ba\\u{1B}d")
        #expect(advertiser.isOfInterest)
    }

    @Test("a crowd of strangers makes nobody forget what a device said")
    mutating func crowd() {
        _ = take(Self.press, at: 0)

        for number in 0..<10_000 { _ = take(Self.phone, of: BluetoothAddress(bits: UInt64(number)), at: 1) }

        #expect(heard.advertisers.count <= HeardAdvertisements.mostAddresses)
        #expect(take(Self.press, at: 2) == .repeated)
    }

    @Test("a flood of a known kind under invented addresses makes nobody forget what a registered device said")
    mutating func knownKinds() {
        interest.addresses = [Self.button]
        _ = take(Self.press, at: 0)

        for number in 0..<10_000 { _ = take(Self.idle, of: BluetoothAddress(bits: UInt64(number)), at: 1) }

        #expect(heard.advertisers.count <= HeardAdvertisements.mostAddresses)
        #expect(take(Self.press, at: 2) == .repeated)
    }

    @Test("who is registered is asked when room is made: who was, and is no more, is forgotten like others")
    mutating func registeredNoMore() {
        interest.addresses = [Self.button]
        _ = take(Self.press, at: 0)
        interest.addresses = []

        for number in 0..<10_000 { _ = take(Self.idle, of: BluetoothAddress(bits: UInt64(number)), at: 1) }

        #expect(!heard.advertisers.contains { $0.address == Self.button })
    }

    private mutating func flood(_ address: BluetoothAddress, from start: Double, seconds: Int) -> [HeardAdvertisements.Verdict] {
        (0..<seconds * 2000).map { number in
            let words: [UInt8] = [7, 0x16, 0xD2, 0xFC, 0x40, UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF), 0]
            return take(words, of: address, at: start + Double(number) / 2000)
        }
    }

    @Test("of a flood under a registered address a burst becomes frames, and then no more than devices can say")
    mutating func flooded() {
        interest.addresses = [Self.button]

        let told = flood(Self.button, from: 0, seconds: 15).count { $0 == .news }

        // 1,000, and 100 a second.
        #expect((2480...2500).contains(told))
    }

    @Test("what is left out is news when it is heard next")
    mutating func leftOut() {
        interest.addresses = [Self.button]
        _ = flood(Self.button, from: 0, seconds: 1)

        // One more is taken at the full second.
        #expect(take(Self.press, at: 0.999) == .leftOut(.device(Self.button)))
        #expect(take(Self.press, at: 2) == .news)
        #expect(take(Self.press, at: 2.1) == .repeated)
    }

    @Test("a press after a silence that is left out is a press when it is heard next")
    mutating func leftOutAgain() {
        let stranger = BluetoothAddress(bits: 1)
        #expect(take(Self.press, of: stranger, at: 0) == .news)
        _ = flood(BluetoothAddress(bits: 2), from: 10, seconds: 5)

        #expect(take(Self.press, of: stranger, at: 14.999) == .leftOut(.strangers))
        #expect(take(Self.press, of: stranger, at: 16) == .told(.wasHeardLately))
    }

    @Test("a flood under one registered address keeps no other one from being heard")
    mutating func others() {
        let forged = BluetoothAddress(bits: 1)
        interest.addresses = [forged, Self.button]

        for minute in 0..<5 {
            let verdicts = flood(forged, from: Double(minute) * 60, seconds: 5)
            #expect(verdicts.contains(.leftOut(.device(forged))))
            #expect(take([6, 0x16, 0xD2, 0xFC, 0x40, 1, UInt8(minute)], at: Double(minute) * 60 + 5) == .news)
        }
    }

    @Test("data that lies about its length is looked at as far as it goes")
    mutating func lies() {
        #expect(take(Self.press + [200, 0x16, 0xD2], at: 0) == .news)
        #expect(take([200, 0x16, 0xD2, 0xFC], at: 0) == .uninteresting)
        #expect(take([0, 0, 1, 0x16], at: 0) == .uninteresting)
    }
}
