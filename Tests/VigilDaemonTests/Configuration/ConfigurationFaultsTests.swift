import Testing
import VigilCore

@testable import VigilDaemon

/// One fault each: what stands below a minimal configuration, and what an operator reads. Line 5 is the first line of the text.
struct ConfigurationFaultsTests {
    struct Case: CustomTestStringConvertible {
        var text: String
        var expected: [String]
        var isWhole = false

        init(_ text: String, _ expected: String..., isWhole: Bool = false) {
            self.text = text
            self.expected = expected
            self.isWhole = isWhole
        }

        var testDescription: String { text }
    }

    @Test(
        "each fault is named with place, path and remedy",
        arguments: top + brokers + watches + bluetooth + channels + rules + policies + rosters + actions + heartbeat)
    func fault(_ fault: Case) {
        let read = ReadConfiguration(fault.isWhole ? fault.text : minimal + fault.text)

        #expect(read.lines == fault.expected)
        #expect((read.configuration == nil) == !fault.expected.allSatisfy { $0.contains(": warning: ") })
    }

    @Test("all faults of a file are reported at once, in the order of their places")
    func allAtOnce() {
        let read = ReadConfiguration(
            """
            brokers:
              - id: a b
                host: mqtt://127.0.0.1
                port: "1883"
                password: hunter2
                topics: [{filter: "a#", dialect: zigbee2mqt}]
            channels: [{id: a, kind: nfty}]
            lingr: 1s
            http: 0.0.0.0:80
            policies: [{id: red}]
            severities: {red: nigth}
            """)

        #expect(read.configuration == nil)
        #expect(
            read.faults.errors.map { "\($0.mark?.line ?? 0) \($0.path)" } == [
                "2 brokers[0].id", "3 brokers[0].host", "4 brokers[0].port", "5 brokers[0].password", "6 brokers[0].topics[0].filter",
                "6 brokers[0].topics[0].dialect", "7 channels[0].kind", "8 ", "9 http", "10 policies[0].steps", "11 severities.red",
            ])
    }

    @Test("a secret's value appears in no fault")
    func secretsStayUnseen() {
        let read = ReadConfiguration(
            """
            brokers: [{id: a, host: h, password: canary-1, topics: [{filter: a, dialect: vigil}]}]
            channels: [{id: a, kind: ntfy, token: canary-2, url: "https://u:canary-3@example.org", nested: {api_key: canary-4}}]
            """)

        #expect(read.faults.errors.count == 4)
        #expect(!read.lines.joined().contains("canary"))
    }

    @Test("what the room of the detectors says of a rule is reported at the rule's path")
    func validatesRules() {
        var words = vocabulary()
        words.validateRule = { rule, path, faults in
            guard rule.id == "mine" else { return }
            var reader = SettingsReader(rule.settings, path: path, faults: faults)
            _ = reader.number("above", in: 0...10)
            reader.finish()
        }

        let read = ReadConfiguration(
            minimal + "rules: [{id: mine, detector: threshold, severity: red, above: 11, belw: 3}]\n", vocabulary: words)

        #expect(
            read.faults.errors.map(\.description) == [
                "v.yaml:5:63: rules[0].above: 11 is out of range; write 0 to 10",
                "v.yaml:5:67: rules[0]: unknown key \"belw\"; known: above",
            ])
    }
}

