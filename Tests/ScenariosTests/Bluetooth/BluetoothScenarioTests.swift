import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilTesting

/// Sensors on the air, through a controller and the whole daemon to a person.
///
/// Spec: https://bthome.io/format/, objects 0x29 (smoke) and 0x3A (button); https://bthome.io/encryption/.
@Suite(.enabled(if: VirtualRadio.isInstalled, "there is no virtual Bluetooth controller: scripts/setup --for-tests installs it"))
struct BluetoothScenarioTests {
    private static let button = "A4:C1:38:00:00:01"
    private static let plain = "A4:C1:38:00:00:02"
    private static let sealed = "A4:C1:38:00:00:03"
    private static let band = "A4:C1:38:00:00:04"
    private static let key = "231d39c1d7cc1ab1aee224cd096db932"

    // Made with AES-CCM of the Python package cryptography, by the key above, with counters 100 and 102.
    private static let sealedSmoke: [UInt8] = [0x41, 0x15, 0x1D, 0x64, 0, 0, 0, 0xE8, 0x4F, 0x43, 0x2D]
    private static let laterSmoke: [UInt8] = [0x41, 0x9E, 0x90, 0x66, 0, 0, 0, 0xF8, 0x3D, 0x5F, 0x86]

    private let radio: VirtualRadio
    private let house: CrashHouse

    init() throws {
        radio = try VirtualRadio()
        house = try CrashHouse(residents: 3, extra: "bluetooth: {adapters: [\"\(radio.adapter)\"], keys_file: keys}")
        try "\(Self.sealed) \(Self.key)\n".write(toFile: house.directory + "/keys", atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: house.directory + "/profiles", withIntermediateDirectories: true)
        try Self.profile.write(toFile: house.directory + "/profiles/band.yaml", atomically: true, encoding: .utf8)
        try house.register([
            #"{id: knob, dialect: ble, address: "\#(Self.button)", resident: r1, liveness: one_way, button: sos}"#,
            #"{id: band, dialect: ble, address: "\#(Self.band)", resident: r2, liveness: wearable}"#,
            #"{id: smoke-plain, dialect: ble, address: "\#(Self.plain)", dwelling: d2, liveness: sleepy_smoke}"#,
            #"{id: smoke-sealed, dialect: ble, address: "\#(Self.sealed)", dwelling: d3, liveness: sleepy_smoke}"#,
        ])
    }

    private static let profile = """
        dialect: acme-band
        title: {zh-CN: 手环, en: band}
        source: https://example.org/band.pdf
        liveness: wearable
        messages:
          - bluetooth: {manufacturer: "0A0B"}
            when: {u8@0: 3}
            facts: [{value: true, kind: fall}]
        """

    private func say(_ bthome: [UInt8], from address: String) throws { try tell([0x16, 0xD2, 0xFC] + bthome, from: address) }

    /// - Parameter structure: an AD structure without its length.
    private func tell(_ structure: [UInt8], from address: String) throws {
        var broadcast = VirtualRadio.Broadcast(address, [2, 1, 6, UInt8(structure.count)] + structure)
        broadcast.isRandomAddress = false
        try radio.inject(broadcast)
    }

    /// The sealed smoke beside a transmit power, which makes it news on the air.
    private func repeatSmoke(beside power: UInt8) throws {
        var broadcast = VirtualRadio.Broadcast(
            Self.sealed, [2, 0x0A, power, UInt8(Self.sealedSmoke.count + 3), 0x16, 0xD2, 0xFC] + Self.sealedSmoke)
        broadcast.isRandomAddress = false
        try radio.inject(broadcast)
    }

    private func startScanningDaemon() throws -> ChildProcess {
        let daemon = try house.startReadyDaemon()
        try radio.wait(until: .scanning)
        return daemon
    }

    private func isTold(_ alert: String) -> Bool {
        !house.receiver.wait(within: .seconds(60)) { $0.hook == "officer" && $0.body?.data.alert == alert }.isEmpty
    }

    private func refusals(_ reason: DecodeFailure.Reason) throws -> Int {
        try house.desk.ask("/v1/devices/quarantine", QuarantineReport.self).samples.count { $0.reason == reason }
    }

