import Testing
import VigilCore
import VigilTesting

struct SettingsReaderTests {
    private func read(_ setting: Setting, _ body: (inout SettingsReader) -> Void) -> [String] {
        let faults = FaultList()
        var reader = SettingsReader(setting, path: "rules[2]", faults: faults)
        body(&reader)
        reader.finish()
        return faults.faults.map(\.message)
    }

    @Test(
        "a duration is a whole number with a unit",
        arguments: [
            ("500ms", 500), ("90s", 90_000), ("10m", 600_000), ("4h", 14_400_000), ("2d", 172_800_000), ("0s", 0),
            ("9223372036854775807d", Int64.max),
        ])
    func durations(text: String, milliseconds: Int64) { #expect(Milliseconds(text: text) == Milliseconds(milliseconds)) }

    @Test(
        "anything else is no duration",
        arguments: ["", "s", "90", "90 s", "-1s", "1.5h", "90S", "90sec", "٣s", "9223372036854775808ms", "1h30m"])
    func badDurations(text: String) { #expect(Milliseconds(text: text) == nil) }

    @Test("a duration's text reads back", arguments: [0, 1, 1500, 90_000, 600_000, 14_400_000, 172_800_000, Int64.max])
    func durationText(milliseconds: Int64) {
        let length = Milliseconds(milliseconds)

        #expect(Milliseconds(text: length.text) == length)
    }

    @Test("a key that nobody asked for is a fault that names the nearest known one")
    func unknownKey() {
        let faults = read(Setting(["abov": .number(3)])) { _ = $0.number("above", in: 0...9) }

        #expect(faults.count == 1)
        #expect(faults.first?.contains("unknown key \"abov\"; did you mean \"above\"?") == true)
    }

    @Test("a key that must be there and is misspelt is one fault, and a missing one stays missing")
    func misspeltKey() {
        let misspelt = read(Setting(["abov": .number(3)])) { _ = $0.requiredSetting("above", "3") }
        let missing = read(Setting(["zzzzzz": .number(3)])) { _ = $0.requiredSetting("above", "3") }

        #expect(misspelt == ["unknown key \"abov\"; did you mean \"above\"? known: above"])
        #expect(missing == ["\"above\" is missing; write above: 3", "unknown key \"zzzzzz\"; known: above"])
    }

    @Test("what is wrong elsewhere for want of a misspelt key is no second fault")
    func derived() {
        let faults = read(Setting(["abov": .number(3)])) { reader in
            _ = reader.setting("above")
            reader.miss(["above"], path: "rules[2].below", "needs above")
            reader.miss(["after"], "needs after")
        }

        #expect(faults == ["needs after", "unknown key \"abov\"; did you mean \"above\"? known: above"])
    }

    @Test("a key that is like no other gets the list of the known ones")
    func farKey() {
        let faults = read(Setting(["zzzzzz": .number(3)])) { _ = $0.number("above", in: 0...9) }

        #expect(faults.first?.contains("did you mean") == false)
        #expect(faults.first?.contains("known: above") == true)
    }

    @Test("every fault of a map is found in one pass")
    func allFaults() {
        let faults = read(Setting(["after": "soon", "above": "high", "extra": .null])) { reader in
            _ = reader.duration("after")
            _ = reader.number("above", in: 0...9)
        }

        #expect(faults.count == 3)
    }

    @Test("a number out of range says the range")
    func range() {
        let faults = read(Setting(["above": .number(12)])) { _ = $0.number("above", in: 0...9) }

        #expect(faults == ["12 is out of range; write 0 to 9"])
    }

    @Test("a value of nothing counts as absent")
    func null() {
        let faults = read(Setting(["above": .null])) { #expect($0.number("above", in: 0...9) == nil) }

        #expect(faults.isEmpty)
    }

    @Test("a key that stands twice is a fault")
    func twice() {
        let faults = read(Setting(["above": .number(1), "above": .number(2)])) { _ = $0.number("above", in: 0...9) }

        #expect(faults.count == 1)
    }

    @Test("something else than a map is a fault and reads as an empty one")
    func noMap() {
        let faults = read(Setting(.list([]))) { #expect($0.number("above", in: 0...9) == nil) }

        #expect(faults.count == 1)
    }
}
