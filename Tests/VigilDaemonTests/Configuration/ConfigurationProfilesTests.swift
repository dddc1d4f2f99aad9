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

        #expect(loaded.faults.errors == [])
        #expect(loaded.configuration?.profiles.map(\.dialect) == ["acme", "bravo"])
    }

    @Test("a faulty profile keeps the configuration out, with place and remedy")
    func faulty() throws {
        let loaded = try load(Self.routed, ["profiles/acme.yaml": Self.profile("acme").replacing("smoke", with: "smok")])

        #expect(loaded.configuration == nil)
        #expect(faults(loaded) == ["acme.yaml:5:61 unknown value \"smok\"; did you mean \"smoke\"?"])
    }

    @Test("a profile that has the name of a dialect of the program is one fault, whatever else it says")
    func codeDialect() throws {
        let loaded = try load(Self.least, ["profiles/z.yaml": Self.profile("zigbee2mqtt")])

        #expect(
            faults(loaded) == [
                "z.yaml:1:10 \"zigbee2mqtt\" is understood by the program itself; give the profile another dialect"
            ])
    }

    @Test("a faulty profile makes its dialect no unknown one, also where it is no YAML", arguments: ["{", "aliases: [x"])
    func faultyName(broken: String) throws {
        let loaded = try load(Self.routed, ["profiles/mat.yaml": "# a mat\ndialect: acme\n\(broken)\n"])

        #expect(loaded.configuration == nil)
        #expect(!faults(loaded).contains { $0.contains("unknown dialect") })
        #expect(loaded.readable?.faultyDialects == ["acme"])
    }

    @Test("a route below which no topic of its profile lies is named, with the topics, and so is a profile without any")
    func silence() throws {
        let filters = Self.routed.replacing("acme/#", with: "acmee/#")
        let loaded = try load(filters, ["profiles/a.yaml": Self.profile("acme"), "profiles/b.yaml": Self.profile("bravo")])

        let found = faults(loaded)
        #expect(loaded.faults.errors.isEmpty && found.count == 2)
        #expect(
            found[0].contains(
                "no message of \"acme\" comes below it: its topics are acme/{device}; correct the filter, or the topics in "))
        #expect(found[0].hasPrefix("vigil.yaml:"))
        #expect(
            found[1]
                == "b.yaml:1:10 no broker listens to it, so nobody hears its devices; write {filter: acme/#, dialect: bravo} among the topics of a broker"
        )
    }

    @Test("what is built in is looked at as well")
    func shippedSilence() throws {
        let filters = Self.least.replacing("zigbee2mqtt/#, dialect: zigbee2mqtt", with: "espressense/#, dialect: espresense")

        let found = faults(try load(filters, [:]))

        #expect(found.count == 1)
        #expect(
            found[0].hasSuffix(
                "no message of \"espresense\" comes below it: its topics are espresense/devices/{device}/{room}, espresense/rooms/{device}/status, espresense/rooms/{device}/motion, espresense/rooms/{device}/pir, espresense/rooms/{device}/radar; correct the filter, or the topics in config/profiles/espresense.yaml"
            ))
    }

    @Test("a profile that takes the place of one that is built in is said to")
    func replaced() throws {
        let routed = Self.least.replacing("zigbee2mqtt/#, dialect: zigbee2mqtt", with: "acme/#, dialect: theengs")
        let loaded = try load(routed, ["profiles/t.yaml": Self.profile("theengs")])

        #expect(faults(loaded) == [])
        #expect(loaded.configuration?.replacedProfiles.map(\.dialect) == ["theengs"])
        #expect(loaded.configuration?.replacedProfiles.first?.mark?.line == 1)
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

        let errors = loaded.faults.errors
        #expect(errors.count == 2)
        #expect(errors[0].mark?.file.hasSuffix("/b.yaml") == true && errors[0].mark?.line == 1)
        #expect(errors[0].message.hasPrefix("\"acme\" is described in "))
        #expect(errors[0].message.hasSuffix("/a.yaml:1 already; keep one of them, or give it another dialect"))
        #expect(errors[1].mark?.file.hasSuffix("/z.yaml") == true)
        #expect(errors[1].message == "\"zigbee2mqtt\" is understood by the program itself; give the profile another dialect")
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
