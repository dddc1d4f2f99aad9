import Testing
import VigilCore

@testable import VigilDevices

/// Messages put together from the format (https://bthome.io/format/) unless a source stands beside them.
struct BTHomeTests {
    private let decoder = BluetoothDecoder()
    private let key = "231d39c1d7cc1ab1aee224cd096db932"
    private let owner = "54:48:E6:8F:80:A5"

    @Test(
        "an object says what its table says",
        arguments: [
            ("40015d", [.level(.battery_percent, 93)]), ("4002ca09", [.level(.temperature_c, 25.06)]),
            ("4002fbfd", [.level(.temperature_c, -5.17)]), ("4045feff", [.level(.temperature_c, -0.2)]),
            ("4057ea", [.level(.temperature_c, -22)]), ("4058ea", [.level(.temperature_c, -7.7)]),
            ("401501", [.level(.battery_low, true)]), ("401701", [.level(.gas, true)]), ("401c00", [.level(.gas, false)]),
            ("401a01", [.level(.door_open, true)]), ("402d00", [.level(.door_open, false)]), ("402001", [.level(.water_leak, true)]),
            ("402101", [.level(.motion, true)]), ("402201", [.level(.vibration, true)]), ("402301", [.level(.presence, true)]),
            ("402601", [.level(.sensor_fault, true)]), ("402901", [.level(.smoke, true)]), ("402b01", [.level(.tamper, true)]),
            ("400a138a14", [.level(.meter_energy_wh, 1_346_067)]), ("404c41018a01", [.level(.meter_gas_l, 25_821_505)]),
            ("404f87562a01", [.level(.meter_water_l, 19_551.879)]),
        ] as [(String, [Fact])])
    func objects(digits: String, facts: [Fact]) throws {
        let decoded = try decoder.decode(BluetoothSample.service("fcd2", digits))

        #expect(decoded.facts == facts)
        #expect(decoded.faults.isEmpty)
        #expect(decoded.isUnauthenticated)
    }

    @Test("every known object is passed over by its length", arguments: UInt8.min...UInt8.max)
    func lengths(id: UInt8) throws {
        guard let length = BTHomeObject.length(id) else { return }
        let value: [UInt8] =
            switch length {
            case .fixed(let count): Array(repeating: 1, count: count)
            case .counted: [3, 1, 1, 1]
            case .arguments: [0x22, 1, 1, 1]
            }
        let object = HexText.text([id] + value)

        let decoded = try decoder.decode(BluetoothSample.service("fcd2", "40\(object)2b01"))

        #expect(decoded.facts.contains(.level(.tamper, true)))
        #expect(decoded.faults.isEmpty)
    }

    @Test(
        "an object that nobody knows ends the message, and what came before holds",
        arguments: ["402901fe0121", "4029012d", "4029015305"])
    func unknown(digits: String) throws {
        let decoded = try decoder.decode(BluetoothSample.service("fcd2", digits))

        #expect(decoded.facts == [.level(.smoke, true)])
        #expect(decoded.faults.count == 1)
    }

    @Test("of several flags one that is true counts, of several numbers the last")
    func several() throws {
        let doors = try decoder.decode(BluetoothSample.service("fcd2", "401a011a00"))
        let rooms = try decoder.decode(BluetoothSample.service("fcd2", "4002ca0902cf09"))

        #expect(doors.facts == [.level(.door_open, true)])
        #expect(rooms.facts == [.level(.temperature_c, 25.11)])
    }

    @Test(
        "a press is a button's, and of several buttons the place is named",
        arguments: [
            ("443a01", [.event(.button, "single")]), ("443a02", [.event(.button, "double")]), ("443a03", [.event(.button, "triple")]),
            ("443a04", [.event(.button, "long")]), ("443a80", [.event(.button, "hold")]), ("443a00", [.alive]),
            ("443a003a013a03", [.event(.button, "2_single"), .event(.button, "3_triple")]),
            ("443c0103", [.event(.button, "rotate_left")]),
        ] as [(String, [Fact])])
    func presses(digits: String, facts: [Fact]) throws {
        #expect(try decoder.decode(BluetoothSample.service("fcd2", digits)).facts == facts)
    }

    @Test("a press that nobody knows is a fault and no press")
    func unknownPress() throws {
        let decoded = try decoder.decode(BluetoothSample.service("fcd2", "403a70"))

        #expect(decoded.facts == [.alive])
        #expect(decoded.faults == ["button: 70 is no press that is known"])
    }

    @Test("a message that is heard again says how things stand, and nobody pressed twice")
    func repeats() throws {
        var state = DialectState()
        let first = try decoder.decode(BluetoothSample.service("fcd2", "44000901612d003a01"), state: &state)
        let again = try decoder.decode(
            BluetoothSample.service("fcd2", "44000901612d003a01", properties: .wasHeardLately), state: &state)
        let next = try decoder.decode(BluetoothSample.service("fcd2", "44000a01612d003a01"), state: &state)

        #expect(first.facts.contains(.event(.button, "single")))
        #expect(again.facts == [.level(.door_open, false), .level(.battery_percent, 97)])
        #expect(next.facts.contains(.event(.button, "single")))
    }

    @Test("a press with the number of the last one is another press once five minutes have passed")
    func sameNumber() throws {
        var state = DialectState()
        let press = BluetoothSample.service("fcd2", "4000143a01")
        _ = try decoder.decode(press, state: &state)

        #expect(try decoder.decode(press, state: &state).facts.contains(.event(.button, "single")))
    }