    @Test("a press, a fall and smoke on the air reach a person, and the receiver shows who was heard")
    func told() throws {
        let daemon = try startScanningDaemon()

        try say([0x44, 0x00, 0x01, 0x3A, 0x01], from: Self.button)
        try say([0x40, 0x29, 0x01], from: Self.plain)
        try say(Self.sealedSmoke, from: Self.sealed)
        try tell([0xFF, 0x0B, 0x0A, 0x03], from: Self.band)

        #expect(isTold("sos-r1-1"), "\(house.log.suffix(2000))")
        #expect(isTold("fall-r2-1"))
        #expect(isTold("smoke-d2-1"))
        #expect(isTold("smoke-d3-1"))
        let heard = try house.desk.ask("/v1/ble", BluetoothReport.self)
        #expect(heard.adapters.map(\.isUp) == [true])
        #expect(Set(heard.peers.compactMap(\.device)) == ["band", "knob", "smoke-plain", "smoke-sealed"])
        daemon.kill()
    }

    @Test("nobody without the key ends an alarm: neither of a device that has one nor of one that has none")
    func forged() throws {
        let daemon = try startScanningDaemon()
        try say([0x40, 0x29, 0x01], from: Self.plain)
        try say(Self.sealedSmoke, from: Self.sealed)
        #expect(isTold("smoke-d2-1") && isTold("smoke-d3-1"))

        try say([0x40, 0x29, 0x00], from: Self.plain)
        try say([0x40, 0x29, 0x00], from: Self.sealed)

        #expect(try patiently { try refusals(.unencrypted) == 1 })
        let open = try house.desk.ask("/v1/alerts?state=open", AlertList.self).alerts
        #expect(open.first { $0.id == "smoke-d2-1" }?.condition == .unknown)
        #expect(open.first { $0.id == "smoke-d3-1" }?.condition == .active)
        daemon.kill()
    }

    private func reload(keys: String) throws -> ReloadResult {
        try keys.write(toFile: house.directory + "/keys", atomically: true, encoding: .utf8)
        return try house.desk.order("/v1/reload", ReloadResult.self)
    }

    @Test("a reload takes new keys, and one that cannot be read keeps the old ones in force and shows none")
    func newKeys() throws {
        try "# none yet\n".write(toFile: house.directory + "/keys", atomically: true, encoding: .utf8)
        let daemon = try startScanningDaemon()
        try say(Self.sealedSmoke, from: Self.sealed)
        #expect(try patiently { try refusals(.undecryptable) == 1 })

        let taken = try reload(keys: "\(Self.sealed) \(Self.key)\n")
        let refused = try reload(keys: "\(Self.sealed) \(Self.key.dropLast())\n")
        try say(Self.laterSmoke, from: Self.sealed)

        #expect(taken.faults.isEmpty)
        #expect(refused.rulesVersion == nil)
        #expect(refused.faults.count == 1)
        #expect(refused.faults.first?.contains("keys: line 1: the key of \(Self.sealed) is not 32 hexadecimal digits") == true)
        #expect(isTold("smoke-d3-1"), "\(house.log.suffix(2000))")
        #expect(!house.log.contains(Self.key.dropLast()))
        daemon.kill()
    }

    @Test("a wrong key is one alert, which the right one ends")
    func wrongKey() throws {
        let wrong = "\(Self.sealed) \(String(Self.key.reversed()))\n"
        try wrong.write(toFile: house.directory + "/keys", atomically: true, encoding: .utf8)
        let daemon = try startScanningDaemon()
        for power in 1...5 { try repeatSmoke(beside: UInt8(power)) }
        #expect(isTold("wrong_key-smoke-sealed-1"), "\(house.log.suffix(2000))")

        let taken = try reload(keys: "\(Self.sealed) \(Self.key)\n")
        try say(Self.laterSmoke, from: Self.sealed)

        #expect(taken.faults.isEmpty)
        #expect(isTold("smoke-d3-1"))
        let open = try house.desk.ask("/v1/alerts?state=open", AlertList.self).alerts
        #expect(open.first { $0.id == "wrong_key-smoke-sealed-1" }?.condition == .cleared)
        daemon.kill()
    }

