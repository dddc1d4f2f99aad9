import Testing
import VigilCore
import VigilIngest
import VigilNotify

@testable import VigilDaemon

struct ConfigurationTests {
    @Test("a file that says only what nobody else can know is complete")
    func defaults() throws {
        let read = ReadConfiguration(minimal)
        let configuration = try #require(read.configuration)

        #expect(read.lines == [])
        #expect(configuration.stateDirectory == "/var/lib/vigil")
        #expect(configuration.http == ListenAddress(host: "127.0.0.1", port: 9120))
        #expect(configuration.linger == .seconds(1))
        #expect(configuration.snapshotEvery == .minutes(5))
        #expect(configuration.language == .chinese)
        #expect(configuration.timeZone == "Asia/Shanghai")
        #expect(configuration.publishingBroker == "main")
        #expect(
            configuration.brokers == [
                BrokerConfiguration(id: "main", host: "127.0.0.1", port: 1883, clientID: "vigil", subscriptions: ["zigbee2mqtt/#"])
            ])
        #expect(Set(configuration.rules.map(\.detector)) == ["sos", "smoke", "fall", "threshold", "absence", "device", "battery"])
        #expect(configuration.rules.filter { $0.severity == .red }.map(\.id) == ["sos", "smoke", "fall", "apnea"])
        #expect(configuration.policies.map(\.id) == ["red", "yellow", "blue", "technical"])
        #expect(
            configuration.testCadences == [
                TestCadence(.sleepySmoke, every: .hours(30 * 24)), TestCadence(.wearable, every: .hours(7 * 24)),
                TestCadence(.oneWay, every: .hours(7 * 24)),
            ])
        #expect(
            configuration.riskGroups == [
                RiskGroup("high", every: .hours(24)), RiskGroup("medium", every: .hours(72)), RiskGroup("low", every: .hours(168)),
            ])
    }

    @Test("the built-in policies are the ones that the design states")
    func defaultPolicies() throws {
        let policies = try #require(ReadConfiguration(minimal).configuration).policies

        #expect(
            policies.first
                == EscalationPolicy(
                    id: "red",
                    steps: [
                        .init(after: .zero, notify: [.role(.gridOfficer), .role(.propertyDesk), .role(.family)]),
                        .init(after: .seconds(60), notify: [.role(.buildingCaptain)]),
                        .init(after: .seconds(180), notify: [.role(.communityLead)]),
                    ], repeatEvery: .seconds(120), lease: .minutes(3), attendingLease: .minutes(15), reopenWindow: .minutes(30)))
        #expect(policies.map(\.repeatEvery) == [.minutes(2), .minutes(15), .hours(24), .hours(8)])
        #expect(policies.map(\.lease) == [.minutes(3), .minutes(30), .hours(24), .hours(8)])
        #expect(policies.map(\.closeAfterCleared) == [nil, .minutes(30), .hours(24), .minutes(10)])
        #expect(policies.allSatisfy { $0.steps.first?.after == .zero && $0.steps.last?.notify.isEmpty == false })
    }

    @Test("every key of an action arrives, and what names no broker goes to the one that Vigil publishes on")
    func actions() throws {
        let configuration = try #require(
            ReadConfiguration(
                minimal + """
                    actions:
                      - id: valve
                        broker: main
                        topic: zigbee2mqtt/valve/set
                        payload: CLOSE
                        qos: 0
                        acknowledge: {topic: zigbee2mqtt/valve, contains: '"state":"CLOSE"'}
                        timeout: 15s
                        in_drills: true
                      - {id: siren, topic: site/siren, payload: 1, release: 0, acknowledge: {topic: site/siren/state, payload: 1}}
                    nobody_reachable: {act: [siren, valve]}
                    """
            ).configuration)

        #expect(
            configuration.actions == [
                MQTTAction(
                    id: "valve", broker: "main", topic: "zigbee2mqtt/valve/set", payload: "CLOSE", qos: .atMostOnce,
                    acknowledgement: .init(topic: "zigbee2mqtt/valve", part: #""state":"CLOSE""#), timeout: .seconds(15),
                    isInDrills: true),
                MQTTAction(
                    id: "siren", broker: "main", topic: "site/siren", payload: "1",
                    acknowledgement: .init(topic: "site/siren/state", payload: "1"), release: "0"),
            ])
        let rules = configuration.ruleSet(version: 1)
        #expect(
            rules.actions == [EscalationAction(id: "valve", isInDrills: true), EscalationAction(id: "siren", hasRelease: true)])
        #expect(rules.unreachableActions == ["siren", "valve"])
    }

    @Test("the monitor's address is read from its file, and shown nowhere")
    func heartbeat() throws {
        let read = try withFolder { folder in
            try write("https://hc-ping.com/5f3c\n", to: folder + "/heartbeat")
            return ReadConfiguration(minimal + "heartbeat: {url_file: heartbeat, every: 30s, timeout: 5s}\n", directory: folder)
        }

        let monitor = try #require(read.configuration?.heartbeat)
        #expect(read.lines == [])
        #expect(monitor.address == Secret("https://hc-ping.com/5f3c"))
        #expect(monitor.every == .seconds(30))
        #expect(monitor.http.deadline == .seconds(5))
        #expect(!"\(monitor)".contains("5f3c"))
    }

    @Test("every key of a broker arrives")
    func broker() throws {
        let configuration = try #require(
            ReadConfiguration(
                """
                brokers:
                  - id: site
                    host: mqtt.example.org
                    port: 8884
                    protocol: "3.1.1"
                    client_id: box-7
                    username: 007
                    password_file: /dev/null
                    tls: {ca_file: /dev/null, certificate_file: /dev/zero, key_file: /dev/null}
                    in_flight_window: 100
                    keep_alive: 15s
                    topics: [{filter: vigil/in/#, dialect: vigil}, {filter: "zigbee2mqtt/#", dialect: zigbee2mqtt}]
                  - {id: spare, host: 127.0.0.1, publish: true, tls: {}, topics: [{filter: vigil/in/#, dialect: vigil}]}
                channels: [{id: push, kind: ntfy}]
                """
            ).configuration)

        let tls = BrokerConfiguration.TLS(caFile: "/dev/null", certificateFile: "/dev/zero", keyFile: "/dev/null")
        #expect(
            configuration.brokers.first
                == BrokerConfiguration(
                    id: "site", host: "mqtt.example.org", port: 8884, protocolVersion: .v311, clientID: "box-7", username: "007",
                    passwordFile: "/dev/null", tls: tls, subscriptions: ["vigil/in/#", "zigbee2mqtt/#"], keepAlive: .seconds(15),
                    inFlightWindow: 100))
        #expect(configuration.brokers.last?.port == 8883)
        #expect(configuration.publishingBroker == "spare")
        #expect(
            configuration.routes == [
                TopicRoute(source: "site", filter: "vigil/in/#", dialect: "vigil"),
                TopicRoute(source: "site", filter: "zigbee2mqtt/#", dialect: "zigbee2mqtt"),
                TopicRoute(source: "spare", filter: "vigil/in/#", dialect: "vigil"),
            ])
    }

    @Test("a listener for watches arrives with its route, and needs no broker beside it")
    func watches() throws {
        let read = ReadConfiguration(
            """
            watches:
              - {id: watches, listen: "10.8.0.1:8001", max_connections: 40, idle_timeout: 15m}
              - {id: more, listen: "[fd00::1]:8001"}
            channels: [{id: push, kind: ntfy}]
            """)
        let configuration = try #require(read.configuration)

        #expect(read.lines == [])
        #expect(
            configuration.watches == [
                WatchListenerConfiguration(
                    id: "watches", address: try #require(SocketAddress("10.8.0.1:8001")), maximumConnections: 40,
                    idleTimeout: .minutes(15)),
                WatchListenerConfiguration(id: "more", address: try #require(SocketAddress("[fd00::1]:8001"))),
            ])
        #expect(
            configuration.routes == [
                TopicRoute(source: "watches", filter: "3g-watch/+", dialect: "3g-watch"),
                TopicRoute(source: "more", filter: "3g-watch/+", dialect: "3g-watch"),
            ])
    }

    @Test("a Bluetooth receiver arrives with its adapters and its route, and needs no broker beside it")
    func bluetooth() throws {
        let read = ReadConfiguration(
            """
            bluetooth: {adapters: [hci1, "h4:tcp:10.8.0.9:7000"], scan: active}
            channels: [{id: push, kind: ntfy}]
            """)
        let configuration = try #require(read.configuration)

        #expect(read.lines == [])
        #expect(
            configuration.bluetooth
                == BluetoothReceiverConfiguration(
                    id: "ble", adapters: [.kernel(1), try #require(BluetoothAdapter("h4:tcp:10.8.0.9:7000"))], scansActively: true))
        #expect(
            configuration.routes == [
                TopicRoute(source: "ble-hci1", filter: "ble/#", dialect: "ble"),
                TopicRoute(source: "ble-h4-tcp-10.8.0.9-7000", filter: "ble/#", dialect: "ble"),
            ])
    }

    @Test("a rule takes the place of the built-in one with its id, and the others stay")
    func rulesReplace() throws {
        let configuration = try #require(
            ReadConfiguration(
                minimal + """
                    rules:
                      - {id: absence, detector: absence, severity: red, after: 007, scope: {residents: [007, r2]},
                         message: {zh-CN: 久未活动, en: no sign of life}}
                      - {id: mine, detector: threshold, severity: blue, scope: {grids: g1}, shadow: true, above: 5}
                    """
            ).configuration)

        let absence = try #require(configuration.rules.first { $0.id == "absence" })
        #expect(absence.severity == .red)
        #expect(absence.scope == .residents(["007", "r2"]))
        #expect(absence.message == LocalizedText(zh: "久未活动", en: "no sign of life"))
        #expect(absence.settings == Setting(.map([.init(key: "after", value: Setting(.plain("007")))])))
        let mine = try #require(configuration.rules.first { $0.id == "mine" })
        #expect(mine.isShadow && mine.scope == .grids(["g1"]))
        #expect(configuration.rules.count == 14)
        #expect(Set(configuration.rules.map(\.id)).isSuperset(of: ["sos", "smoke", "fall", "device-silent"]))
    }

    @Test("a comment above a rule changes nothing that is journaled")
    func marksAreNotJournaled() throws {
        let text = "rules: [{id: mine, detector: threshold, severity: blue, above: 5}]\n"

        let a = try #require(ReadConfiguration(minimal + text).configuration).ruleSet(version: 3)
        let b = try #require(ReadConfiguration("# a comment\n\n" + minimal + "  # another\n" + text).configuration).ruleSet(version: 3)

        #expect(a == b)
    }

    @Test("a policy takes the place of the built-in one, and severities may name it alone")
    func policiesReplace() throws {
        let configuration = try #require(
            ReadConfiguration(
                minimal + """
                    policies:
                      - {id: blue, steps: [{after: 0s, notify: "contact:c-wang"}], close_after_cleared: 1h}
                      - {id: night, repeat_every: 1m, steps: [{after: 0s, notify: family}, {after: 9s, notify: clinic}]}
                    severities: {red: night}
                    technical: blue
                    """
            ).configuration)

        #expect(configuration.policies.map(\.id) == ["red", "yellow", "technical", "blue", "night"])
        #expect(configuration.policies.first { $0.id == "blue" }?.steps == [.init(after: .zero, notify: [.contact("c-wang")])])
        #expect(
            configuration.policyBySeverity == [
                .init(severity: .red, policy: "night"), .init(severity: .yellow, policy: "yellow"),
                .init(severity: .blue, policy: "blue"),
            ])
        #expect(configuration.technicalPolicy == "blue")
    }

    @Test("a channel keeps what its kind needs, with paths counted from the configuration's folder")
    func channelSettings() throws {
        let configuration = try #require(
            ReadConfiguration(
                """
                brokers: [{id: main, host: localhost, topics: [{filter: a, dialect: vigil}]}]
                channels: [{id: hook, kind: webhook, concurrency: 8, secret_file: keys/hook, tls: {ca_file: /etc/ca.pem}, timeout: 5s}]
                """
            ).configuration)

        let channel = try #require(configuration.channels.first)
        #expect(channel.limits == ChannelLimits(id: "hook", concurrency: 8))
        var reader = SettingsReader(channel.settings, path: "channels[0]", faults: FaultList())
        #expect(reader.text("secret_file") == "/etc/vigil/keys/hook")
        #expect(reader.duration("timeout") == .seconds(5))
        var tls = reader.reader("tls")
        #expect(tls?.text("ca_file") == "/etc/ca.pem")
        reader.finish()
        #expect(reader.faults.faults == [])
    }

    @Test("what the room of the channels says of an entry is reported, once its id and kind are known")
    func validatesChannels() {
        var words = vocabulary()
        words.validateChannel = { definition, path, faults in
            faults.add(SettingFault(mark: definition.settings.mark, path: "\(path).server", message: "is missing"))
        }
        let broker = "brokers: [{id: main, host: localhost, topics: [{filter: a, dialect: vigil}]}]\n"

        let read = ReadConfiguration(broker + "channels: [{id: a, kind: ntfy}, {id: b, kind: nope}]\n", vocabulary: words)

        #expect(read.faults.errors.map(\.path) == ["channels[0].server", "channels[1].kind"])
    }

    @Test("one address for health and metrics, on this machine", arguments: ["localhost:1", "127.3.2.1:80", "[::1]:65535"])
    func listenAddress(_ text: String) {
        #expect(ListenAddress(text: text)?.description == text)
    }

    @Test(
        "an address that others could reach, or none, is refused",
        arguments: [
            "0.0.0.0:80", "10.0.0.1:80", "[::]:80", "::1:80", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:+80", ":80",
            "127.0.0:80", "127.0.0.256:80", "localhost.example.org:80",
        ])
    func notListenAddress(_ text: String) {
        #expect(ListenAddress(text: text) == nil)
    }

    @Test(
        "filters overlap where some topic fits both",
        arguments: [
            ("a/#", "a", true), ("a/+", "a", false), ("a/+/c", "a/b/#", true), ("+/b", "a/+", true), ("a/b", "a/c", false),
            ("#", "x/y", true), ("a/b/c", "a/+", false),
        ])
    func overlap(_ a: String, _ b: String, _ expected: Bool) {
        #expect(FilterSyntax.overlap(a, b) == expected)
        #expect(FilterSyntax.overlap(b, a) == expected)
    }
}