    @Test("what is told again without a pause says how things stand, and nothing happens by it")
    func repetition() throws {
        let decoded = try decoder.decode(BluetoothSample.service("fcd2", "4029013a01", properties: .isRepetition))

        #expect(decoded.facts == [.level(.smoke, true)])
    }

    @Test("a device that lost its power and counts anew is heard: the same number with other bytes is no repeat")
    func restart() throws {
        var state = DialectState()
        _ = try decoder.decode(BluetoothSample.service("fcd2", "44000001613a00"), state: &state)

        let press = try decoder.decode(BluetoothSample.service("fcd2", "44000001643a01"), state: &state)

        #expect(press.facts.contains(.event(.button, "single")))
    }

    @Test("without a number every message is news")
    func noNumber() throws {
        var state = DialectState()
        for _ in 0..<2 {
            let decoded = try decoder.decode(BluetoothSample.service("fcd2", "443a01"), state: &state)
            #expect(decoded.facts == [.event(.button, "single")])
        }
    }

    @Test("another version is not understood", arguments: ["20015d", "60015d", "00015d"])
    func versions(digits: String) {
        #expect(throws: DecodeFailure.self) { try decoder.decode(BluetoothSample.service("fcd2", digits)) }
    }

    // Source: Bluetooth-Devices/bthome-ble, the example of https://bthome.io/encryption/.
    private var encrypted: Frame { BluetoothSample.service("fcd2", "41a47266c95f730011223378237214", from: owner) }

    @Test("what the device's key opens is proven")
    func proven() throws {
        let decoded = try BluetoothDecoder(keys: BluetoothSample.keys(key, of: owner)).decode(encrypted)

        #expect(decoded.facts == [.level(.temperature_c, 25.06)])
        #expect(!decoded.isUnauthenticated)
    }

    /// A plain element of the same service before or behind the encrypted one.
    private func twice(_ plain: String, isFirst: Bool) -> Frame {
        let parts = (isFirst ? [plain, "41a47266c95f730011223378237214"] : ["41a47266c95f730011223378237214", plain])
        let data = parts.flatMap { digits in
            let bytes = BluetoothSample.hex("d2fc\(digits)")
            return [UInt8(bytes.count + 1), 0x16] + bytes
        }
        return BluetoothSample.advertisement(data, from: owner)
    }

    @Test(
        "beside an encrypted element a plain one is refused, and the encrypted one is told, whichever comes first",
        arguments: [true, false])
    func mixed(isFirst: Bool) throws {
        let decoded = try BluetoothDecoder(keys: BluetoothSample.keys(key, of: owner)).decode(twice("402900", isFirst: isFirst))

        #expect(decoded.facts == [.level(.temperature_c, 25.06)])
        #expect(decoded.faults.count == 1 && decoded.faults[0].contains("has a key"))
        #expect(!decoded.isUnauthenticated)
    }

    @Test("two plain elements of one service are both told, and nothing is proven")
    func twoPlain() throws {
        let data = ["402901", "4001f0", "402101"].flatMap { (digits) -> [UInt8] in [0x06, 0x16] + BluetoothSample.hex("d2fc\(digits)") }

        let decoded = try decoder.decode(BluetoothSample.advertisement(data))

        #expect(decoded.facts == [.level(.smoke, true), .event(.not_measured, "battery_percent"), .level(.motion, true)])
        #expect(decoded.isUnauthenticated)
    }

    @Test("whom any of several elements names is whose they are")
    func namedSecond() {
        let data = ["402901", "42a5808fe648542101"].flatMap { digits -> [UInt8] in
            let bytes = BluetoothSample.hex("d2fc\(digits)")
            return [UInt8(bytes.count + 1), 0x16] + bytes
        }

        #expect(decoder.address(of: BluetoothSample.advertisement(data))?.name == owner)
    }

    @Test(
        "without its key, and with another one, it is undecryptable and says what to do",
        arguments: [nil, "ff1d39c1d7cc1ab1aee224cd096db932"])
    func undecryptable(key: String?) {
        let keys = key.map { BluetoothSample.keys($0, of: owner) } ?? BluetoothKeys()

        let failure = #expect(throws: DecodeFailure.self) { try BluetoothDecoder(keys: keys).decode(encrypted) }

        #expect(failure?.reason == .undecryptable)
        #expect(failure?.detail.contains(owner) == true)
    }

    @Test("a bit that was turned on the way is refused", arguments: 1..<15)
    func turned(index: Int) {
        var frame = encrypted
        // Behind the head of the frame and that of the structure.
        frame.payload[7 + index] ^= 0x10

        #expect(throws: DecodeFailure.self) { try BluetoothDecoder(keys: BluetoothSample.keys(key, of: owner)).decode(frame) }
    }

    @Test("plain data from a device that has a key is not from it")
    func downgrade() {
        let decoder = BluetoothDecoder(keys: BluetoothSample.keys(key, of: owner))

        let failure = #expect(throws: DecodeFailure.self) {
            try decoder.decode(BluetoothSample.service("fcd2", "402900", from: owner))
        }

        #expect(failure?.reason == .unencrypted)
    }

    @Test("whom a message names is whose it is, whoever sent it on")
    func relayed() throws {
        let frame = BluetoothSample.service("fcd2", "43a5808fe64854f196c06ffb4900112233f08ecbde", from: "11:22:33:44:55:66")
        let decoder = BluetoothDecoder(keys: BluetoothSample.keys(key, of: owner))

        #expect(decoder.address(of: frame)?.name == owner)
        #expect(try decoder.decode(frame).facts == [.level(.temperature_c, 25.06)])
    }
}
