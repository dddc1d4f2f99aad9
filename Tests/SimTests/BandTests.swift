import Foundation
import Testing

@testable import vigil_sim

@Suite struct BandTests {
    private func band() -> Band { Band(name: "band-0001", boot: "9f3c") }

    @Test("a measurement goes out at once and has the documented shape")
    func firstTransmission() throws {
        var band = band()
        try band.measure([("heart_rate_bpm", .number(71))], at: .seconds(1), wall: 1_763_800_000_123)

        let sent = band.transmissions(at: .seconds(1))

        #expect(sent.map(\.topic) == ["vigil/in/band-0001/observation"])
        #expect(sent.map(\.payload) == [#"{"boot":"9f3c","kind":"heart_rate_bpm","seq":1,"ts":1763800000123,"value":71}"#])
        #expect(sent.map(\.quality) == [.atLeastOnce])
    }

    @Test("several facts share a message and each has its own number")
    func severalFacts() throws {
        var band = band()
        try band.measure([("worn", .bool(true)), ("steps", .number(12))], at: .zero, wall: 5)

        let payload = band.transmissions(at: .zero).first?.payload

        #expect(
            payload
                == #"[{"boot":"9f3c","kind":"worn","seq":1,"ts":5,"value":true},{"boot":"9f3c","kind":"steps","seq":2,"ts":5,"value":12}]"#
        )
    }

    @Test("nothing follows before the receipt, and then the next one does")
    func oneAtATime() throws {
        var band = band()
        try band.measure([("steps", .number(1))], at: .zero, wall: 0)
        try band.measure([("steps", .number(2))], at: .zero, wall: 0)
        #expect(band.transmissions(at: .zero).count == 1)
        #expect(band.transmissions(at: .seconds(1)).isEmpty)

        band.settle(BandReceipt(boot: "9f3c", seq: 1))

        #expect(band.transmissions(at: .seconds(1)).map { $0.payload.contains(#""seq":2"#) } == [true])
    }

    @Test("what is not receipted is said again, unchanged, after longer and longer waits")
    func resending() throws {
        var band = band()
        try band.alarm("fall", at: .zero, wall: 7)
        var payloads: [String] = []
        var times: [Int] = []
        for second in 0...40 {
            for publication in band.transmissions(at: .seconds(second)) {
                payloads.append(publication.payload)
                times.append(second)
            }
        }

        #expect(Set(payloads).count == 1)
        #expect(times == [0, 2, 6, 14, 30])
    }

    @Test("an alarm does not wait for the measurement before it, and its receipt settles both")
    func alarmOvertakes() throws {
        var band = band()
        try band.measure([("steps", .number(1))], at: .zero, wall: 0)
        _ = band.transmissions(at: .zero)
        try band.alarm("sos", at: .seconds(1), wall: 0)

        #expect(band.transmissions(at: .seconds(1)).map { $0.payload.contains("sos") } == [true])
        band.settle(BandReceipt(boot: "9f3c", seq: 2))

        #expect(band.nextTransmission == nil)
    }

    @Test("a second alarm waits for the receipt of the first: overtaking would make the first one look like a repetition")
    func alarmsKeepOrder() throws {
        var band = band()
        try band.alarm("fall", at: .zero, wall: 0)
        try band.alarm("sos", at: .zero, wall: 0)
        #expect(band.transmissions(at: .zero).map { $0.payload.contains("fall") } == [true])
        #expect(band.transmissions(at: .milliseconds(1)).isEmpty)

        band.settle(BandReceipt(boot: "9f3c", seq: 1))

        #expect(band.transmissions(at: .milliseconds(1)).map { $0.payload.contains("sos") } == [true])
    }

    @Test("a receipt for an earlier start of the band settles nothing")
    func foreignReceipt() throws {
        var band = band()
        try band.alarm("fall", at: .zero, wall: 0)
        _ = band.transmissions(at: .zero)

        band.settle(BandReceipt(boot: "0000", seq: 99))

        #expect(band.unreceipted == 1)
    }

    @Test("a full memory gives up the oldest measurement and never an alarm")
    func capacity() throws {
        var band = band()
        try band.alarm("fall", at: .zero, wall: 0)
        for count in 1...200 { try band.measure([("steps", .number(count))], at: .zero, wall: 0) }

        #expect(band.transmissions(at: .zero).map { $0.payload.contains("fall") } == [true])
        band.settle(BandReceipt(boot: "9f3c", seq: 1))

        // 63 places were left for measurements: 138 to 200.
        #expect(band.transmissions(at: .zero).map { $0.payload.contains(#""value":138"#) } == [true])
    }
}
