import Foundation
import Testing
import VigilCore

@testable import VigilDevices

/// Somebody with a receiver and a sender, and without the key.
struct BluetoothReplayTests {
    private let address = "54:48:E6:8F:80:A5"
    private let decoder = BluetoothDecoder(keys: BluetoothSample.keys("231d39c1d7cc1ab1aee224cd096db932", of: "54:48:E6:8F:80:A5"))

    private var device: DeviceAddress { DeviceAddress(dialect: BluetoothDecoder.dialect, name: address) }

    private let other = "000102030405060708090a0b0c0d0e0f"

    /// Smoke that ends, sealed with each counter by another implementation (Python's cryptography, AESCCM).
    private static let sealed: [UInt32: String] = [
        0: "41f58b0000000001fe3f19", 1: "412c3801000000542f69a2", 5: "41407f05000000c615e9ba", 6: "418c54060000009f4b84f3",
        7: "41b59d070000005a428bca", 8: "411f69080000004c300081", 50: "41cff532000000af83f520", 99: "416687630000001f7ee92f",
        1000: "417043e8030000ec9b0379", 1001: "41cbe1e9030000b88829fc", 4_000_000_000: "41055c00286bee0fc30ca1",
        4_000_000_001: "414ea401286bee86afc0df", 5000: "41393b88130000832c2ab4", .max: "4191c6ffffffff45238b96",
    ]

    private func message(_ counter: UInt32) throws -> Frame {
        BluetoothSample.service("fcd2", try #require(Self.sealed[counter]), from: address)
    }

    /// The same under the other key.
    private func message(underOther counter: UInt32) -> Frame {
        BluetoothSample.service("fcd2", counter == 1 ? "41c1e00100000027b5a11d" : "41b7fd00286bee3b47bcc7", from: address)
    }

    @Test("a counter must rise; the last one again is no news, and keeps nobody alive")
    func rises() throws {
        var state = DialectState()
        #expect(try decoder.decode(try message(5), state: &state).facts == [.level(.smoke, false)])

        let again = try decoder.decode(try message(5), state: &state)

        #expect(again.isRepeat)
        #expect(again.observations.isEmpty)
        #expect(try decoder.decode(try message(6), state: &state).facts == [.level(.smoke, false)])
    }

    @Test("the first message that a key opens is marked, of each key")
    func first() throws {
        var state = DialectState()
        let other = BluetoothDecoder(keys: BluetoothSample.keys(other, of: address))

        let marks = [
            try decoder.decode(try message(5), state: &state).isFirstOpened,
            try decoder.decode(try message(6), state: &state).isFirstOpened,
            try other.decode(message(underOther: 1), state: &state).isFirstOpened,
        ]

        #expect(marks == [true, false, true])
    }

    @Test("what was captured is refused, and changes nothing", arguments: [0, 1, 99, 4_000_000_000] as [UInt32])
    func replay(counter: UInt32) throws {
        var state = DialectState()
        _ = try decoder.decode(try message(4_000_000_001), state: &state)
        let before = state

        let failure = #expect(throws: DecodeFailure.self) { try decoder.decode(try message(counter), state: &state) }

        #expect(failure?.reason == .replayed)
        #expect(state == before)
    }

    @Test("it is refused after a restart as well")
    func restart() throws {
        var state = DialectState()
        _ = try decoder.decode(try message(1000), state: &state)

        var restored = try JSONDecoder().decode(DialectState.self, from: JSONEncoder().encode(state))

        #expect(throws: DecodeFailure.self) { try decoder.decode(try message(50), state: &restored) }
        #expect(try decoder.decode(try message(1000), state: &restored).isRepeat)
        #expect(try decoder.decode(try message(1001), state: &restored).facts == [.level(.smoke, false)])
    }

    @Test("a counter that a person had forgotten is begun anew, and rises from there")
    func forgotten() throws {
        var state = DialectState()
        _ = try decoder.decode(try message(1000), state: &state)

        decoder.forgetCounters(in: &state)

        #expect(try decoder.decode(try message(5), state: &state).facts == [.level(.smoke, false)])
        #expect(throws: DecodeFailure.self) { try decoder.decode(try message(1), state: &state) }
    }

    @Test("a high counter that no key proves does not lock the device out")
    func forgedCounter() throws {
        var state = DialectState()
        _ = try decoder.decode(try message(7), state: &state)
        let forged = message(underOther: 4_000_000_000)

        #expect(throws: DecodeFailure.self) { try decoder.decode(forged, state: &state) }
        #expect(try decoder.decode(try message(8), state: &state).facts == [.level(.smoke, false)])
    }

    @Test("a device that a key has proved is not believed without one when the key is lost, until a person says so")
    func lostKey() throws {
        var state = DialectState()
        _ = try decoder.decode(try message(5), state: &state)
        let keyless = BluetoothDecoder()
        let plain = BluetoothSample.service("fcd2", "402900", from: address)

        let failure = #expect(throws: DecodeFailure.self) { try keyless.decode(plain, state: &state) }
        #expect(keyless.keyStanding(of: device, in: state) == .missing)
        keyless.forgetCounters(in: &state)

        #expect(failure?.reason == .unencrypted)
        #expect(try keyless.decode(plain, state: &state).facts == [.level(.smoke, false)])
    }

    @Test("a key has proved itself when it opened a message, and another one in its place has not")
    func standing() throws {
        var state = DialectState()
        let before = decoder.keyStanding(of: device, in: state)
        _ = try decoder.decode(try message(5), state: &state)
        let rebound = BluetoothDecoder(keys: BluetoothSample.keys(other, of: address))

        #expect(before == .untried)
        #expect(decoder.keyStanding(of: device, in: state) == .proven)
        #expect(rebound.keyStanding(of: device, in: state) == .untried)
        #expect(BluetoothDecoder().keyStanding(of: device, in: DialectState()) == .unneeded)
    }

    @Test("a device that counts anew is believed under a new key")
    func newKey() throws {
        var state = DialectState()
        _ = try decoder.decode(try message(5000), state: &state)
        let rebound = BluetoothDecoder(keys: BluetoothSample.keys(other, of: address))

        #expect(try rebound.decode(message(underOther: 1), state: &state).facts == [.level(.smoke, false)])
    }

    @Test("a counter at its end stays there: nothing wraps around")
    func wrap() throws {
        var state = DialectState()
        _ = try decoder.decode(try message(.max), state: &state)

        #expect(throws: DecodeFailure.self) { try decoder.decode(try message(0), state: &state) }
    }
}
