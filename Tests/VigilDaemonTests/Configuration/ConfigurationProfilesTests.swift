import Testing
import VigilCore
import VigilDevices

@testable import VigilDaemon

struct ConfigurationProfilesTests {
    private static func profile(_ dialect: String, topic: String = "acme/{device}") -> String {
        """
        dialect: \(dialect)
        title: {zh-CN: 试, en: trial}
        source: a manual
        liveness: mains
        messages: [{topic: "\(topic)", facts: [{path: s, kind: smoke}]}]
        """
    }

    /// The least that this build takes.
    private static let least = minimal.replacing("kind: ntfy", with: "kind: ntfy, server: \"http://127.0.0.1\"")
    private static let routed = least.replacing("zigbee2mqtt/#, dialect: zigbee2mqtt", with: "acme/#, dialect: acme")

    private func load(_ configuration: String, _ files: [String: String]) throws -> Configuration.Loaded {
        try withFolder { folder in
            try write(configuration, to: "\(folder)/vigil.yaml")
            for (name, text) in files { try write(text, to: "\(folder)/\(name)") }
            return Configuration.load(path: "\(folder)/vigil.yaml", vocabulary: .vigil)
        }
    }

    private func faults(_ loaded: Configuration.Loaded) -> [String] {
        loaded.faults.faults.map {
            "\($0.mark.map { "\($0.file.split(separator: "/").last ?? ""):\($0.line):\($0.column) " } ?? "")\($0.message)"
        }
    }

    @Test("profiles beside the configuration are found, and routes may name them")
    func besides() throws {
        let loaded = try load(Self.routed, ["profiles/acme.yaml": Self.profile("acme"), "profiles/notes.txt": "x"])

        #expect(faults(loaded) == [])
        let configuration = try #require(loaded.configuration)
        #expect(configuration.profiles.map(\.dialect) == ["acme"])
        #expect(configuration.decoders.entry(for: "acme") != nil)
        #expect(configuration.decoders.entry(for: "opensleep") != nil)
        #expect(loaded.files.map { $0.split(separator: "/").suffix(2).joined(separator: "/") }.last == "profiles/acme.yaml")
    }

    @Test("folders and files may be named")
    func named() throws {
        let loaded = try load(
            "profiles: [own, more/b.yaml]\n" + Self.routed,
            ["own/a.yaml": Self.profile("acme"), "more/b.yaml": Self.profile("bravo"), "more/c.yaml": "nonsense"])

        #expect(faults(loaded) == [])
        #expect(loaded.configuration?.profiles.map(\.dialect) == ["acme", "bravo"])
    }

    @Test("a faulty profile keeps the configuration out, with place and remedy")
    func faulty() throws {
        let loaded = try load(Self.routed, ["profiles/acme.yaml": Self.profile("acme").replacing("smoke", with: "smok")])

        #expect(loaded.configuration == nil)
        #expect(faults(loaded).contains("acme.yaml:5:61 unknown value \"smok\"; did you mean \"smoke\"?"))
    }

    @Test("what is not there is a fault")
    func missing() throws {
        let loaded = try load("profiles: [nowhere.yaml]\n" + Self.least, [:])

        #expect(faults(loaded) == ["nowhere.yaml:1:1 cannot be read: no such file or directory; name a file that this user may read"])
    }

    @Test("a name is described once, and not where the program speaks it itself")
    func names() throws {
        let loaded = try load(
            "profiles: [a.yaml, b.yaml, z.yaml]\n" + Self.least,
            ["a.yaml": Self.profile("acme"), "b.yaml": Self.profile("acme"), "z.yaml": Self.profile("zigbee2mqtt")])

        #expect(loaded.faults.errors.count == 2)
        #expect(faults(loaded)[0].contains("\"acme\" is described in "))
        #expect(faults(loaded)[1].hasSuffix("\"zigbee2mqtt\" is understood by the program itself; give the profile another dialect"))
    }

    @Test("a profile that changed needs a restart")
    func restart() throws {
        let old = try #require(try load(Self.routed, ["profiles/acme.yaml": Self.profile("acme")]).configuration)
        var new = old
        #expect(new.partThatNeedsRestart(comparedWith: old) == nil)

        new.profiles = []

        #expect(new.partThatNeedsRestart(comparedWith: old) == "profiles")
    }
}
