import Testing
import VigilCore

struct SettingsReaderValuesTests {
    @Test("a plain word is read as what is asked for")
    func plainWords() {
        var reader = reader(["a": .plain("42"), "b": .plain("true"), "c": .plain("90s"), "d": .plain("-2.5"), "e": .plain("red")])

        #expect(reader.integer("a", in: 0...100) == 42)
        #expect(reader.text("a") == "42")
        #expect(reader.flag("b", default: false) == true)
        #expect(reader.duration("c") == .seconds(90))
        #expect(reader.number("d", in: -10...10) == -2.5)
        #expect(reader.choice("e", Severity.self) == .red)
        #expect(reader.faults.faults == [])
    }

    @Test("settings that a program built are read like those of a file")
    func builtSettings() {
        var reader = reader(["a": .number(42), "b": .bool(true), "c": .text("90s"), "d": .number(501)])

        #expect(reader.integer("a", in: 0...100) == 42)
        #expect(reader.flag("b", default: false) == true)
        #expect(reader.duration("c") == .seconds(90))
        #expect(reader.text("d") == "501")
        #expect(reader.faults.faults == [])
    }

    @Test(
        "only decimal digits are a number",
        arguments: ["0x1F", "0o17", "017", "1_000", "1e999", "nan", "inf", ".inf", "-", "", "1.2.3", "+5", "5 ", "1e", "٣", "--1"])
    func noNumbers(_ word: String) {
        var reader = reader(["a": .plain(word)])

        #expect(reader.number("a", in: -1e300...1e300) == nil)
        #expect(reader.faults.errors.count == 1)
    }

    @Test("a number that is not finite is never a value", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(_ value: Double) {
        var reader = reader(["a": .number(value)])

        #expect(reader.number("a", in: -1e300...1e300) == nil)
        #expect(reader.faults.errors.count == 1)
    }

    @Test("what nobody asked for is a fault with the nearest known key")
    func unknownKeys() {
        var reader = reader(["severty": .plain("red")])
        _ = reader.text("severity")

        reader.finish()

        #expect(reader.faults.errors.map(\.description) == [#"top: unknown key "severty"; did you mean "severity"? known: severity"#])
    }

    @Test("the rest of a map is what was not asked for, and counts as asked")
    func rest() {
        var reader = reader(["id": .plain("a"), "above": .plain("5"), "for": .plain("1m")])
        _ = reader.text("id")

        let rest = reader.rest()
        reader.finish()

        #expect(
            rest.withoutMarks
                == Setting(.map([.init(key: "above", value: Setting(.plain("5"))), .init(key: "for", value: Setting(.plain("1m")))])))
        #expect(reader.faults.faults == [])
    }

    @Test(
        "an id is for programs",
        arguments: [
            ("a-1_B.c", true), ("007", true), ("王", false), ("a b", false), ("a/b", false), (String(repeating: "x", count: 65), false),
        ])
    func identifiers(_ text: String, _ isID: Bool) {
        var reader = reader(["id": .plain(text)])

        let id = reader.identifier("id", "a name")

        #expect((id == text) == isID)
        #expect(reader.faults.hasErrors == !isID)
    }

    @Test("durations outside their range are refused, and written as people write them")
    func durationRange() {
        var reader = reader(["a": .plain("2d"), "b": .plain("-5s"), "c": .plain("5")])

        #expect(reader.duration("a", in: .zero ... .hours(24)) == nil)
        #expect(reader.duration("b") == nil)
        #expect(reader.duration("c") == nil)
        #expect(
            reader.faults.errors.map(\.message) == [
                "2d is out of range; write 0s to 1d",
                #""-5s" is no duration; write a whole number and a unit, such as 500ms, 90s, 10m, 4h or 2d"#,
                #""5" is no duration; write a whole number and a unit, such as 500ms, 90s, 10m, 4h or 2d"#,
            ])
    }

    @Test("a fault shows no control character, and long text shortened")
    func quoting() {
        #expect(SettingFault.quoted("a\u{1B}[31m\u{202E}b") == #""a\u{1B}[31m\u{202E}b""#)
        #expect(SettingFault.quoted(String(repeating: "王", count: 61)) == "\"\(String(repeating: "王", count: 60))…\"")
    }

    @Test(
        "the nearest name is guessed where it is near",
        arguments: [("nfty", "ntfy"), ("zigbe2mqtt", "zigbee2mqtt"), ("Smoke", "smoke")])
    func hints(_ name: String, _ expected: String) {
        let hint = SettingFault.hint(name, among: ["smoke", "ntfy", "zigbee2mqtt", "sos"])

        #expect(hint == "; did you mean \"\(expected)\"? known: ntfy, smoke, sos, zigbee2mqtt")
    }

    @Test("nothing is guessed for what is near to nothing", arguments: ["xyz", "smoking", "", "s"])
    func noHints(_ name: String) {
        #expect(SettingFault.hint(name, among: ["smoke", "ntfy"]) == "; known: ntfy, smoke")
    }

    @Test("faults are listed once, in the order of their places")
    func order() {
        let faults = FaultList()
        let late = SettingFault(mark: .init(file: "a", line: 10, column: 1), path: "x", message: "m")
        let early = SettingFault(mark: .init(file: "a", line: 2, column: 9), path: "y", message: "m")
        for fault in [late, early, late] { faults.add(fault) }

        #expect(faults.errors == [early, late])
        #expect(faults.faults.count == 3)
    }

    private func reader(_ values: KeyValuePairs<String, Setting.Value>) -> SettingsReader {
        let entries = values.map { Setting.Entry(key: $0.key, value: Setting($0.value)) }
        return SettingsReader(Setting(.map(entries)), path: "top", faults: FaultList())
    }
}
