import Testing
import VigilCore

@testable import VigilDevices

/// Plain messages are put together from the format; encrypted ones were sealed by another implementation (Python's cryptography), unless a
/// source stands beside them.
struct MiBeaconTests {
    private let address = "54:EF:44:E3:9C:BC"
    private let key = "000102030405060708090a0b0c0d0e0f"

    private func decode(_ digits: String, from address: String = BluetoothSample.address) throws -> Decoded {
        try BluetoothDecoder().decode(BluetoothSample.service("fe95", digits, from: address))
    }

    /// One object of a product of no special meaning, in a plain message without an address.
    private func object(_ digits: String, product: String = "ffff", number: String = "01") -> String {
        "4050\(product)\(number)\(digits)"
    }

    @Test(
        "an object says what its number says",
        arguments: [
            ("041002ea00", [.level(.temperature_c, 23.4)]), ("0d1004feff4802", [.level(.temperature_c, -0.2)]),
            ("0a100132", [.level(.battery_percent, 50)]), ("0a0002a70e", [.level(.body_temperature_c, 37.51)]),
            ("15100101", [.level(.smoke, true)]), ("15100100", [.level(.smoke, false), .level(.sensor_fault, false)]),
            ("15100102", [.level(.sensor_fault, true)]), ("0d000103", [.event(.smoke_test)]), ("0d000104", [.event(.smoke_test)]),
            ("16100101", [.level(.gas, true)]), ("0e000104", [.alive]), ("0e000106", [.event(.smoke_test)]),
            ("14100101", [.level(.water_leak, true)]), ("06480100", [.level(.water_leak, false)]),
            ("0f0003000000", [.level(.motion, true)]), ("03000101", [.event(.motion)]), ("17100478000000", [.level(.motion, false)]),
            ("18100101", [.alive]), ("19100100", [.level(.door_open, true)]), ("19100101", [.level(.door_open, false)]),
            ("07000104", [.level(.door_open, true), .level(.tamper, true)]), ("1c100101", [.level(.in_bed, true)]),
            ("61640100", [.level(.worn, true)]), ("61640101", [.level(.worn, false)]), ("4e480101", [.level(.presence, true)]),
            ("011003000000", [.event(.button, "single")]), ("011003000001", [.event(.button, "double")]),
            ("011003000002", [.event(.button, "long")]), ("0e4a00", [.event(.button, "long")]),
        ] as [(String, [Fact])])
    func objects(digits: String, facts: [Fact]) throws {
        let decoded = try decode(object(digits))

        #expect(decoded.facts == facts)
        #expect(decoded.isUnauthenticated)
        #expect(decoded.faults.isEmpty)
    }

    @Test(
        "what an object says of a product of its own",
        arguments: [
            ("fd0d", "011003060001", ["left_long", "middle_long", "right_long"]),
            ("6915", "011003020002", ["left_double", "right_double"]),
            ("5301", "011003000000", ["on_single"]), ("6859", "0c4a0101", ["right_single"]),
            ("4919", "0d4e0103", ["left_double", "right_double"]),
            ("613a", "0c560102", ["mid_left_single"]), ("101c", "0c4e010f", ["double"]), ("b603", "011003000103", ["single"]),
            ("b603", "01100300ff04", ["rotate_left"]),
        ])
    func products(product: String, digits: String, presses: [String]) throws {
        #expect(try decode(object(digits, product: product)).facts == presses.map { .event(.button, $0) })
    }

    @Test("a thermometer on the skin says the temperature of the body")
    func body() throws {
        // Source: custom-components/ble_monitor, MMC-T201-1.
        let decoded = try decode("7022db006fc16fddf9810009002005c60d630d51", from: "00:81:F9:DD:6F:C1")

        #expect(decoded.facts.last == .level(.battery_percent, 81))
        let temperature = try #require(decoded.observations.first)
        #expect(temperature.kind == .body_temperature_c)
        #expect(abs((temperature.value.number ?? 0) - 36.872) < 0.001)
    }

