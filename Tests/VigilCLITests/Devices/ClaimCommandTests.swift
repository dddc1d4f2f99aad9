import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilTesting

@testable import vigil

struct ClaimCommandTests {
    private func site() async throws -> (folder: TemporaryFolder, config: String) {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration())
        let file = try folder.file("registry.yaml", text: Site.registry)
        let imported = try await Program.run(["registry", "import", file, "--config", config])
        #expect(imported.status == 0, "\(imported.err)")
        return (folder, config)
    }

    @Test("a claimed device is in the registry, and the answer says how to undo it", arguments: ["en", "zh-CN"])
    func claim(lang: String) async throws {
        let (folder, config) = try await site()

        let output = try await Program.run([
            "devices", "claim", "zigbee2mqtt:hall: door", "--as", "hall", "--dwelling", "d1", "--unheard", "--config", config, "--lang",
            lang,
        ])
        let export = try await Program.run(["registry", "export", "--config", config])

        #expect(output.status == 0, "\(output.err)")
        #expect(output.out.contains("zigbee2mqtt:hall: door") && output.out.contains("vigil registry import"), "\(output.out)")
        #expect(output.out.contains(lang == "en" ? "registry version 2" : "登记册版本 2"), "\(output.out)")
        #expect(export.out.contains("id: hall") && export.out.contains("id: kitchen"), "\(export.out)")
        _ = folder
    }

    @Test(
        "what speaks against it is named, and nothing is changed",
        arguments: [
            (["zigbee2mqtt:hall", "--as", "hall", "--dwelling", "d1"], "nobody has heard zigbee2mqtt:hall"),
            (
                ["zigbee2mqtt:hall", "--as", "kitchen", "--dwelling", "d1", "--unheard"],
                "the id kitchen is taken by zigbee2mqtt:kitchen"
            ),
            (["zigbee2mqtt:kitchen", "--as", "k2", "--dwelling", "d1"], "zigbee2mqtt:kitchen is registered already, as kitchen"),
            (["zigbee2mqtt:hall", "--as", "hall", "--dwelling", "d7", "--unheard"], "the registry has no dwelling \"d7\""),
            (["zigbee2mqtt:hall", "--as", "hall", "--resident", "r7", "--unheard"], "the registry has no resident \"r7\""),
            (
                ["homeassistant-discovery:x1", "--as", "hall", "--dwelling", "d1"],
                "homeassistant-discovery:x1 is an announcement and never speaks"
            ),
            (["homeassistant-discovery:x1", "--as", "hall", "--dwelling", "d1", "--unheard"], "vigil devices draft x1"),
            (["zigbee:hall", "--as", "hall", "--dwelling", "d1", "--unheard"], "unknown dialect \"zigbee\""),
        ])
    func refused(arguments: [String], words: String) async throws {
        let (folder, config) = try await site()

        let output = try await Program.run(["devices", "claim"] + arguments + ["--config", config, "--lang", "en"])
        let export = try await Program.run(["registry", "export", "--config", config])

        #expect(output.status == 1)
        #expect(output.err.contains(words), "\(output.err)")
        #expect(export.out.components(separatedBy: "dialect:").count == 2)
        _ = folder
    }

    @Test("without a class it is taken from the site's own profile, where that is who reads it")
    func ownProfile() async throws {
        let (folder, config) = try await site()
        try folder.file("vigil.yaml", text: Site.configuration() + "\nprofiles: [mats.yaml]\n")
        try folder.file(
            "mats.yaml",
            text: """
                dialect: mats
                title: {zh-CN: 床垫, en: mat}
                source: invented
                liveness: mains
                messages:
                  - topic: mats/{device}
                    facts: [{path: bed, kind: in_bed}]
                """)

        let output = try await Program.run([
            "devices", "claim", "mats:m1", "--as", "m1", "--dwelling", "d1", "--unheard", "--config", config, "--lang", "en",
        ])
        let export = try await Program.run(["registry", "export", "--config", config])

        #expect(output.status == 0, "\(output.err)")
        #expect(export.out.components(separatedBy: "id: m1").last?.contains("liveness: mains") == true, "\(export.out)")
    }

    /// A change of somebody else's, between the reading and the writing of ours.
    private func addContact(_ id: ContactID, _ config: String) throws {
        let offline = OfflineRegistry(configuration: try ConfigurationFile.load(config))
        let entry = "  - {id: \(id), name: Sun, role: installer, methods: [{channel: push, address: s}]}"
        let text = Site.registry.replacing("contacts:\n", with: "contacts:\n\(entry)\n")
        #expect(try offline.importFile(Array(text.utf8), name: "theirs").version != nil)
    }

    /// Where no daemon runs.
    private func desk(_ config: String) -> RegistryDesk {
        RegistryDesk(config: config, client: ControlClient(socket: "\(config).none", language: .english), language: .english)
    }

    private func camera(_ registry: inout Registry) {
        let address = DeviceAddress(dialect: "zigbee2mqtt", name: "hall")
        registry.devices.append(Device(id: "hall", address: address, dwelling: "d1", liveness: .sleepy))
    }

    @Test("who changes the registry at the same time loses nothing, and neither does whoever claims")
    func atOnce() async throws {
        let (folder, config) = try await site()
        let desk = desk(config)
        var rounds = 0

        let result = try await desk.change(name: "ours") { registry in
            rounds += 1
            if rounds == 1 { try addContact("theirs", config) }
            camera(&registry)
        }
        let registry = try await desk.registry()

        #expect(rounds == 2 && result.version == 3)
        #expect(registry.devices.map(\.id) == ["kitchen", "hall"])
        #expect(registry.contacts.map(\.id).contains("theirs"))
        _ = folder
    }

    @Test("of a registry that never stands still somebody hears, and it is left as the others made it")
    func restless() async throws {
        let (folder, config) = try await site()
        let desk = desk(config)
        var rounds = 0

        var failure: CommandFailure?
        do {
            _ = try await desk.change(name: "ours") { registry in
                rounds += 1
                try addContact(ContactID("other\(rounds)"), config)
                camera(&registry)
            }
        } catch { failure = error as? CommandFailure }

        #expect(failure?.status == .finding && failure?.words.contains("vigil registry export") == true, "\(failure?.words ?? "")")
        #expect(try await desk.registry().devices.map(\.id) == ["kitchen"])
        _ = folder
    }

    @Test("a file that was made from an older version is refused where that is asked for")
    func outdatedImport() async throws {
        let (folder, config) = try await site()
        let file = try folder.file("again.yaml", text: Site.registry)

        let late = try await Program.run(["registry", "import", file, "--over", "7", "--config", config, "--lang", "en"])
        let timely = try await Program.run(["registry", "import", file, "--over", "1", "--config", config])

        #expect(late.status == 1 && late.err.contains("it is version 1 now"), "\(late.err)")
        #expect(timely.status == 0, "\(timely.err)")
    }

    @Test(
        "wrong usage is told as such",
        arguments: [
            ["hall", "--as", "hall", "--dwelling", "d1"], ["zigbee2mqtt:hall", "--as", "hall"],
            [":x", "--as", "h", "--dwelling", "d1"],
        ])
    func usage(arguments: [String]) async throws {
        #expect(try await Program.run(["devices", "claim"] + arguments).status == 2)
    }

    @Test(
        "without a class it is taken from what the device said",
        arguments: [
            ("zigbee2mqtt", "kitchen", #"{"smoke":false}"#, LivenessClass.sleepySmoke),
            ("zigbee2mqtt", "hall", #"{"contact":false}"#, .sleepy),
            // A sample that is cut off says nothing.
            ("zigbee2mqtt", "hall", #"{"smoke":fal"#, .sleepy),
            ("zigbee2mqtt", "bridge", #"{"state":"online"}"#, .bridge),
            ("3g-watch", "8800000015", "[3G*8800000015*0009*LK,0,10,96]", .wearable),
        ])
    func guess(dialect: String, address: String, sample: String, expected: LivenessClass) throws {
        let claim = DeviceClaim(
            address: DeviceAddress(dialect: Dialect(dialect), name: address), id: "new", dwelling: "d1", resident: nil, liveness: nil)

        let device = try claim.device(in: SmallCommunity.registry(), sample: PayloadSample(Array(sample.utf8)), isUnheardFine: false)

        #expect(device.liveness == expected)
        #expect(device.dwelling == "d1" && device.address == claim.address)
    }
}
