import Testing
import VigilCore

@testable import VigilDevices

/// Every fault of a profile has a place and a remedy.
struct ProfileReaderTests {
    private func faults(of fact: String) -> [String] {
        let text = ProfileText(messages: "- topic: acme/{device}\n  facts:\n    - \(fact)")
        return text.read().faults.map { String($0.trimmingPrefix("p.yaml:")) }
    }

    @Test(
        "a misspelt key is one fault, with the guess",
        arguments: [
            ("- topic: a/{device}\n  facts: [{path: x, wurds: {1: {sos: true}}}]", "wurds", "words"),
            ("- topic: a/{device}\n  facts: [{path: x, knid: in_bed, words: {1: true}}]", "knid", "kind"),
            ("- topic: a/{device}\n  facts: [{path: x, knid: battery_percent, unit: \"%\"}]", "knid", "kind"),
            ("- topic: a/{device}\n  facts: [{paht: x, kind: sos}]", "paht", "path"),
            ("- topic: a/{device}\n  facts: [{vale: true, kind: sos}]", "vale", "value"),
            ("- topic: a/{device}\n  facts: [{systolic: s, diastolc: d, kind: blood_pressure_mmhg}]", "diastolc", "diastolic"),
            ("- topik: a/{device}\n  facts: [{path: x, kind: sos}]", "topik", "topic"),
            ("- topik: a/{ward}\n  device: \"{ward}\"\n  facts: [{path: x, kind: sos}]", "topik", "topic"),
            ("- topic: a/b\n  devise: id\n  facts: [{path: x, kind: sos}]", "devise", "device"),
            ("- topic: a/{device}\n  formt: text\n  split: \";\"\n  facts: [{path: \"[0]\", kind: sos}]", "formt", "format"),
            ("- topic: a/{device}\n  format: text\n  splitt: \";\"\n  facts: [{path: \"[0]\", kind: sos}]", "splitt", "split"),
            ("- topic: a/{device}\n  eahc: \"{p}\"\n  facts: [{path: x, kind: sos, when: {\"{p}\": y}}]", "eahc", "each"),
            ("- topic: a/{device}\n  when: {x: {exsits: true}}\n  facts: [{path: x, kind: sos}]", "exsits", "exists"),
            ("- topic: a/{device}\n  time: {paht: ts}\n  facts: [{path: x, kind: sos}]", "paht", "path"),
            ("- bluetooth: {manufactrer: \"0157\"}\n  facts: [{value: true, kind: sos}]", "manufactrer", "manufacturer"),
        ])
    func misspelt(messages: String, word: String, guess: String) {
        let faults = ProfileText(messages: messages).read().faults

        #expect(faults.count == 1)
        #expect(faults.first?.contains("unknown key \"\(word)\"; did you mean \"\(guess)\"?") == true)
    }

    @Test(
        "a misspelt key of the head is one fault, with the guess",
        arguments: [("dialect", "dialekt"), ("title", "titel"), ("source", "sorce"), ("liveness", "livenes"), ("messages", "mesages")])
    func misspeltHead(key: String, word: String) {
        let text = ProfileText(messages: "- {topic: \"a/{device}\", facts: [{path: x, kind: sos}]}").text
        let misspelt = text.replacing("\(key):", with: "\(word):")

        let faults = ProfileText(whole: misspelt).read().faults

        #expect(faults.count == 1)
        #expect(faults.first?.contains("unknown key \"\(word)\"; did you mean \"\(key)\"?") == true)
    }

