import Testing
import VigilCore

@testable import VigilDevices

/// Values put together from the specifications of the services.
struct GATTValueTests {
    private func decode(_ characteristic: String, _ digits: String) throws -> Decoded {
        try BluetoothDecoder().decode(BluetoothSample.value(characteristic, digits))
    }

    @Test(
        "a value says what was measured",
        arguments: [
            ("2a37", "06af", [.level(.heart_rate_bpm, 175)]), ("2a37", "073c00", [.level(.heart_rate_bpm, 60)]),
            ("2a37", "103448041e03", [.level(.heart_rate_bpm, 52)]), ("2a37", "084d0a00", [.level(.heart_rate_bpm, 77)]),
            ("2a37", "0000", [.event(.not_measured, "heart_rate_bpm")]),
            ("2a5f", "0061004800", [.level(.spo2_percent, 97), .level(.heart_rate_bpm, 72)]),
            ("2a5f", "055c00caf35b0061002000", [.level(.spo2_percent, 92), .level(.heart_rate_bpm, 97)]),
            ("2a5e", "0161004800ea070b16081e00", [.level(.spo2_percent, 97), .level(.heart_rate_bpm, 72)]),
            ("2a1c", "00d80d00fe", [.level(.body_temperature_c, 35.44)]),
            ("2a1c", "02d80d00feea070b16081e00", [.level(.body_temperature_c, 35.44)]),
            ("2a1c", "01d20300ff", [.level(.body_temperature_c, 36.55555555555556)]),
            ("2a35", "0067004f005700", [.level(.blood_pressure_mmhg, [103, 79])]),
            ("2a35", "0667004f005700ea070b16081e034700", [.level(.blood_pressure_mmhg, [103, 79]), .level(.heart_rate_bpm, 71)]),
            ("2a19", "64", [.level(.battery_percent, 100)]), ("2a19", "ff", [.event(.not_measured, "battery_percent")]),
            ("2a29", "506f6c6172", [.alive]), ("2a24", "483130", [.alive]), ("12345678-1234-1234-1234-123456789abc", "01", [.alive]),
        ] as [(String, String, [Fact])])
    func values(characteristic: String, digits: String, facts: [Fact]) throws {
        let decoded = try decode(characteristic, digits)

        #expect(decoded.facts == facts)
        #expect(decoded.isUnauthenticated)
    }

    @Test("a pressure in kilopascals is told in mmHg")
    func kilopascals() throws {
        // 16.0 and 10.0
        let decoded = try decode("2a35", "01a0f064f082f0")

        guard case .numbers(let pressure)? = decoded.observations.first?.value else {
            Issue.record("no pressure")
            return
        }
        #expect(abs(pressure[0] - 120.01) < 0.01)
        #expect(abs(pressure[1] - 75.006) < 0.01)
    }

    @Test(
        "what was not measured is told as that",
        arguments: [
            // The skin is not touched; no number, not at this resolution, both infinities; in a test; on nobody; off its cable
            ("2a37", "044d", ["heart_rate_bpm"]), ("2a5f", "00ff070008", ["spo2_percent", "heart_rate_bpm"]),
            ("2a5f", "00fe070208", ["spo2_percent", "heart_rate_bpm"]), ("2a5f", "04610048000008", ["spo2_percent", "heart_rate_bpm"]),
            ("2a5f", "0861004800000800", ["spo2_percent", "heart_rate_bpm"]),
            ("2a5f", "0861004800008000", ["spo2_percent", "heart_rate_bpm"]),
            ("2a1c", "00ffff7f00", ["body_temperature_c"]), ("2a1c", "0000008000", ["body_temperature_c"]),
            ("2a35", "00ff074f005700", ["blood_pressure_mmhg"]),
        ])
    func notMeasured(characteristic: String, digits: String, kinds: [String]) throws {
        #expect(try decode(characteristic, digits).facts == kinds.map { .event(.not_measured, $0) })
    }

    @Test("what a device had kept is of then")
    func stored() throws { #expect(try decode("2a5f", "04610048000002").facts == [.alive]) }

    @Test(
        "a value that is not as long as its flags say is refused",
        arguments: [
            ("2a37", "00"), ("2a37", "013c"), ("2a37", "104800"), ("2a37", "004800"), ("2a5f", "00610048"), ("2a5f", "0161004800"),
            ("2a1c", "00d80d00"), ("2a35", "0067004f00"), ("2a19", "6400"),
        ])
    func lengths(characteristic: String, digits: String) {
        let failure = #expect(throws: DecodeFailure.self) { try decode(characteristic, digits) }

        #expect(failure?.reason == .malformed)
    }
}
