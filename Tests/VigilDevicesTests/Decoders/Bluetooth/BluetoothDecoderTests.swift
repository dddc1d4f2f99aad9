import Testing
import VigilCore

@testable import VigilDevices

struct BluetoothDecoderTests {
    private let decoder = BluetoothDecoder()

    /// Source: custom-components/ble_monitor, iBeacon and AltBeacon.
    private static let iBeacon = "1aff4c000215e2c56db5dffb48d2b060d0f5a71096e000640000c5"
    private static let altBeacon = "1bffffffbeacd3162f5af3ee494799db09756062d0fc005a0005c400"

    @Test(
        "a beacon is known by its ids where its address changes, and by its address where that stays",
        arguments: [
            (iBeacon, "6A:6B:C9:A2:3E:43", true, "ibeacon/e2c56db5-dffb-48d2-b060-d0f5a71096e0/100/0"),
            (altBeacon, "2D:40:27:85:98:05", true, "altbeacon/d3162f5a-f3ee-4947-99db-09756062d0fc/90/5"),
            (iBeacon, "C6:B5:45:F6:F1:8E", true, "C6:B5:45:F6:F1:8E"), (iBeacon, "6A:6B:C9:A2:3E:43", false, "6A:6B:C9:A2:3E:43"),
            ("020106", "6A:6B:C9:A2:3E:43", true, "6A:6B:C9:A2:3E:43"),
            // Apple's other messages, and one that is cut off
            ("0aff4c001005441cbd08c5", "6A:6B:C9:A2:3E:43", true, "6A:6B:C9:A2:3E:43"),
            ("08ff4c000215e2c56d", "6A:6B:C9:A2:3E:43", true, "6A:6B:C9:A2:3E:43"),
        ])
    func identity(digits: String, sender: String, isRandom: Bool, name: String) throws {
        let frame = BluetoothSample.advertisement(
            BluetoothSample.hex(digits), from: sender, properties: isRandom ? .isRandomAddress : [])

        #expect(decoder.address(of: frame) == DeviceAddress(dialect: "ble", name: name))
        let decoded = try decoder.decode(frame)
        #expect(decoded.facts == [.alive])
        #expect(decoded.isUnauthenticated)
    }

    @Test("a topic that no receiver gives is nobody's", arguments: ["ble/x/advertisement", "ble/A4:C1:38:8D:18:B2", "zigbee2mqtt/x"])
    func topics(topic: String) throws {
        let frame = Frame(source: "ble", origin: .mqtt(topic: topic), payload: [1, 0, 127])

        #expect(decoder.address(of: frame) == nil)
        #expect(try decoder.decode(frame) == Decoded())
    }

    @Test("a payload of a version that is not known is refused", arguments: ["02007f", "01", "0100"])
    func versions(digits: String) {
        let frame = Frame(
            source: "ble", origin: .mqtt(topic: "ble/A4:C1:38:8D:18:B2/advertisement"), payload: BluetoothSample.hex(digits))

        #expect(throws: DecodeFailure.self) { try decoder.decode(frame) }
    }

    @Test(
        "bands and straps advertise a pulse",
        arguments: [
            // Source: polarofficial/polar-ble-sdk, an OH1; the same with a fourth byte, off the skin, and cut off
            ("006b", "72067f443700000033003c", [.level(.heart_rate_bpm, 60)]),
            ("006b", "7a010333004748", [.level(.heart_rate_bpm, 72)]),
            ("006b", "7a0103310047", [.event(.not_measured, "heart_rate_bpm")]), ("006b", "7a01", [.alive]),
            // Source: custom-components/ble_monitor, Mi Band; the same without a pulse
            ("0157", "02020154ffffffffffffffffffffffffff03fffdff3b6145", [.level(.heart_rate_bpm, 84)]),
            ("0157", "020201ffffffffffffffffffffffffffff03fffdff3b6145", [.event(.not_measured, "heart_rate_bpm")]),
            ("0157", "c8478cc09589", [.alive]),
        ] as [(String, String, [Fact])])
    func pulses(company: String, digits: String, facts: [Fact]) throws {
        #expect(try decoder.decode(BluetoothSample.manufacturer(company, digits)).facts == facts)
    }

    @Test("a band says the steps of the day beside its pulse")
    func steps() throws {
        // Source: custom-components/ble_monitor, Mi Band.
        let data = BluetoothSample.hex("1bff570102020154ffffffffffffffffffffffffff03fffdff3b61450716e0fe0b000000")

        let decoded = try decoder.decode(BluetoothSample.advertisement(data))

        #expect(decoded.facts == [.level(.heart_rate_bpm, 84), .level(.steps, 11)])
    }

    @Test(
        "a HolyIOT tag says one thing at a time",
        arguments: [
            ("0601ed25", [.level(.battery_percent, 100), .level(.temperature_c, -19.37)]),
            ("06060100", [.level(.battery_percent, 100), .event(.button, "single")]),
            ("06040100", [.level(.battery_percent, 100), .event(.vibration)]), ("06060000", [.level(.battery_percent, 100)]),
            ("06034c00", [.level(.battery_percent, 100)]),
        ] as [(String, [Fact])])
    func holyIOT(digits: String, facts: [Fact]) throws {
        let frame = BluetoothSample.service("5242", "4164c6b545f6f18e06" + digits, from: "C6:B5:45:F6:F1:8E")

        #expect(try decoder.decode(frame).facts == facts)
    }

    @Test("a HolyIOT tag that names another address is refused")
    func holyIOTOfAnother() {
        let frame = BluetoothSample.service("5242", "4164c6b545f6f18e0606060100")

        #expect(throws: DecodeFailure.self) { try decoder.decode(frame) }
    }

    @Test("a part that cannot be read loses the others nothing")
    func parts() throws {
        // BTHome of a version that is not known, and a pulse.
        let data = BluetoothSample.hex("0516d2fc600109ff6b007a0103330048")

        let decoded = try decoder.decode(BluetoothSample.advertisement(data))

        #expect(decoded.facts == [.level(.heart_rate_bpm, 72)])
        #expect(decoded.faults.count == 1)
        #expect(decoded.isUnauthenticated)
    }

    @Test("a length that lies is a fault, and what came before holds")
    func lie() throws {
        let decoded = try decoder.decode(BluetoothSample.advertisement(BluetoothSample.hex("0616d2fc402901ff16")))

        #expect(decoded.facts == [.level(.smoke, true)])
        #expect(decoded.faults.count == 1)
    }
}