extension ConfigurationFaultsTests {
    static let top = [
        Case("polices: []\n", #"v.yaml:5:1: unknown key "polices"; did you mean "policies"?"#),
        Case("linger: 6s\n", "v.yaml:5:9: linger: 6s is out of range; write 0s to 5s"),
        Case(
            "linger: 1\n",
            #"v.yaml:5:9: linger: "1" is no duration; write a whole number and a unit, such as 500ms, 90s, 10m, 4h or 2d"#),
        Case(
            "linger: [1s]\n",
            "v.yaml:5:9: linger: a list is no duration; write a whole number and a unit, such as 500ms, 90s, 10m, 4h or 2d"),
        Case("linger: 1s\nlinger: 2s\n", #"v.yaml:6:1: "linger" stands here twice, first in line 5; keep one of them"#),
        Case("visits: {groups: {high: 5m}}\n", "v.yaml:5:25: visits.groups.high: 5m is out of range; write 1h to 366d"),
        Case("tests: {wearable: 400d}\n", "v.yaml:5:19: tests.wearable: 400d is out of range; write 0s to 366d"),
        Case("snapshot_every: 25h\n", "v.yaml:5:17: snapshot_every: 25h is out of range; write 1s to 1d"),
        Case(
            "http: 0.0.0.0:9120\n",
            #"v.yaml:5:7: http: "0.0.0.0:9120" is no address of this machine with a port; health and metrics have no login, write 127.0.0.1:9120"#
        ),
        Case(
            "time_zone: Asia/Shanghia\n",
            #"v.yaml:5:12: time_zone: unknown time zone "Asia/Shanghia"; did you mean "Asia/Shanghai"?"#),
        Case("time_zone: Beijing\n", #"v.yaml:5:12: time_zone: unknown time zone "Beijing"; write an IANA name such as Asia/Shanghai"#),
        Case("language: zh\n", #"v.yaml:5:11: language: unknown value "zh"; known: en, zh-CN"#),
        Case("alert_log: \"\"\n", "v.yaml:5:12: alert_log: is empty; write something or remove the key"),
        Case("alert_log: {a: b}\n", "v.yaml:5:12: alert_log: a map stands where text is wanted"),
        Case(
            "control_socket: /\(String(repeating: "x", count: 107))\n",
            "v.yaml:5:17: control_socket: is longer than the 107 bytes of a socket; shorten it"),
        Case(
            "state_directory: /run/vigil\n",
            #"v.yaml:5:18: state_directory: warning: "/run/vigil" is gone after a power cut, and every alert with it; write a folder on a disk"#
        ),
        Case(
            "hello", #"v.yaml:1:1: "hello" stands where the keys of a configuration are wanted; see config/vigil.yaml"#, isWhole: true),
        Case(
            "",
            "v.yaml:1:1: brokers: no broker: nothing can be heard; write brokers: with id, host and topics, see config/vigil.yaml",
            "v.yaml:1:1: channels: warning: no channel: alerts reach nobody but the alert log; write channels: with id and kind, see config/vigil.yaml",
            isWhole: true),
    ]

    /// A configuration with one broker of these keys; they begin in column 13 of line 2.
    private static func broker(_ keys: String, _ expected: String...) -> Case {
        var fault = Case("channels: [{id: push, kind: ntfy}]\nbrokers: [{\(keys)}]\n", isWhole: true)
        fault.expected = expected
        return fault
    }

    static let brokers = [
        broker(
            "host: 127.0.0.1, topics: [{filter: a, dialect: vigil}]",
            #"v.yaml:2:11: brokers[0]: "id" is missing; write id: a name of your own, such as main"#),
        broker(
            "id: a/b, host: 127.0.0.1, topics: [{filter: a, dialect: vigil}]",
            #"v.yaml:2:16: brokers[0].id: "a/b" is no id; write at most 64 letters a to z, digits, "-", "_" or ".""#),
        broker(
            "id: a, host: mqtt://h, tls: {}, topics: [{filter: a, dialect: vigil}]",
            #"v.yaml:2:25: brokers[0].host: "mqtt://h" is no host name; write the name or address alone, and port: beside it"#),
        broker(
            "id: a, host: 127.0.0.1, port: \"1883\", topics: [{filter: a, dialect: vigil}]",
            #"v.yaml:2:42: brokers[0].port: the text "1883" stands where a number is wanted; remove the quotes"#),
        broker(
            "id: a, host: 127.0.0.1, port: 0x75B, topics: [{filter: a, dialect: vigil}]",
            #"v.yaml:2:42: brokers[0].port: "0x75B" stands where a number is wanted; write decimal digits, such as 42 or 37.5"#),
        broker(
            "id: a, host: 127.0.0.1, port: 01883, topics: [{filter: a, dialect: vigil}]",
            #"v.yaml:2:42: brokers[0].port: "01883" stands where a number is wanted; write decimal digits, such as 42 or 37.5"#),
        broker(
            "id: a, host: 127.0.0.1, port: 70000, topics: [{filter: a, dialect: vigil}]",
            "v.yaml:2:42: brokers[0].port: 70000 is out of range; write 1 to 65535"),
        broker(
            "id: a, host: 127.0.0.1, port: 1e999, topics: [{filter: a, dialect: vigil}]",
            #"v.yaml:2:42: brokers[0].port: "1e999" stands where a number is wanted; write decimal digits, such as 42 or 37.5"#),
        broker(
            "id: a, host: 127.0.0.1, in_flight_window: 20.5, topics: [{filter: a, dialect: vigil}]",
            "v.yaml:2:54: brokers[0].in_flight_window: 20.5 is not a whole number"),
        broker(
            "id: a, host: 127.0.0.1, protocol: 4, topics: [{filter: a, dialect: vigil}]",
            #"v.yaml:2:46: brokers[0].protocol: unknown value "4"; known: 3.1.1, 5"#),
        broker(
            "id: a, host: 127.0.0.1, password: hunter2, topics: [{filter: a, dialect: vigil}]",
            "v.yaml:2:36: brokers[0].password: a secret must not stand in the configuration; write password_file: PATH"),
        broker(
            "id: a, host: 127.0.0.1, username: u, password_file: gone, topics: [{filter: a, dialect: vigil}]",
            #"v.yaml:2:64: brokers[0].password_file: "/etc/vigil/gone" cannot be read; check that it exists and that this user may read it"#
        ),
        broker(
            "id: a, host: 127.0.0.1, password_file: /dev/null, topics: [{filter: a, dialect: vigil}]",
            "v.yaml:2:51: brokers[0].password_file: a password needs a name; write username: NAME"),
        broker(
            "id: a, host: 127.0.0.1, tls: {certificate_file: /dev/null}, topics: [{filter: a, dialect: vigil}]",
            "v.yaml:2:41: brokers[0].tls: a client certificate needs certificate_file and key_file; write both or neither"),
        broker(
            "id: a, host: 10.0.0.2, topics: [{filter: a, dialect: vigil}]",
            "v.yaml:2:25: brokers[0].host: warning: everything, a password too, crosses the network in the clear, and anybody there can forge alarms; write tls: {}"
        ),
        broker(
            "id: a, host: 127.0.0.1",
            #"v.yaml:2:11: brokers[0]: "topics" is missing; write topics: [{filter: "zigbee2mqtt/#", dialect: zigbee2mqtt}]"#),
        broker(
            "id: a, host: 127.0.0.1, topics: [{filter: \"a#\", dialect: vigil}]",
            ##"v.yaml:2:54: brokers[0].topics[0].filter: "#" must stand alone between slashes; write a/#"##),
        broker(
            "id: a, host: 127.0.0.1, topics: [{filter: a/#/b, dialect: vigil}]",
            ##"v.yaml:2:54: brokers[0].topics[0].filter: "#" must be the last level; write + for one level in the middle"##),
        broker(
            "id: a, host: 127.0.0.1, topics: [{filter: a/b+, dialect: vigil}]",
            #"v.yaml:2:54: brokers[0].topics[0].filter: "+" must stand alone between slashes; write + for the whole level"#),
        broker(
            "id: a, host: 127.0.0.1, topics: [{filter: $share/x/a, dialect: vigil}]",
            "v.yaml:2:54: brokers[0].topics[0].filter: a shared subscription would leave messages to others; write the filter without $share"
        ),
        broker(
            "id: a, host: 127.0.0.1, topics: [{filter: \"#\", dialect: vigil}]",
            "v.yaml:2:54: brokers[0].topics[0].filter: warning: takes everything on the broker for one dialect, Vigil's own messages too; write the dialect's own topics"
        ),
        broker(
            "id: a, host: 127.0.0.1, topics: [{filter: a, dialect: zigbe2mqtt}]",
            #"v.yaml:2:66: brokers[0].topics[0].dialect: unknown dialect "zigbe2mqtt"; did you mean "zigbee2mqtt"? known: vigil, zigbee2mqtt"#
        ),
        broker(
            "id: a, host: 127.0.0.1, topics: [{filter: a, dialect: vigil}, {filter: a, dialect: vigil}]",
            #"v.yaml:2:83: brokers[0].topics[1].filter: "a" stands here twice; keep one of them"#),
        broker(
            "id: a, host: 127.0.0.1, topics: [{filter: a/#, dialect: vigil}, {filter: +/b, dialect: vigil}]",
            ##"v.yaml:2:85: brokers[0].topics[1].filter: warning: overlaps with "a/#", and a broker may send such a message twice; narrow one of them"##
        ),
        Case(
            """
            channels: [{id: push, kind: ntfy}]
            brokers:
              - {id: a, host: 127.0.0.1, publish: true, topics: [{filter: a, dialect: vigil}]}
              - {id: a, host: 127.0.0.1, publish: true, topics: [{filter: a, dialect: vigil}]}
            """,
            "v.yaml:4:5: brokers[1].client_id: another entry goes to the same broker under the same name, and each would throw the other out; write another one",
            #"v.yaml:4:10: brokers[1].id: another broker is called "a" already in v.yaml:3; give each an id of its own"#,
            #"v.yaml:4:39: brokers[1].publish: "a" publishes already; keep publish: true at one broker"#, isWhole: true),
    ]

    /// A configuration with these channels, which begin in column 12 of line 2.
    private static func channel(_ entries: String, _ expected: String...) -> Case {
        var fault = Case(
            "brokers: [{id: a, host: 127.0.0.1, publish: false, topics: [{filter: a, dialect: vigil}]}]\nchannels: [\(entries)]\n",
            isWhole: true)
        fault.expected = expected
        return fault
    }

    static let channels = [
        channel("{kind: ntfy}", #"v.yaml:2:12: channels[0]: "id" is missing; write id: a name of your own, such as push"#),
        channel("{id: a}", #"v.yaml:2:12: channels[0]: "kind" is missing; write kind: one of mqtt, ntfy, webhook"#),
        channel(
            "{id: a, kind: nfty}",
            #"v.yaml:2:26: channels[0].kind: unknown kind of channel "nfty"; did you mean "ntfy"? known: mqtt, ntfy, webhook"#),
        channel("{id: a, kind: ntfy, concurrency: 0}", "v.yaml:2:45: channels[0].concurrency: 0 is out of range; write 1 to 16"),
        channel(
            "{id: a, kind: ntfy, concurrency: 1}",
            "v.yaml:2:45: channels[0].concurrency: warning: with one message at a time a red one waits behind any other; write at least 2"
        ),
        channel(
            "{id: a, kind: ntfy}, {id: a, kind: ntfy}",
            #"v.yaml:2:38: channels[1].id: another channel is called "a" already in v.yaml:2; give each an id of its own"#),
        channel(
            "{id: a, kind: mqtt}", "v.yaml:2:26: channels[0].kind: no broker to publish on; write publish: true at one of the brokers"),
        channel(
            "{id: a, kind: mqtt, broker: mian}",
            #"v.yaml:2:40: channels[0].broker: unknown broker "mian"; known: a"#),
        channel(
            "{id: a, kind: ntfy, Token: x}",
            "v.yaml:2:32: channels[0].Token: a secret must not stand in the configuration; write Token_file: PATH"),
        channel(
            "{id: a, kind: ntfy, server: \"https://u:p@example.org/x\"}",
            "v.yaml:2:40: channels[0].server: a password stands in this address; remove it and write a *_file key, see docs/configuration.md"
        ),
    ]
}
