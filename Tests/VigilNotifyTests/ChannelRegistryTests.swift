import Testing
import VigilCore

@testable import VigilNotify

@Suite struct ChannelRegistryTests {
    private static let files = [
        "/secret": Shared.webhookSecret.revealed, "/bad-secret": "geheim", "/token": "tk_geheim",
    ]

    private func setting(_ values: [String: Setting.Value]) -> Setting {
        Setting(.map(values.sorted { $0.key < $1.key }.map { Setting.Entry(key: $0.key, value: Setting($0.value)) }))
    }

    private func make(_ kind: String, _ values: [String: Setting.Value]) -> (factory: ChannelFactory?, faults: [String]) {
        let faults = FaultList()
        let reader = SettingsReader(setting(values), path: "channels[0]", faults: faults)
        let factory = ChannelRegistry.make(
            "desk", kind: kind, concurrency: 2, settings: reader, services: .sample(files: Self.files))
        return (factory, faults.faults.sorted().map(\.description))
    }

    @Test("a webhook is read")
    func webhook() throws {
        let (factory, faults) = make("webhook", ["secret_file": .text("/secret"), "timeout": .text("5s")])

        #expect(faults == [])
        #expect(factory?.id == "desk")
        #expect(factory?.concurrency == 2)
        #expect(factory?.make() is WebhookChannel)
        #expect(factory?.wayBack == nil)
    }

    @Test("an ntfy server with a reply topic offers its way back")
    func ntfy() throws {
        let (factory, faults) = make(
            "ntfy",
            [
                "server": .text("https://ntfy.example.org/"), "token_file": .text("/token"),
                "reply_topic": .text("vigil-replies"),
            ])

        #expect(faults == [])
        #expect(factory?.make() is NtfyChannel)
        #expect(factory?.addressFault("a/b") != nil)
        guard case .ntfy(let replies) = factory?.wayBack else {
            Issue.record("no way back")
            return
        }
        #expect(replies.server == "https://ntfy.example.org")
        #expect(replies.topic == "vigil-replies")
        #expect(replies.credential == .bearer(Secret("tk_geheim")))
    }

    @Test("an mqtt channel needs nothing but its name")
    func mqtt() {
        let (factory, faults) = make("mqtt", [:])

        #expect(faults == [])
        guard case .mqtt(let replies) = factory?.wayBack else {
            Issue.record("no way back")
            return
        }
        #expect(replies.filter == "vigil/alerts/+/accept")
    }

    @Test(
        "every fault is named with its place and what to write, and no secret is",
        arguments: [
            (
                "ntfi", [:],
                ["channels[0].kind: unknown kind of channel \"ntfi\"; did you mean \"ntfy\"? known: mqtt, ntfy, webhook"]
            ),
            (
                "webhook", [:],
                [
                    "channels[0]: \"secret_file\" is missing; write secret_file: a file that holds the secret, whsec_ and 32 to 88 characters of base64"
                ]
            ),
            (
                "webhook", ["secret_file": .text("/bad-secret")],
                ["channels[0].secret_file: secret 1 is not whsec_ followed by base64"]
            ),
            (
                "webhook", ["secret_file": .text("/none")],
                ["channels[0].secret_file: cannot open /none: no such file or directory"]
            ),
            (
                "webhook", ["secret_file": .text("/secret"), "timeout": .text("1h")],
                ["channels[0].timeout: 1h is out of range; write up to 15s"]
            ),
            (
                "ntfy",
                [
                    "server": .text("ntfy.example.org"), "reply_topic": .text("a/b"),
                    "tokn": .text("x"),
                ],
                [
                    "channels[0]: unknown key \"tokn\"; known: ca_file, password_file, proxy, public_server, reply_topic, server, timeout, token_file, user",
                    "channels[0].reply_topic: \"a/b\" is no ntfy topic; write 1 to 64 letters, digits, _ or -",
                    "channels[0].server: the address begins with neither http:// nor https://; write for example https://ntfy.example.org",
                ]
            ),
            (
                "ntfy", ["server": .text("http://a"), "user": .text("vigil")],
                ["channels[0]: user and password_file belong together; write both, or token_file"]
            ),
            (
                "ntfy",
                [
                    "server": .text("http://a"), "user": .text("vigil"),
                    "password_file": .text("/token"),
                    "token_file": .text("/token"),
                ],
                ["channels[0].token_file: stands beside user and password_file; keep one of the two"]
            ),
            (
                "mqtt", ["base": .text("vigil/#")],
                ["channels[0].base: \"vigil/#\" cannot begin an MQTT topic; write it without + # and empty levels"]
            ),
        ] as [(String, [String: Setting.Value], [String])])
    func faults(kind: String, values: [String: Setting.Value], expected: [String]) {
        let (_, faults) = make(kind, values)

        #expect(faults == expected)
        #expect(!faults.joined().contains("geheim"))
    }
}
