import Testing
import VigilCore

@testable import VigilIngest

/// LE Extended Advertising Report: Bluetooth Core Specification 5.4, volume 4, part E, section 7.7.65.13.
struct ExtendedReportsTests {
    private static let complete: UInt16 = 0
    private static let moreToCome: UInt16 = 1 << 5
    private static let truncated: UInt16 = 2 << 5
    private static let legacy: UInt16 = 1 << 4

    /// One report of the address `D1:00:00:00:00:<last>`.
    private static func report(
        _ kind: UInt16, last: UInt8 = 1, set: UInt8 = 0, addressKind: UInt8 = 1, strength: UInt8 = 0xC4, _ data: [UInt8]
    ) -> [UInt8] {
        [UInt8(kind & 0xFF), UInt8(kind >> 8), addressKind, last, 0, 0, 0, 0, 0xD1, 1, 0, set, 0x7F, strength, 0, 0, 0] + [
            0, 0, 0, 0, 0, 0,
        ]
            + [UInt8(data.count)] + data
    }

    private func read(_ events: [[UInt8]]) -> (heard: [Advertisement], misfits: Int) {
        var reports = ExtendedReports()
        var heard: [Advertisement] = []
        var misfits = 0
        for event in events { misfits += reports.read(event[...]) { heard.append($1) } }
        return (heard, misfits)
    }

    @Test("a report that is whole is told at once, and whether it came by extended advertising")
    func whole() {
        let (heard, misfits) = read([[2] + Self.report(Self.complete | 1, [2, 1, 6]) + Self.report(Self.legacy, strength: 0x7F, [])])

        #expect(misfits == 0)
        #expect(
            heard == [
                Advertisement(properties: [.isRandomAddress, .isConnectable, .isExtended], signalStrength: -60, data: [2, 1, 6]),
                Advertisement(properties: .isRandomAddress, data: []),
            ])
    }

    @Test("the pieces of a long one are put together, also between those of others")
    func pieces() {
        let first = [UInt8](repeating: 1, count: 229)
        let (heard, _) = read([
            [1] + Self.report(Self.moreToCome, first),
            [1] + Self.report(Self.moreToCome, last: 2, [7]),
            [1] + Self.report(Self.moreToCome, set: 3, [9]),
            [1] + Self.report(Self.complete, [2, 3]),
            [1] + Self.report(Self.complete, last: 2, [8]),
        ])

        #expect(heard.map(\.data) == [first + [2, 3], [7, 8]])
    }

    @Test("what a controller could not hear to its end is told as far as it came")
    func truncation() {
        let (heard, _) = read([[2] + Self.report(Self.moreToCome, [1]) + Self.report(Self.truncated, [2])])

        #expect(heard.map(\.data) == [[1, 2]])
    }

    @Test("data without an end is dropped at the longest that there can be")
    func endless() {
        let piece = [UInt8](repeating: 0, count: 229)
        let (heard, misfits) = read(Array(repeating: [1] + Self.report(Self.moreToCome, piece), count: 8))

        #expect(heard.isEmpty)
        #expect(misfits == 1)
    }

    @Test("of more advertisers than can be told in pieces at once the oldest is forgotten")
    func bound() {
        let begun = (1...17).map { [1] + Self.report(Self.moreToCome, last: $0, [1]) }
        let (heard, _) = read(
            begun + [[1] + Self.report(Self.complete, last: 1, [2]), [1] + Self.report(Self.complete, last: 17, [2])])

        #expect(heard.map(\.data) == [[2], [1, 2]])
    }

    @Test("who does not say who it is is not told")
    func anonymous() {
        #expect(read([[1] + Self.report(Self.complete, addressKind: 0xFF, [1])]).heard.isEmpty)
    }

    @Test("an event cut off anywhere tells nothing that is not whole", arguments: 0..<27)
    func cutOff(length: Int) {
        let (heard, misfits) = read([Array(([1] + Self.report(Self.complete, [1, 2])).prefix(length))])

        #expect(heard.isEmpty)
        #expect(misfits == 1)
    }
}
