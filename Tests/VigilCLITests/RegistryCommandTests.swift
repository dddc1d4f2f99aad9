import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilStore
import VigilTesting

struct RegistryCommandTests {
    private struct Place {
        let folder: TemporaryFolder
        let config: String
        var state: String { folder.path + "/state" }

        init() throws {
            folder = try TemporaryFolder()
            config = try folder.file("vigil.yaml", text: Site.configuration())
        }

        func importFile(_ text: String) async throws -> Program.Output {
            let file = try folder.file("registry.yaml", text: text)
            return try await Program.run(["registry", "import", file, "--config", config])
        }
    }

    @Test("without a daemon a registry goes into the store, as the journal's next input")
    func offline() async throws {
        let place = try Place()

        let first = try await place.importFile(Site.registry)
        let second = try await place.importFile(Site.registry.replacingOccurrences(of: "Wang Lan", with: "Wang Mei"))

        #expect(first.status == 0, "\(first.err)")
        #expect(first.out == "imported as version 1: 1 dwellings, 1 residents, 1 devices, 1 contacts\n")
        #expect(second.out.hasPrefix("imported as version 2"))
        let reader = try StoreReader(directory: place.state)
        let registry = try #require(try await reader.registry())
        #expect(registry.version == 2)
        #expect(registry.residents.map(\.name) == ["Wang Mei"])
        let rows = try await reader.journal()
        #expect(rows.map(\.sequence) == [1, 2])
        #expect(rows.first?.at == rows.last?.at)
    }

    @Test("a faulty registry is refused with line and column, and nothing of it is imported")
    func faulty() async throws {
        let place = try Place()
        _ = try await place.importFile(Site.registry)

        let output = try await place.importFile(
            Site.registry.replacingOccurrences(of: "dwelling: d1}", with: "dwelling: d7}").replacingOccurrences(
                of: "role: grid_officer", with: "role: grid_oficer"))

        #expect(output.status == 1)
        #expect(output.err.contains("registry.yaml:15:"), "\(output.err)")
        #expect(output.err.contains(#"did you mean "grid_officer"?"#))
        #expect(try await StoreReader(directory: place.state).registry()?.version == 1)
    }

    @Test("a registry that the configuration cannot serve is refused")
    func crossCheck() async throws {
        let place = try Place()

        let output = try await place.importFile(Site.registry.replacingOccurrences(of: "channel: push", with: "channel: sms"))

        #expect(output.status == 1)
        #expect(output.err.contains(#"unknown channel "sms""#), "\(output.err)")
        #expect(!FileManager.default.fileExists(atPath: place.state + "/live.db"))
    }

    @Test("faults of form and faults against the configuration are told together")
    func onePass() async throws {
        let place = try Place()

        let output = try await place.importFile(
            Site.registry.replacingOccurrences(of: "channel: push", with: "channel: pusch").replacingOccurrences(
                of: "dwelling: d1}", with: "dwelling: d7}"))

        #expect(output.status == 1)
        #expect(output.err.contains(#"unknown dwelling "d7""#), "\(output.err)")
        #expect(output.err.contains(#"unknown channel "pusch""#), "\(output.err)")
    }

    @Test("a store that somebody else has open is not touched")
    func occupied() async throws {
        let place = try Place()
        var options = StoreOptions()
        options.ballastBytes = 0
        let store = try Store.open(directory: place.state, options: options)

        let output = try await place.importFile(Site.registry)

        #expect(output.status == 75)
        #expect(output.err.contains("stop the other instance"), "\(output.err)")
        try store.close()
    }

    @Test("an export imports again to the same")
    func export() async throws {
        let place = try Place()
        _ = try await place.importFile(Site.registry)

        let first = try await Program.run(["registry", "export", "--config", place.config])
        let again = try await place.importFile(first.out)
        let second = try await Program.run(["registry", "export", "--config", place.config])

        #expect(again.status == 0, "\(again.err)")
        #expect(first.out.contains("Wang Lan"))
        #expect(first.out == second.out)
    }

    @Test("a running daemon is asked, and its faults are told")
    func online() async throws {
        let house = try ConsoleHouse()
        let folder = try TemporaryFolder()
        let good = try folder.file("good.yaml", text: "community: {}\n")
        let bad = try folder.file("bad.yaml", text: "nonsense\n")

        let (accepted, refused, exported) = try await house.serve {
            let socket = ["--socket", house.socket]
            return (
                try await Program.run(["registry", "import", good] + socket),
                try await Program.run(["registry", "import", bad] + socket),
                try await Program.run(["registry", "export"] + socket)
            )
        }

        #expect(accepted.out.hasPrefix("imported as version 7"), "\(accepted.err)")
        #expect(accepted.err == "\(good):9:9: warning: thin\n")
        #expect(refused.status == 1)
        #expect(refused.err.hasPrefix("\(bad):1:1: no community\n"))
        #expect(exported.out == "community:\n")
    }
}