    @Test("a start with a faulty line keeps watch with the other keys, downgrades nobody, names the line and shows no key")
    func faultyLine() throws {
        let keys = "\(Self.button) \(Self.key.dropLast())\n\(Self.sealed) \(Self.key)\nsmoke-0501 \(Self.key)\n"
        try keys.write(toFile: house.directory + "/keys", atomically: true, encoding: .utf8)
        let daemon = try startScanningDaemon()

        try say([0x44, 0x00, 0x01, 0x3A, 0x01], from: Self.button)
        try say(Self.sealedSmoke, from: Self.sealed)

        #expect(isTold("smoke-d3-1"), "\(house.log.suffix(2000))")
        #expect(isTold("wrong_key-knob-1"))
        #expect(try refusals(.unencrypted) == 1)
        #expect(house.log.contains("line 1: the key of \(Self.button) is not 32 hexadecimal digits"))
        #expect(house.log.contains("line 3: does not begin with an address"))
        #expect(!house.log.contains(Self.key.dropLast()))
        daemon.kill()
    }

    @Test(
        "a start without the file of keys takes nothing plain of a device that a key has proved, however the last life ended",
        arguments: [SIGTERM, SIGKILL])
    func missingFile(end: Int32) throws {
        let first = try startScanningDaemon()
        try say(Self.sealedSmoke, from: Self.sealed)
        #expect(isTold("smoke-d3-1"), "\(house.log.suffix(2000))")
        first.signal(end)
        _ = first.wait()
        try radio.wait(until: .scanning, holds: false)
        try FileManager.default.removeItem(atPath: house.directory + "/keys")

        let second = try startScanningDaemon()
        try say([0x40, 0x29, 0x00], from: Self.sealed)
        try say([0x40, 0x29, 0x01], from: Self.plain)

        #expect(isTold("smoke-d2-1"), "\(house.log.suffix(2000))")
        #expect(isTold("wrong_key-smoke-sealed-1"))
        #expect(try refusals(.unencrypted) == 1)
        #expect(house.log.contains("bluetooth.keys_file"), "\(house.log.suffix(2000))")
        second.kill()
    }

    @Test("a device that counts anew under its key is one alert, and is believed once a person says that it is the device")
    func countsAnew() throws {
        let daemon = try startScanningDaemon()
        try say(Self.laterSmoke, from: Self.sealed)
        #expect(isTold("smoke-d3-1"), "\(house.log.suffix(2000))")

        for power in 1...5 { try repeatSmoke(beside: UInt8(power)) }
        #expect(isTold("counter_reset-smoke-sealed-1"))
        let answer = try house.desk.order("/v1/commands", CommandAnswer.self, #"{"forget_counter": "smoke-sealed", "note": "battery"}"#)
        try repeatSmoke(beside: 6)

        #expect(answer.message == nil)
        #expect(try patiently { try house.desk.ask("/v1/devices/smoke-sealed", DeviceDetailReport.self).frames.count == 7 })
        #expect(try refusals(.replayed) == 5)
        let told = house.receiver.lines.compactMap { $0.body?.data.alert }
        #expect(told.filter { $0.hasPrefix("counter_reset") } == ["counter_reset-smoke-sealed-1"])
        daemon.kill()
    }

    @Test("what was captured before a restart is refused after it, and the device itself is heard")
    func replayed() throws {
        let first = try startScanningDaemon()
        try say(Self.sealedSmoke, from: Self.sealed)
        #expect(isTold("smoke-d3-1"))
        try say(Self.laterSmoke, from: Self.sealed)
        #expect(try patiently { try house.desk.ask("/v1/devices/smoke-sealed", DeviceDetailReport.self).frames.count == 2 })
        first.kill()
        try radio.wait(until: .scanning, holds: false)

        let second = try startScanningDaemon()
        try say(Self.sealedSmoke, from: Self.sealed)

        #expect(try patiently { try refusals(.replayed) == 1 })
        second.kill()
    }
}
