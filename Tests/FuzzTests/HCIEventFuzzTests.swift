import Testing
import VigilCore

@testable import VigilIngest

/// What the receiver reads of a controller's events, against events that are broken. `VIGIL_FUZZ_INPUTS=1000000` tries more,
/// `VIGIL_FUZZ_SEED` others; event number n is made from seed + n alone.
struct HCIEventFuzzTests {
    private static let sender: [UInt8] = [0x55, 0x44, 0x33, 0x22, 0x11, 0xC0]
    private static let data: [UInt8] = [
        2, 0x01, 6, 3, 0x03, 0x0D, 0x18, 6, 0x16, 0xD2, 0xFC, 0x40, 0x29, 0x01, 4, 0x09, 0x62, 0x65, 0x64,
    ]

    /// An extended report; its data are not whole before the last of its pieces.
    private static func extended(_ kind: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0x3E, 0x0D, 1, kind, 0, 1] + sender + [1, 0, 0, 0x7F, 0xC4, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(truncatingIfNeeded: data.count)]
            + data
    }

    /// Code and parameters.
    private static let events: [[UInt8]] = [
        [0x3E, 0x02, 1, 0, 1] + sender + [UInt8(data.count)] + data + [0xC4],
        [0x3E, 0x02, 2, 3, 1] + sender + [0, 0xC4, 4, 0] + sender + [3, 2, 1, 6, 0x7F],
        extended(0x13, data), extended(0x20, [UInt8](repeating: 7, count: 229)), extended(0x00, data), extended(0x40, data),
        [0x3E, 0x01, 0, 0x40, 0, 0, 1] + sender + [24, 0, 0, 0, 0xF4, 1, 0],
        [0x3E, 0x0A, 0, 0x40, 0, 0, 1] + sender + [UInt8](repeating: 0, count: 12) + [24, 0, 0, 0, 0xF4, 1, 0],
        [0x05, 0, 0x40, 0, 0x13], [0x0E, 1, 0x02, 0x20, 0, 27, 0, 3], [0x0F, 0, 1, 0x0D, 0x20], [0x10, 7],
        [0x13, 2, 0x40, 0, 1, 0, 0x41, 0, 2, 0],
    ]

    @Test("an event is read or refused, whatever it holds, and told of as the same whenever it comes", .timeLimit(.minutes(60)))
    func events() {
        let corpus = FuzzCorpus(payloads: Self.events, topics: [])
        var pieces = ExtendedReports()
        var tally = (refused: 0, reports: 0, unread: 0)
        var slowest = SlowestInput()
        for seed in FuzzRun.seeds {
            var mutator = Mutator(seed: seed, corpus: corpus)
            // A packet's length is one byte.
            let event = mutator.payload().prefix(256)
            let complaint = slowest.measure(seed) { Self.check(event, &pieces, &tally) }
            if let complaint {
                Issue.record("seed \(seed): \(complaint) of \(Array(event))")
                return
            }
        }
        let count = FuzzRun.seeds.count
        print(
            "fuzz receiver's hci events: \(count) inputs, \(tally.refused) refused, \(tally.reports) reports, \(tally.unread) unread; \(slowest)"
        )
        #expect(count < 1000 || (tally.refused > count / 100 && tally.reports > count / 10 && tally.unread > count / 100))
    }

    /// What is wrong with what is read of an event, if anything.
    private static func check(
        _ event: ArraySlice<UInt8>, _ pieces: inout ExtendedReports, _ tally: inout (refused: Int, reports: Int, unread: Int)
    ) -> String? {
        guard let code = event.first else { return nil }
        let read = HCIEvent(code: code, parameters: event.dropFirst())
        guard read == HCIEvent(code: code, parameters: event.dropFirst()) else { return "not the same the second time" }
        var complaint: String?
        var reports = 0
        let handle = { (_: BluetoothAddress, advertisement: Advertisement) in
            reports += 1
            if advertisement.data.count > ExtendedReports.longestData { complaint = "a report of \(advertisement.data.count) bytes" }
            let content = AdvertisedContent(advertisement.data)
            if content.services.count > advertisement.data.count { complaint = "more services than bytes" }
            _ = AdvertisedServices.purpose(in: advertisement.data)
        }
        switch read {
        case nil: tally.refused += 1
        case .legacyReports(let parameters): tally.unread += LegacyReports.read(parameters, handle)
        case .extendedReports(let parameters): tally.unread += pieces.read(parameters, handle)
        default: break
        }
        if reports > event.count / 9 { complaint = "\(reports) reports in \(event.count) bytes" }
        tally.reports += reports
        return complaint
    }
}
