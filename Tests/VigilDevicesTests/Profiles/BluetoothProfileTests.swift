import Testing
import VigilCore

@testable import VigilDevices

/// Profiles of what is heard over Bluetooth.
struct BluetoothProfileTests {
    private func decoder(_ messages: String) throws -> BluetoothDecoder {
        let (profile, faults) = ProfileText(messages: messages).read()
        return BluetoothDecoder(profiles: [try #require(profile, "\(faults)")])
    }

    private static let band = """
        - bluetooth: {manufacturer: "0A0B", length: 6}
          when: {u8@0: 2}
          facts:
            - {path: u8@1, kind: heart_rate_bpm, not_measured: [0, 255]}
            - {path: s16le@2, kind: body_temperature_c, scale: 0.01}
            - {path: u8@4&0x01, words: {0: ~, 1: {sos: true}}}
            - {path: u8@4&0x06, words: {1: {worn: true}, 2: {worn: false}}}
            - {path: u8@5, kind: battery_percent, when: {u8@4&0x80: 1}}
        - bluetooth: {manufacturer: "0a0b"}
          when: {u8@0: 3}
          facts: [{value: true, kind: fall}]
        """

    @Test("a receiver listens for what profiles read, and for what is built in")
    func signs() throws {
        let messages = Self.band + "\n- bluetooth: {service: 181a}\n  facts: [{path: u8@0, kind: battery_percent}]"

        let signs = try decoder(messages).signs

        #expect(signs.manufacturerData.contains([0x0B, 0x0A]))
        #expect(signs.services.isSuperset(of: [0x181A, 0xFCD2, 0xFE95]))
    }

    @Test(
        "bytes of a maker's own are read where the profile says",
        arguments: [
            (
                "02480d0e8361",
                [
                    .level(.heart_rate_bpm, 72), .level(.body_temperature_c, 35.97), .event(.sos), .level(.worn, true),
                    .level(.battery_percent, 97),
                ]
            ),
            ("02000d0e0461", [.event(.not_measured, "heart_rate_bpm"), .level(.body_temperature_c, 35.97), .level(.worn, false)]),
            ("03", [.event(.fall)]), ("0248", [.alive]), ("04480d0e8361", [.alive]),
        ] as [(String, [Fact])])
    func manufacturer(digits: String, facts: [Fact]) throws {
        let decoded = try decoder(Self.band).decode(BluetoothSample.manufacturer("0a0b", digits))

        #expect(decoded.facts == facts)
        #expect(decoded.isUnauthenticated)
    }

    @Test("several structures of one company are several messages, each read by the first that fits it")
    func severalStructures() throws {
        let data = ["0b0a03", "0b0a0248ffffff61"].flatMap { digits -> [UInt8] in
            let bytes = BluetoothSample.hex(digits)
            return [UInt8(bytes.count + 1), 0xFF] + bytes
        }

        let decoded = try decoder(Self.band).decode(BluetoothSample.advertisement(data))

        #expect(decoded.facts.contains(.event(.fall)))
        #expect(decoded.facts.contains(.level(.heart_rate_bpm, 72)))
    }

    @Test("service data and a maker's own characteristic are read as well")
    func others() throws {
        let decoder = try decoder(
            """
            - bluetooth: {service: fff0}
              facts: [{path: u8@0, kind: in_bed, words: {0: false, 1: true}}]
            - bluetooth: {service: fff0, characteristic: 0000FFF1-0000-1000-8000-00805F9B34FB}
              facts: [{path: u8@1, kind: respiration_rpm}]
            - bluetooth: {service: e2c56db4-dffb-48d2-b060-d0f5a71096e0, characteristic: e2c56db5-dffb-48d2-b060-d0f5a71096e0}
              facts: [{systolic: u16be@0, diastolic: u16be@2, kind: blood_pressure_mmhg}]
            """)

        #expect(try decoder.decode(BluetoothSample.service("fff0", "01")).facts == [.level(.in_bed, true)])
        #expect(try decoder.decode(BluetoothSample.value("fff1", "000e")).facts == [.level(.respiration_rpm, 14)])
        let pressure = BluetoothSample.value("e2c56db5-dffb-48d2-b060-d0f5a71096e0", "00780050")
        #expect(try decoder.decode(pressure).facts == [.level(.blood_pressure_mmhg, [120, 80])])
    }

    @Test("a device is connected to for the services that its profile's messages name, each with its characteristics once")
    func services() throws {
        let (profile, faults) = ProfileText(
            messages: """
                - bluetooth: {service: FFF0, characteristic: fff1}
                  when: {u8@0: 1}
                  facts: [{value: true, kind: sos}]
                - bluetooth: {service: fff0, characteristic: fff1}
                  facts: [{value: true, kind: left_bed_alarm}]
                - bluetooth: {service: fff0, characteristic: fff2}
                  facts: [{path: u8@0, kind: battery_percent}]
                - bluetooth: {service: fe00}
                  facts: [{path: u8@0, kind: battery_percent}]
                - bluetooth: {characteristic: 2a19}
                  facts: [{path: u8@0, kind: battery_percent}]
                """
        ).read()

        #expect(
            try #require(profile, "\(faults)").services == [
                BluetoothService(uuid: BluetoothUUID(0xFFF0), characteristics: [BluetoothUUID(0xFFF1), BluetoothUUID(0xFFF2)])
            ])
    }