    @Test("an object of another length, and one that is cut off, says nothing", arguments: ["041003ea0000", "0410"])
    func lengths(digits: String) throws { #expect(try decode(object(digits)).facts == [.alive]) }

    @Test("a message that is heard again is no second press")
    func repeats() throws {
        var state = DialectState()
        let decoder = BluetoothDecoder()
        let press = BluetoothSample.service("fe95", object("011003000000"))

        #expect(try decoder.decode(press, state: &state).facts == [.event(.button, "single")])
        let again = BluetoothSample.service("fe95", object("011003000000"), properties: .wasHeardLately)
        #expect(try decoder.decode(again, state: &state).facts == [.alive])
        let next = BluetoothSample.service("fe95", object("011003000000", number: "02"))
        #expect(try decoder.decode(next, state: &state).facts == [.event(.button, "single")])
    }

    @Test(
        "a message without an object shows that the device is there", arguments: ["1059db780df4f80238c1a4", "c05097096f15100101"])
    func noObject(digits: String) throws {
        let decoded = try decode(digits)

        #expect(decoded.facts == [.alive])
        #expect(decoded.isUnauthenticated)
    }

    @Test(
        "what is cut off within its head, or older than version 2, is refused",
        arguments: ["5020aa01", "5020aa01da219335", "40100101020a100132"])
    func refused(digits: String) { #expect(throws: DecodeFailure.self) { try decode(digits) } }

    private var decoder: BluetoothDecoder { BluetoothDecoder(keys: BluetoothSample.keys(key, of: address)) }

    @Test(
        "what the device's key opens is proven",
        arguments: [
            ("5859970964bc9ce344ef547f1f966300000018c2b9a6", [.level(.smoke, true)]),
            ("5859970965bc9ce344ef544926ce170000003a51f478", [.level(.smoke, false), .level(.sensor_fault, false)]),
            ("585997092cbc9ce344ef546db9f75701000079e04672", [.level(.sensor_fault, true)]),
            ("585997092dbc9ce344ef5411693b55010000f5c80f7e", [.event(.smoke_test)]),
        ] as [(String, [Fact])])
    func proven(digits: String, facts: [Fact]) throws {
        let decoded = try decoder.decode(BluetoothSample.service("fe95", digits, from: address))

        #expect(decoded.facts == facts)
        #expect(!decoded.isUnauthenticated)
    }

    @Test("its counter has the number of the frame as its lowest byte, and must rise")
    func replay() throws {
        var state = DialectState()
        let first = BluetoothSample.service("fe95", "5859970965bc9ce344ef544926ce170000003a51f478", from: address)
        let later = BluetoothSample.service("fe95", "585997092cbc9ce344ef546db9f75701000079e04672", from: address)
        _ = try decoder.decode(first, state: &state)
        _ = try decoder.decode(later, state: &state)

        #expect(try decoder.decode(later, state: &state).isRepeat)
        let failure = #expect(throws: DecodeFailure.self) { try decoder.decode(first, state: &state) }
        #expect(failure?.reason == .replayed)
    }

    @Test("plain data from a device that has a key is not from it; that it is there it may say")
    func downgrade() throws {
        let plain = BluetoothSample.service("fe95", "405097090115100100", from: address)
        let silent = BluetoothSample.service("fe95", "1059970964bc9ce344ef54", from: address)

        let failure = #expect(throws: DecodeFailure.self) { try decoder.decode(plain) }

        #expect(failure?.reason == .unencrypted)
        #expect(try decoder.decode(silent).facts == [.alive])
    }

    @Test("a key that is too short for the version says so")
    func keyLength() {
        let short = BluetoothDecoder(keys: BluetoothSample.keys("000102030405060708090a0b", of: address))
        let frame = BluetoothSample.service("fe95", "5859970965bc9ce344ef544926ce170000003a51f478", from: address)

        let failure = #expect(throws: DecodeFailure.self) { try short.decode(frame) }

        #expect(failure?.reason == .undecryptable)
    }

    // Source: Bluetooth-Devices/xiaomi-ble, YLKG07YL.
    @Test(
        "before version 4 nothing is proven, and what makes no sense is no press",
        arguments: [
            ("b853075158487ca39a5b5ea9", true), ("b853075158487aa39a5b5ea9", false),
        ])
    func legacy(key: String, isRight: Bool) throws {
        let address = "F8:24:41:C5:98:8B"
        let decoder = BluetoothDecoder(keys: BluetoothSample.keys(key, of: address))
        let frame = BluetoothSample.service("fe95", "5830b603d28b98c54124f8c3491476757e00000099", from: address)
        guard isRight else {
            #expect(throws: DecodeFailure.self) { try decoder.decode(frame) }
            return
        }

        let decoded = try decoder.decode(frame)

        #expect(decoded.facts == [.event(.button, "single")])
        #expect(decoded.isUnauthenticated)
    }
}