    @Test(
        "faults of a fact",
        arguments: [
            ("{path: hr, kind: heart_rat}", ["8:26: messages[0].facts[0].kind: unknown value \"heart_rat\""]),
            (
                "{path: a..b, kind: smoke}",
                [
                    "8:16: messages[0].facts[0].path: the path \"a..b\" has an empty step; write names with dots between them, such as data.hr"
                ]
            ),
            ("{path: x, kind: smoke, scale: 2}", ["8:39: messages[0].facts[0].scale: smoke is no number; remove it"]),
            ("{path: x, kind: smoke, unit: \"%\"}", ["8:38: messages[0].facts[0].unit: only a number has a unit; remove it"]),
            (
                "{path: x, kind: steps, unit: [\"\", m2, a b]}",
                ["\"\"", "m2", "a b"].map {
                    "8:\($0 == "\"\"" ? 39 : $0 == "m2" ? 43 : 47): messages[0].facts[0].unit: \($0 == "\"\"" ? $0 : "\"\($0)\"") is no unit; write what stands behind the number, such as \"%\" or bpm"
                }
            ),
            (
                "{path: x, kind: steps, scale: 0}",
                ["8:39: messages[0].facts[0].scale: 0 would make every value 0; write the factor"]
            ),
            ("{path: x, kind: steps, inverted: true}", ["8:42: messages[0].facts[0].inverted: steps is not true or false; remove it"]),
            (
                "{path: x, kind: door_open, words: {open: yes}}",
                ["8:50: messages[0].facts[0].words.open: \"yes\" is no value of door_open; write true or false"]
            ),
            (
                "{path: x, words: {gone: {fal: true}}}",
                ["8:34: messages[0].facts[0].words.gone: unknown kind \"fal\"; did you mean \"fall\"?"]
            ),
            (
                "{path: x, words: {gone: true}}",
                [
                    "8:33: messages[0].facts[0].words.gone: nothing says of what kind this is; write kind: beside words:, or {gone: {smoke: true}}"
                ]
            ),
            (
                "{path: x, kind: smoke, words: [a]}",
                ["8:39: messages[0].facts[0].words: a list stands where the words are wanted; write words: {open: true, close: false}"]
            ),
            (
                "{path: x}",
                ["8:9: messages[0].facts[0]: \"kind\" is missing; write kind: and what the value is, such as heart_rate_bpm"]
            ),
            (
                "{kind: sos}",
                [
                    "8:9: messages[0].facts[0]: nothing says where the value stands; write path: and the way to it, or value: for one that is always the same"
                ]
            ),
            (
                "{kind: sos, path: x, value: true}",
                [
                    "8:9: messages[0].facts[0]: one place is enough; keep path:, or value:, or systolic: with diastolic:, or latitude: with longitude:"
                ]
            ),
            (
                "{kind: heart_rate_bpm, value: 300}",
                ["8:39: messages[0].facts[0].value: \"300\" is no value of heart_rate_bpm; write a number from 20.0 to 250.0"]
            ),
            (
                "{kind: availability, value: up}",
                ["8:37: messages[0].facts[0].value: \"up\" is no value of availability; write online or offline"]
            ),
            (
                "{kind: heart_rate_bpm, systolic: a, diastolic: b}",
                ["8:42: messages[0].facts[0].systolic: belongs to kind: blood_pressure_mmhg alone; write path:"]
            ),
            (
                "{kind: not_measured, path: x}",
                [
                    "8:16: messages[0].facts[0].kind: is told by not_measured: [0, 255] beside the kind that could not be measured; write it there"
                ]
            ),
            (
                "{kind: acceleration, path: x}",
                ["8:16: messages[0].facts[0].kind: samples have no place in a profile; a decoder in code reads them"]
            ),
            (
                "{path: \"{room}\", kind: position}",
                ["8:16: messages[0].facts[0].path: the topic has no place {room}; known: device"]
            ),
            (
                "{path: \"{a}.b\", kind: position}",
                ["8:16: messages[0].facts[0].path: a name is kept only on the way to the records (each); write * here"]
            ),
            (
                "{path: x, kind: sos, when: [a]}",
                [
                    "8:36: messages[0].facts[0].when: a list stands where conditions are wanted; write when: {cmd: report} or {cmd: [report, heartbeat]}"
                ]
            ),
            (
                "{path: x, kind: sos, when: {a: {nt: 1}}}",
                [
                    "8:40: messages[0].facts[0].when.a: write a word, a list of words, {not: [words]} or {exists: true}",
                    "8:41: messages[0].facts[0].when.a: unknown key \"nt\"; known: exists, not",
                ]
            ),
            (
                "{kind: steps, latitude: a, longitude: b}",
                ["8:33: messages[0].facts[0].latitude: belongs to kind: position alone; write path:"]
            ),
            (
                "{path: [a, b..c], kind: steps}",
                [
                    "8:20: messages[0].facts[0].path: the path \"b..c\" has an empty step; write names with dots between them, such as data.hr"
                ]
            ),
            (
                "{path: x, kind: steps, not_measured: []}",
                ["8:46: messages[0].facts[0].not_measured: the list is empty; write the words that are meant"]
            ),
            (
                "{pth: x, kind: sos, path: x}",
                [
                    "8:10: messages[0].facts[0]: unknown key \"pth\"; did you mean \"path\"?"
                ]
            ),
        ])
    func facts(fact: String, expected: [String]) { #expect(faults(of: fact) == expected) }

    @Test(
        "faults of a message",
        arguments: [
            (
                "- facts: []",
                ["6:5: messages[0]: \"topic\" is missing; write topic: acme/{device}/state"]
            ),
            (
                "- topic: acme/x#",
                ["6:12: messages[0].topic: \"x#\" is no level of a topic; write a word, + or {name} between the slashes"]
            ),
            (
                "- topic: acme/state",
                [
                    "6:5: messages[0]: nothing says whose message it is; write {device} into the topic, or device: and the path to its name"
                ]
            ),
            (
                "- topic: acme/{device}\n  device: \"{devic}\"",
                ["7:13: messages[0].device: the topic has no place {devic}; did you mean \"device\"? known: device"]
            ),
            (
                "- topic: acme/{device}\n  device: \"{device}/{$.a..b}\"",
                ["7:13: messages[0].device: the path \"$.a..b\" has an empty step; write names with dots between them, such as data.hr"]
            ),
            (
                "- topic: acme/{device}\n  facts: model",
                ["7:12: messages[0].facts: the profile has no list of facts \"model\"; write the facts as a list"]
            ),
            (
                "- topic: acme/{device}\n  each: data[x]",
                ["7:11: messages[0].each: \"[x]\" is no place in a list; write [*] for all, or a number from 0 on"]
            ),
            (
                "- topic: acme/{device}\n  format: text\n  each: a",
                ["8:11: messages[0].each: only JSON holds several records; remove it"]
            ),
            (
                "- topic: acme/{device}\n  format: xml",
                ["7:13: messages[0].format: unknown value \"xml\"; known: json, key_value, text"]
            ),
            (
                "- topic: acme/{device}\n  format: text\n  facts: [{path: a, kind: sos}]",
                [
                    "8:20: messages[0].facts[0].path: a text has no parts; write . for the text itself, a place of the topic in braces, or split: and what stands between parts"
                ]
            ),
            (
                "- topic: acme/{device}\n  format: text\n  split: \";\"\n  facts: [{path: a, kind: sos}, {path: \"[0][1]\", kind: sos}]",
                [
                    "9:20: messages[0].facts[0].path: the parts of a text are numbered; write [0] for the first, or . for the whole text",
                    "9:42: messages[0].facts[1].path: the parts of a text are numbered; write [0] for the first, or . for the whole text",
                ]
            ),
            (
                "- topic: acme/{device}\n  split: \";\"",
                ["7:12: messages[0].split: only a text is split; write format: text beside it, or remove it"]
            ),
            (
                "- topic: acme/{device}\n  format: text\n  split: \"---------\"\n  facts: [{path: \"[0]\", kind: sos}]",
                ["8:12: messages[0].split: \"---------\" is no separator; write what stands between the parts, such as \";\""]
            ),
            (
                "- topic: acme/{device}\n  format: key_value\n  facts: [{path: a.b, kind: sos}]",
                ["8:20: messages[0].facts[0].path: a line has a key and nothing below it; write the key alone"]
            ),
            (
                "- topic: acme/{device}\n  time: {path: ts, unit: h, zone: CST}",
                [
                    "7:28: messages[0].time.unit: unknown value \"h\"; known: auto, iso8601, ms, s",
                    "7:37: messages[0].time.zone: \"CST\" is no zone; write the distance from Greenwich, such as \"+08:00\"",
                ]
            ),
            (
                "- topic: acme/{device}\n  history: true\n  facts: [{path: x, kind: sos}]",
                [
                    "8:12: messages[0].facts: nothing is concluded from history or from what is ignored; remove the facts, or that key"
                ]
            ),
            (
                "- topic: acme/{device}\n  history: true\n  ignore: true",
                ["8:13: messages[0].ignore: the message is history already; keep one of the two"]
            ),
        ])
    func messages(messages: String, expected: [String]) {
        #expect(ProfileText(messages: messages).read().faults.map { String($0.trimmingPrefix("p.yaml:")) } == expected)
    }

    @Test("faults of a list of facts are named once, however many messages read it")
    func lists() {
        let messages =
            "messages: [{topic: \"a/{device}\", facts: p}, {topic: \"b/{device}\", facts: p}, {topic: \"c/{device}\", facts: r}]"
        let read = ProfileText(whole: ProfileText.head + "facts:\n  p: [{path: x, kind: smok}]\n  q: []\n\(messages)\n").read()

        #expect(
            read.faults.map { String($0.trimmingPrefix("p.yaml:")) } == [
                "6:23: facts.p[0].kind: unknown value \"smok\"; did you mean \"smoke\"?",
                "7:3: facts.q: no message reads it; write facts: q there, or remove it",
                "8:107: messages[2].facts: the profile has no list of facts \"r\"; known: p, q",
            ])
    }

    @Test("faults of the head are all named at once")
    func head() {
        let read = ProfileText(whole: "dialect: bad one\nlivenes: mains\nfilter: a/#/b\nmessages: []\n").read()

        #expect(read.profile == nil)
        #expect(
            read.faults == [
                "p.yaml:1:1: \"messages\" is missing; write messages: and below it - topic: acme/{device}/state with its facts:",
                "p.yaml:1:1: \"source\" is missing; write source: the address of the documentation that it was written from",
                "p.yaml:1:1: \"title\" is missing; write title: {zh-CN: 睡眠床垫, en: sleep mat}",
                "p.yaml:1:10: dialect: \"bad one\" is no id; write at most 64 letters a to z, digits, \"-\", \"_\" or \".\"",
                "p.yaml:2:1: unknown key \"livenes\"; did you mean \"liveness\"? known: aliases, dialect, facts, filter, liveness, messages, source, title",
                "p.yaml:3:9: filter: \"a/#/b\" is no topic filter; write words and + between slashes, and # at the end alone",
            ])
    }

    @Test("a topic that begins with a place needs to be told where it is usually spoken")
    func filter() {
        let messages = "- topic: \"{device}/state\""

        #expect(
            ProfileText(messages: messages).read().faults == [
                "p.yaml:6:3: filter: a topic begins with a place, so nobody can say where the dialect usually speaks; write filter: acme/#"
            ])
        #expect(ProfileText(messages: messages, filter: "acme/#").read().profile?.filters == ["acme/#"])
    }

    @Test("the filters are those of the topics where nothing is said")
    func derivedFilters() {
        let messages = "- topic: [\"acme/{device}/state\", \"acme/{device}/event\", b/c]\n  device: id"

        #expect(ProfileText(messages: messages).read().profile?.filters == ["acme/#", "b/c"])
    }
}
