import Testing
import VigilCore

@testable import VigilDaemon

struct YAMLSettingsTests {
    @Test(
        "an unquoted word stays what somebody wrote",
        arguments: [
            "007", "0x12", "0o17", "501", "on", "off", "yes", "No", "y", "2026-01-01", "12:30", "1_000", ".inf", "NaN", "1e3", "Null",
            "-",
        ])
    func wordsStay(_ word: String) throws {
        var reader = try reader("value: \(word == "-" ? "-x" : word)\nelse: 1\n")

        #expect(reader.text("value") == (word == "-" ? "-x" : word))
    }

    @Test("quotes make text of what would be a number or a truth value")
    func quotesMakeText() throws {
        let faults = FaultList()
        var reader = try reader("a: \"5\"\nb: 'true'\nc: !!str 7\nd: |\n  9\n", faults)

        #expect(reader.number("a", in: 0...10) == nil)
        #expect(reader.flag("b", default: false) == false)
        #expect(reader.text("c") == "7")
        #expect(reader.text("d") == "9\n")
        #expect(
            faults.errors.map(\.description) == [
                "f.yaml:1:4: a: the text \"5\" stands where a number is wanted; remove the quotes",
                "f.yaml:2:4: b: the text \"true\" stands where true or false is wanted",
            ])
    }

    @Test("nothing, ~ and null are absence, and quoted they are text")
    func absence() throws {
        var reader = try reader("a:\nb: ~\nc: null\nd: \"\"\ne: \"null\"\n")

        #expect(reader.text("a") == nil)
        #expect(reader.text("b") == nil)
        #expect(reader.text("c") == nil)
        #expect(reader.text("d") == "")
        #expect(reader.text("e") == "null")
    }

    @Test("places are counted in characters, whatever the line ends with", arguments: ["\n", "\r\n", "\r"])
    func places(_ end: String) throws {
        let faults = FaultList()
        let tree = try #require(parse("名字: 王\(end)值: {甲: 1, 乙: [x, y]}\(end)", faults))

        guard case .map(let entries) = tree.value, case .map(let inner) = entries[1].value.value,
            case .list(let list) = inner[1].value.value
        else {
            Issue.record("not the shape that was written")
            return
        }
        #expect(entries[0].value.mark == Setting.Mark(file: "f.yaml", line: 1, column: 5))
        #expect(inner[1].mark == Setting.Mark(file: "f.yaml", line: 2, column: 11))
        #expect(list[1].mark == Setting.Mark(file: "f.yaml", line: 2, column: 18))
    }

    @Test("a byte order mark moves no column")
    func byteOrderMark() throws {
        let faults = FaultList()
        let tree = try #require(YAMLSettings.parse([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8), file: "f.yaml", faults: faults))

        guard case .map(let entries) = tree.value else { return #expect(Bool(false)) }
        #expect(entries.map(\.key) == ["a"])
        #expect(entries.first?.mark?.column == 1)
    }

    @Test(
        "what is no plain YAML is a fault with its place",
        arguments: [
            ("a: \"unclosed", ["f.yaml:1:13: not YAML: found unexpected end of stream; close the quote that stands open"]),
            (
                "a: b: c",
                [
                    "f.yaml:1:5: not YAML: mapping values are not allowed in this context; check the indentation, and quote text that holds \": \""
                ]
            ),
            (
                "a:\n\t- tab",
                [
                    "f.yaml:2:1: not YAML: found character that cannot start any token; indent with spaces, and quote text that begins with @, ` or %"
                ]
            ),
            ("a: [1, 2\nb: 3", ["f.yaml:2:2: not YAML: did not find expected ',' or ']'; close the bracket that stands open"]),
            ("a: 1\n---\nb: 2", ["f.yaml:2:1: a second document begins here; keep one document in a file"]),
            ("? {a: b}\n: c", ["f.yaml:1:3: a key must be one word; write key: value"]),
            (
                "a: &x 1\nb: *x",
                [
                    "f.yaml:1:4: a: anchors and aliases are not read here; write the value out",
                    "f.yaml:1:4: b: anchors and aliases are not read here; write the value out",
                ]
            ),
            ("a: *nowhere", ["f.yaml:1:4: anchors and aliases are not read here; write the value out"]),
            (
                "a: !!int 7\nb: !foo {c: d}",
                [
                    "f.yaml:1:4: a: the tag \"!!int\" is not read here; remove it, and quote what must stay text",
                    "f.yaml:2:4: b: the tag \"!foo\" is not read here; remove it, and quote what must stay text",
                ]
            ),
            ("a: x\u{07}y", ["f.yaml:1:5: a control character stands here; remove it"]),
        ])
    func notPlain(_ text: String, _ expected: [String]) {
        let faults = FaultList()

        _ = parse(text, faults)

        #expect(faults.errors.map(\.description) == expected)
    }

    @Test("every key that stands twice is named, and the rest of the file is read")
    func duplicates() throws {
        let faults = FaultList()
        let tree = try #require(parse("a: 1\n\"a\": 2\nb: {c: 1, d: 2, c: 3}\na: 4\ne: 5\n", faults))

        #expect(
            faults.errors.map(\.description) == [
                "f.yaml:3:17: b: \"c\" stands here twice, first in line 3; keep one of them",
                "f.yaml:4:1: \"a\" stands here twice, first in line 1; keep one of them",
                "f.yaml:4:1: \"a\" stands here twice, first in line 2; keep one of them",
            ])
        guard case .map(let entries) = tree.value else { return #expect(Bool(false)) }
        #expect(entries.map(\.key) == ["b", "a", "e"])
    }

    @Test(
        "a duplicate that cannot be read around is still a fault",
        arguments: ["\"\": 1\n\"\": 2", "\"\\x61\": 1\na: 2", "? a\n: 1\n? a\n: 2"])
    func awkwardDuplicates(_ text: String) {
        let faults = FaultList()

        _ = parse(text, faults)

        #expect(faults.errors.count == 1)
        #expect(faults.errors.allSatisfy { $0.mark != nil && $0.message.contains("twice") })
    }

    @Test("bytes that are not UTF-8 are named with their place")
    func notUTF8() {
        let faults = FaultList()

        let tree = YAMLSettings.parse(Array("a: 1\n王: ".utf8) + [0xFF, 0x41], file: "f.yaml", faults: faults)

        #expect(tree == nil)
        #expect(faults.errors.map(\.description) == ["f.yaml:2:4: the file is not UTF-8 from here on; save it as UTF-8"])
    }

    @Test("a file that is too large is refused before it is parsed")
    func tooLarge() {
        let faults = FaultList()

        let tree = YAMLSettings.parse([UInt8](repeating: 0x20, count: YAMLText.sizeLimit + 1), file: "f.yaml", faults: faults)

        #expect(tree == nil)
        #expect(faults.errors.map(\.message) == ["the file is larger than 16 MiB; split it or remove what does not belong here"])
    }

    @Test(
        "depth ends in a fault, not in a stack that overflows",
        arguments: ["[", "{a: ", "- ", "? ", "[{a: "].flatMap { piece in [33, 900, 100_000].map { (piece, $0) } })
    func depth(_ piece: String, _ count: Int) {
        let faults = FaultList()

        _ = parse(String(repeating: piece, count: count), faults)

        #expect(faults.hasErrors)
        #expect(faults.errors.allSatisfy { $0.mark != nil })
    }

    @Test("a bomb of aliases is refused at once, as a value and as a key", .timeLimit(.minutes(1)), arguments: [": ", "\n? "])
    func aliasBomb(_ use: String) {
        let levels = (1...24).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
        let text = "a0: &a0 [x, x]\n\(levels.joined(separator: "\n"))\nlast\(use)*a24\n"
        let faults = FaultList()

        let tree = parse(text, faults)

        #expect(tree == nil)
        #expect(faults.errors.map(\.message) == ["too many aliases; write the values out"])
    }

    @Test("a small bomb under the limit of aliases does not grow either")
    func smallBomb() {
        let faults = FaultList()

        _ = parse("a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: {e: [*c, *c, *c]}\n? *c\n: 1\n", faults)

        #expect(faults.errors.count < 20)
        #expect(faults.errors.allSatisfy { $0.mark != nil })
    }

    private func parse(_ text: String, _ faults: FaultList) -> Setting? {
        YAMLSettings.parse(Array(text.utf8), file: "f.yaml", faults: faults)
    }

    private func reader(_ text: String, _ faults: FaultList = FaultList()) throws -> SettingsReader {
        SettingsReader(try #require(parse(text, faults)), path: "", faults: faults)
    }
}
