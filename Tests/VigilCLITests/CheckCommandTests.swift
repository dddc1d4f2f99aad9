import Foundation
import Testing

struct CheckCommandTests {
    private func check(_ configuration: String, _ arguments: [String] = [], registry: String? = nil) async throws -> Program.Output {
        let folder = try TemporaryFolder()
        let file = try folder.file("vigil.yaml", text: configuration)
        var arguments = ["check", file] + arguments
        if let registry { arguments += ["--registry", try folder.file("registry.yaml", text: registry)] }
        var output = try await Program.run(arguments)
        output.out = output.out.replacingOccurrences(of: folder.path + "/", with: "")
        return output
    }

    @Test("a configuration and a registry that fit are accepted")
    func good() async throws {
        let output = try await check(Site.configuration(), registry: Site.registry)

        #expect(output.status == 0, "\(output.out)")
        #expect(output.lines.last == "nothing to complain about", "\(output.out)")
    }

    @Test("a profile that takes the place of a built-in one is named, and is no fault")
    func replaced() async throws {
        let folder = try TemporaryFolder()
        let profile =
            "dialect: sleepace\ntitle: {zh-CN: 试, en: trial}\nsource: x\nliveness: mains\nmessages: [{topic: \"bed/{device}\"}]\n"
        _ = try folder.file("own.yaml", text: profile)
        let topics = "{filter: zigbee2mqtt/#, dialect: zigbee2mqtt}"
        let text = Site.configuration().replacing(topics, with: "\(topics)\n      - {filter: bed/#, dialect: sleepace}")
        let file = try folder.file("vigil.yaml", text: text + "profiles: [own.yaml]\n")

        let output = try await Program.run(["check", "--strict", file])

        #expect(output.status == 0, "\(output.out)")
        #expect(
            output.out.contains("own.yaml:1: replaces the built-in profile \"sleepace\": nothing of that one is read"), "\(output.out)")
    }

    @Test("a faulty line of the Bluetooth keys is an error that shows no key, though a start would go on without it")
    func faultyKey() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.file("keys", text: "A4:C1:38:8D:18:B2 231d39c1d7cc1ab1aee224cd096db93\n")
        let file = try folder.file("vigil.yaml", text: Site.configuration() + "bluetooth: {adapters: [hci0], keys_file: keys}\n")

        let output = try await Program.run(["check", file])

        #expect(output.status == 78)
        #expect(output.out.contains("keys: line 1: the key of A4:C1:38:8D:18:B2 is not 32 hexadecimal digits"), "\(output.out)")
        #expect(!output.out.contains("231d39"))
    }

    @Test("a faulty profile makes no device of the registry one of an unknown dialect")
    func faultyProfile() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.file("own.yaml", text: "dialect: acme\n")
        let file = try folder.file("vigil.yaml", text: Site.configuration() + "profiles: [own.yaml]\n")
        let devices = Site.registry.replacing("dialect: zigbee2mqtt", with: "dialect: acme")
        #expect(devices != Site.registry)

        let output = try await Program.run(["check", file, "--registry", try folder.file("registry.yaml", text: devices)])

        #expect(output.status == 78)
        #expect(!output.out.contains("unknown dialect") && output.out.contains("own.yaml:1:1"), "\(output.out)")
    }

    @Test("every fault is named with file, line and column, in the order of the file, and ends with 78")
    func faults() async throws {
        let output = try await check("rules:\n  - {id: a, detector: fal, severity: red}\nbrokers: 7\nnonsense: 1\n")

        #expect(output.status == 78)
        let places = output.lines.dropLast().map { $0.split(separator: ":").prefix(3).joined(separator: ":") }
        #expect(places.contains("vigil.yaml:2:5"), "\(output.out)")
        #expect(output.out.contains(#"did you mean "fall"?"#))
        let lines = places.compactMap { $0.split(separator: ":").dropFirst().first.flatMap { Int($0) } }
        #expect(lines == lines.sorted())
        #expect(output.lines.last?.contains("errors") == true)
    }

    @Test("a registry that the configuration cannot serve is refused with the registry's line")
    func crossCheck() async throws {
        let output = try await check(
            Site.configuration(), registry: Site.registry.replacingOccurrences(of: "channel: push", with: "channel: pusch"))

        #expect(output.status == 78)
        #expect(output.out.contains("registry.yaml:19:"), "\(output.out)")
        #expect(output.out.contains(#"did you mean "push"?"#))
    }

    @Test("faults of the registry's form, against the configuration and of its policies come in one pass, each with its place")
    func onePass() async throws {
        let output = try await check(
            Site.configuration().replacingOccurrences(
                of: "- id: blue\n    steps: [{after: 0s, notify: [grid_officer]}]",
                with: "- id: blue\n    steps: [{after: 0s, notify: [clinic]}]"),
            registry: Site.registry.replacingOccurrences(of: "channel: push", with: "channel: pusch").replacingOccurrences(
                of: "address: kitchen, dwelling: d1, ", with: "address: kitchen, "))

        #expect(output.status == 78)
        let places = output.lines.dropLast().filter { !$0.contains(": warning: ") }.map {
            $0.split(separator: ":").prefix(4).joined(separator: ":")
        }
        #expect(
            places == [
                "registry.yaml:17:5: devices[0]", "registry.yaml:19:98: contacts[0].methods[0].channel",
                "vigil.yaml:27:33: policies.blue.steps[0].notify",
            ], "\(output.out)")
    }

    @Test("a secret that everybody may read is a warning, and an empty one an error, each with its place")
    func secrets() async throws {
        let folder = try TemporaryFolder()
        let token = try folder.file("token", text: "tk_1\n")
        let password = try folder.file("password", text: "\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: token)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: password)

        let open = try await check(
            Site.configuration().replacingOccurrences(of: "kind: ntfy,", with: "kind: ntfy, token_file: \(token),"))
        let empty = try await check(
            Site.configuration().replacingOccurrences(
                of: "host: 127.0.0.1\n", with: "host: 127.0.0.1\n    username: u\n    password_file: \(password)\n"))

        #expect(open.status == 0, "\(open.out)")
        #expect(open.out.contains("channels[0].token_file: warning: \(token) holds a secret"), "\(open.out)")
        #expect(empty.status == 78)
        #expect(empty.out.contains("vigil.yaml:8:20: brokers[0].password_file: \(password) is empty"), "\(empty.out)")
    }

    @Test("a warning is accepted, but not under --strict")
    func strict() async throws {
        let configuration = Site.configuration().replacingOccurrences(of: "repeat_every: 2m", with: "repeat_every: 20m")

        let lenient = try await check(configuration)
        let strict = try await check(configuration, ["--strict"])

        #expect(lenient.status == 0)
        #expect(lenient.out.contains("warning:"), "\(lenient.out)")
        #expect(strict.status == 1)
    }

    @Test("programs get the faults as JSON")
    func json() async throws {
        let output = try await check("brokers: 7\n", ["-o", "json"])

        struct Report: Decodable {
            struct Fault: Decodable {
                var line: Int
                var path: String
            }
            var errors: [Fault]
        }
        let report = try JSONDecoder().decode(Report.self, from: Data(output.out.utf8))
        #expect(output.status == 78)
        #expect(report.errors.contains { $0.path.hasPrefix("brokers") && $0.line == 1 }, "\(output.out)")
    }
}
