import Testing
import VigilCore

struct OutcomeVerdictTests {
    private static let real: Set<OutcomeCode> = [
        .fall_injury, .fall_no_injury, .medical_transport_120, .medical_on_site, .fire_119, .gas_or_leak, .sos_real, .deceased_found,
    ]
    private static let neither: Set<OutcomeCode> = [.no_entry_police_or_locksmith, .handed_up, .duplicate, .drill, .auto_cleared]
    private static let ofDevice: Set<OutcomeCode> = [.device_off_body, .device_fault, .battery, .link_lost]

    @Test("an alert about somebody's life was right, false, or nobody knows", arguments: OutcomeCode.allCases)
    func life(outcome: OutcomeCode) {
        let expected: OutcomeVerdict = Self.real.contains(outcome) ? .real : Self.neither.contains(outcome) ? .neither : .falseAlarm

        #expect(outcome.verdict(on: .life) == expected)
    }

    @Test("an alert about a device is right where the device had a fault", arguments: OutcomeCode.allCases)
    func technical(outcome: OutcomeCode) {
        let expected = Self.ofDevice.contains(outcome) ? .real : outcome.verdict(on: .life)

        #expect(outcome.verdict(on: .technical) == expected)
    }
}
