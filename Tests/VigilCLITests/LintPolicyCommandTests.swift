import Foundation
import Testing

struct LintPolicyCommandTests {
    private func lint(_ configuration: String, registry: String, _ arguments: [String] = []) async throws -> Program.Output {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: configuration)
        let file = try folder.file("registry.yaml", text: registry)
        var output = try await Program.run(["policy", "lint", "-c", config, "-r", file] + arguments)
        output.out = output.out.replacingOccurrences(of: folder.path + "/", with: "")
        return output
    }

    /// Two officers, each over two channels, and a lead.
    private static let soundConfiguration =
        Site.configuration().replacingOccurrences(
            of: "{after: 60s, notify: [grid_officer]}", with: "{after: 60s, notify: [community_lead]}"
        ).replacingOccurrences(
            of: "policies:\n", with: "  - {id: screen, kind: mqtt, base: alerts}\npolicies:\n") + siteKeys

    private static let siteKeys = """
        heartbeat: {url: "https://hc-ping.com/x"}
        nobody_reachable: {act: [siren]}
        actions:
          - {id: siren, topic: site/siren/set, payload: ON, acknowledge: {topic: site/siren}}

        """

    private static let soundRegistry = Site.registry.replacingOccurrences(
        of: "methods: [{channel: push, address: zhao}]}",
        with: """
            methods: [{channel: push, address: zhao}, {channel: screen, address: zhao}]}
              - {id: second, name: Qian, role: grid_officer, methods: [{channel: push, address: qian}, {channel: screen, address: qian}]}
              - {id: lead, name: Sun, role: community_lead, methods: [{channel: push, address: sun}, {channel: screen, address: sun}]}
            """)

    @Test("a sound set-up ends with 0 and says so", arguments: [("en", "no trap found"), ("zh-CN", "未发现隐患")])
    func sound(lang: String, words: String) async throws {
        let output = try await lint(Self.soundConfiguration, registry: Self.soundRegistry, ["--lang", lang])

        #expect(output.status == 0, "\(output.out)\(output.err)")
        #expect(output.lines == [words])
    }

    @Test("traps end with 1, each with its place, why it is dangerous and what to do", arguments: ["en", "zh-CN"])
    func traps(lang: String) async throws {
        let configuration = Self.soundConfiguration.replacingOccurrences(of: "lease: 3m", with: "lease: 12m")

        let output = try await lint(configuration, registry: Site.registry, ["--lang", lang])

        #expect(output.status == 1)
        #expect(output.out.contains("vigil.yaml:18:12: policies.red.lease [long_lease]"), "\(output.out)")
        #expect(output.out.contains(lang == "en" ? "falls asleep holds it for 12m" : "睡着的人会占住它 12m"))
        #expect(output.out.contains("[lone_person]"))
        #expect(output.lines.last?.contains(lang == "en" ? "traps found" : "处隐患") == true)
    }

    @Test("a box that nobody outside watches, where nothing rings and nothing acknowledges, is named", arguments: ["en", "zh-CN"])
    func site(lang: String) async throws {
        let bare = Self.soundConfiguration.replacingOccurrences(of: Self.siteKeys, with: "")
        let mute = Self.soundConfiguration.replacingOccurrences(of: ", acknowledge: {topic: site/siren}", with: "")

        let none = try await lint(bare, registry: Self.soundRegistry, ["--lang", lang])
        let untold = try await lint(mute, registry: Self.soundRegistry, ["--lang", lang])

        #expect(none.out.contains("heartbeat [no_heartbeat]"), "\(none.out)")
        #expect(none.out.contains("nobody_reachable [silent_site]"))
        #expect(untold.out.contains("actions [unacknowledged_action]"), "\(untold.out)")
        #expect(untold.out.contains(lang == "en" ? "siren: no device acknowledges it" : "siren 没有设备回执"))
    }

    @Test("where no registry was ever imported it asks for one, and finds nothing sound", arguments: ["lint", "simulate"])
    func noRegistry(command: String) async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration())
        let rest = command == "lint" ? [] : ["--kind", "fall", "--resident", "r1"]

        let output = try await Program.run(["policy", command, "-c", config, "--lang", "en"] + rest)

        #expect(output.status == 2)
        #expect(output.err.contains("no registry was ever imported"), "\(output.err)")
        #expect(output.err.contains("-r"))
    }

    @Test("programs get each trap with file, line and words in both languages")
    func json() async throws {
        struct Report: Decodable {
            struct Trap: Decodable {
                var trap: String
                var line: Int?
                var danger: [String: String]
                var remedy: [String: String]
            }
            var traps: [Trap]
        }
        let configuration = Self.soundConfiguration.replacingOccurrences(of: "lease: 3m", with: "lease: 12m")

        let output = try await lint(configuration, registry: Self.soundRegistry, ["-o", "json"])

        let report = try JSONDecoder().decode(Report.self, from: Data(output.out.utf8))
        #expect(output.status == 1)
        #expect(report.traps.map(\.trap) == ["long_lease"] && report.traps.first?.line == 18, "\(output.out)")
        #expect(report.traps.first?.danger.keys.sorted() == ["en", "zh-CN"])
    }

    @Test("a configuration that is wrong is no matter of taste: 78")
    func wrong() async throws {
        let output = try await lint("brokers: 7\n", registry: Site.registry)

        #expect(output.status == 78)
    }
}