    @Test("where the registry says whose a characteristic is, no other profile reads it")
    func tied() throws {
        func profile(_ name: String, _ kind: String) throws -> Profile {
            let messages = "- bluetooth: {service: fff0, characteristic: fff1}\n  facts: [{value: true, kind: \(kind)}]"
            let text = ProfileText(messages: messages).text.replacing("dialect: acme", with: "dialect: \(name)")
            let (profile, faults) = ProfileText(whole: text).read()
            return try #require(profile, "\(faults)")
        }
        let decoder = BluetoothDecoder(profiles: [try profile("acme", "sos"), try profile("bravo", "left_bed_alarm")])

        #expect(try decoder.decode(BluetoothSample.value("fff1/bravo", "01")).facts == [.event(.left_bed_alarm)])
        #expect(try decoder.decode(BluetoothSample.value("fff1/gone", "01")).facts == [.alive])
        #expect(try decoder.decode(BluetoothSample.value("fff1/acme", "01")).isUnauthenticated)
    }

    @Test(
        "a beacon means what its owner says, and another one is only there",
        arguments: [(100, 0, [.event(.sos)]), (100, 1, [.level(.presence, true)]), (101, 0, [.alive])] as [(Int, Int, [Fact])])
    func beacons(major: Int, minor: Int, facts: [Fact]) throws {
        let decoder = try decoder(
            """
            - bluetooth: {beacon: e2c56db5-dffb-48d2-b060-d0f5a71096e0, major: 100, minor: 0}
              facts: [{value: true, kind: sos}]
            - bluetooth: {beacon: e2c56db5-dffb-48d2-b060-d0f5a71096e0, major: 100}
              facts: [{value: true, kind: presence}]
            """)
        let ids = HexText.digits(UInt64(major), count: 4) + HexText.digits(UInt64(minor), count: 4)

        let decoded = try decoder.decode(BluetoothSample.manufacturer("004c", "0215e2c56db5dffb48d2b060d0f5a71096e0\(ids)c5"))

        #expect(decoded.facts == facts)
    }

    @Test("a profile that is heard over Bluetooth alone is no dialect of topics")
    func registry() throws {
        let profile = try #require(ProfileText(messages: Self.band).read().profile)
        let registry = DecoderRegistry(profiles: [profile])

        #expect(registry.entry(for: "acme") == nil)
        let line = DecodeLine(registry: registry).answer(
            to: #"{"ble":{"address":"C0:43:73:C0:E5:AA","manufacturer_data":{"0a0b":"03"}}}"#)
        #expect(line.contains(#""kind":"fall""#))
    }

    @Test(
        "a message that is wrong is named with what to write",
        arguments: [
            ("{}", "write one of manufacturer"), ("{manufacturer: \"004c\", service: fff0}", "write one of manufacturer"),
            ("{manufacturer: apple}", "is no company"), ("{manufacturer: 76}", "is no company"), ("{service: fff}", "is no UUID"),
            ("{beacon: acme}", "is no UUID"), ("{beacon: fff0, major: 70000}", "70000"), ("{service: fff0, lenght: 3}", "lenght"),
            ("{characteristic: fff1}", "nobody would connect for it; write service: beside it"),
            ("{service: fff, characteristic: fff1}", "is no UUID"),
            ("{service: fff0, characteristic: fff1, beacon: fff0}", "write one of"),
        ])
    func faults(place: String, words: String) {
        let (profile, faults) = ProfileText(messages: "- bluetooth: \(place)\n  facts: [{value: true, kind: sos}]").read()

        #expect(profile == nil)
        #expect(faults.contains { $0.contains(words) && $0.hasPrefix("p.yaml:") }, "\(faults)")
    }

    @Test("a place that is no place among bytes, and a topic beside it, are refused")
    func placesOfTopics() {
        let paths = ProfileText(messages: "- bluetooth: {service: fff0}\n  facts: [{path: vitals.hr, kind: heart_rate_bpm}]").read()
        let topics = ProfileText(messages: "- bluetooth: {service: fff0}\n  topic: acme/{device}").read()

        #expect(paths.faults.contains { $0.contains("is no place among bytes; write type@offset") })
        #expect(topics.faults.contains { $0.contains("topic: belongs to a topic") })
    }
}
