import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilTesting

/// A mattress and a band that say what they have to say in services of their makers' own, through the whole daemon to a person.
@Suite(.enabled(if: VirtualRadio.isInstalled, "there is no virtual Bluetooth controller: scripts/setup --for-tests installs it"))
struct VendorServiceScenarioTests {
    private static let mattress = "A4:C1:38:00:00:21"
    private static let band = "A4:C1:38:00:00:22"
    private static let stranger = "A4:C1:38:00:00:23"
    private static let service = "7B1D0001-5A4E-4D2C-9C5B-3F1A6E0C8D00"
    private static let state = "7B1D0002-5A4E-4D2C-9C5B-3F1A6E0C8D00"

    private static let profiles = [
        """
        dialect: acme-mattress
        title: {zh-CN: 床垫, en: mattress}
        source: https://example.org/mattress.pdf
        liveness: mains
        messages:
          - bluetooth: {service: 7b1d0001-5a4e-4d2c-9c5b-3f1a6e0c8d00, characteristic: 7b1d0002-5a4e-4d2c-9c5b-3f1a6e0c8d00}
            facts:
              - {path: u8@0, kind: in_bed, words: {0: false, 1: true, 2: false}}
              - {path: u8@0, words: {0: ~, 1: ~, 2: {left_bed_alarm: true}}}
        """,
        """
        dialect: bravo-band
        title: {zh-CN: 手环, en: band}
        source: https://example.org/band.pdf
        liveness: wearable
        messages:
          - bluetooth: {service: fff0, characteristic: fff1}
            facts: [{path: u8@0, words: {0: ~, 1: {sos: true}}}]
        """,
    ]

    private func house(_ radio: VirtualRadio) throws -> CrashHouse {
        let house = try CrashHouse(residents: 3, extra: "bluetooth: {adapters: [\"\(radio.adapter)\"]}")
        try FileManager.default.createDirectory(atPath: house.directory + "/profiles", withIntermediateDirectories: true)
        for (index, profile) in Self.profiles.enumerated() {
            try profile.write(toFile: house.directory + "/profiles/\(index).yaml", atomically: true, encoding: .utf8)
        }
        try house.register([
            #"{id: bed, dialect: ble, address: "\#(Self.mattress)", resident: r1, liveness: mains, profile: acme-mattress}"#,
            #"{id: band, dialect: ble, address: "\#(Self.band)", resident: r2, liveness: wearable, profile: bravo-band}"#,
            #"{id: other, dialect: ble, address: "\#(Self.stranger)", resident: r3, liveness: wearable}"#,
        ])
        return house
    }

    private func add(_ address: String, _ service: String, _ characteristic: String, to radio: VirtualRadio) throws {
        let services = [VirtualRadio.Service(service, [VirtualRadio.Characteristic(characteristic, [.read, .notify], [0])])]
        try radio.addPeripheral(address, services: services, isRandomAddress: false)
    }

    @Test("who leaves the bed and who presses is told to a person, by services that the profiles of registered devices name")
    func told() throws {
        let radio = try VirtualRadio()
        let house = try house(radio)
        try add(Self.mattress, Self.service, Self.state, to: radio)
        try add(Self.band, "FFF0", "FFF1", to: radio)
        try add(Self.stranger, "FFF0", "FFF1", to: radio)
        let daemon = try house.startReadyDaemon()
        try radio.wait(until: .subscribed(to: Self.mattress, uuid: Self.state))
        try radio.wait(until: .subscribed(to: Self.band, uuid: "FFF1"))

        try radio.notify([1], of: Self.state, at: Self.mattress)
        try radio.notify([2], of: Self.state, at: Self.mattress)
        try radio.notify([1], of: "FFF1", at: Self.band)

        #expect(isTold("left_bed_alarm-r1-1", in: house), "\(house.log.suffix(2000))")
        #expect(isTold("sos-r2-1", in: house))
        let bed = try house.desk.ask("/v1/devices/bed", DeviceDetailReport.self)
        #expect(bed.frames.map(\.topic).contains("ble/\(Self.mattress)/\(Self.state.lowercased())/acme-mattress"))
        // Nobody tied the third one to a profile.
        let peers = try house.desk.ask("/v1/ble", BluetoothReport.self).peers
        #expect(peers.first { $0.device == "other" }?.connection == nil)
        daemon.kill()
    }

    private func isTold(_ alert: String, in house: CrashHouse) -> Bool {
        !house.receiver.wait(within: .seconds(60)) { $0.hook == "officer" && $0.body?.data.alert == alert }.isEmpty
    }
}
