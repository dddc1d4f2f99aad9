import Testing
import VigilCore

@testable import VigilIngest

/// LE Advertising Report: Bluetooth Core Specification 5.4, volume 4, part E, section 7.7.65.2.
struct LegacyReportsTests {
    /// One report as it stands in the event: kind, kind of address, address (last byte first), length, data, strength.
    private static let sensor: [UInt8] = [0x03, 0x01, 0xB2, 0x18, 0x8D, 0x38, 0xC1, 0xA4, 0x03, 0x02, 0x01, 0x06, 0xC4]
    private static let band: [UInt8] = [0x00, 0x00, 0x55, 0x44, 0x33, 0x22, 0x11, 0xC0, 0x00, 0x7F]

    private struct Heard: Equatable {
        let address: String
        let advertisement: Advertisement
    }

    private func read(_ parameters: [UInt8]) -> (heard: [Heard], unread: Int) {
        var heard: [Heard] = []
        let unread = LegacyReports.read(parameters[...]) { heard.append(Heard(address: "\($0)", advertisement: $1)) }
        return (heard, unread)
    }

    @Test("all reports of an event are told, each with its address, strength and how it was sent")
    func several() {
        let (heard, unread) = read([2] + Self.sensor + Self.band)

        #expect(unread == 0)
        #expect(
            heard == [
                Heard(
                    address: "A4:C1:38:8D:18:B2",
                    advertisement: Advertisement(properties: .isRandomAddress, signalStrength: -60, data: [2, 1, 6])),
                Heard(address: "C0:11:22:33:44:55", advertisement: Advertisement(properties: .isConnectable, data: [])),
            ])
    }

    @Test("a scan response is told apart from the advertisement")
    func scanResponse() {
        var report = Self.sensor
        report[0] = 4

        #expect(read([1] + report).heard.first?.advertisement.properties == [.isRandomAddress, .isScanResponse])
    }

    @Test("a report that lies about its length ends the event, and what came before it is told")
    func lyingLength() {
        var liar = Self.sensor
        liar[8] = 40

        let (heard, unread) = read([3] + Self.band + liar + Self.band)

        #expect(heard.map(\.address) == ["C0:11:22:33:44:55"])
        #expect(unread == 2)
    }

    @Test("an event that promises more reports than it holds tells those that it holds")
    func lyingCount() {
        let (heard, unread) = read([255] + Self.sensor)

        #expect(heard.count == 1)
        #expect(unread == 254)
    }

    @Test("an event cut off anywhere tells nothing that is not whole", arguments: 0..<14)
    func cutOff(length: Int) {
        let (heard, unread) = read(Array(([1] + Self.sensor).prefix(length)))

        #expect(heard.isEmpty == (length < 14))
        #expect(unread == 1)
    }

    @Test("a kind of report that there is not is noise")
    func unknownKind() {
        var report = Self.sensor
        report[0] = 9

        #expect(read([1] + report).unread == 1)
    }
}
