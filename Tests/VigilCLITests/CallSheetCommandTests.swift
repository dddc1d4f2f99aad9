import Foundation
import Testing
import VigilCore
import VigilStore
import VigilTesting

struct CallSheetCommandTests {
    private static let registry = Site.registry.replacingOccurrences(
        of: "name: Wang Lan, dwelling: d1}", with: "name: Wang Lan, dwelling: d1, phone: 010 5555 0142}"
    ).replacingOccurrences(of: "address: zhao}]}", with: "address: zhao}], phone: 139 0000 0007}")

    @Test("a running daemon is asked: flats with an open red alert stand first", arguments: ["en", "zh-CN"])
    func online(lang: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button2", "sos=true") }

        let output = try await house.serve { try await Program.run(["call-sheet", "--socket", house.socket, "--lang", lang]) }

        #expect(output.status == 0, "\(output.err)")
        let urgent = try #require(output.out.range(of: "1-1-102"))
        let calm = try #require(output.out.range(of: "1-1-101"))
        #expect(urgent.lowerBound < calm.lowerBound)
        #expect(output.out.contains(lang == "en" ? "call for help  raised  sos-r2-1" : "求救  待接警  sos-r2-1"), "\(output.out)")
    }

    @Test("without a daemon the sheet is printed from what is stored, before the first start as well")
    func offline() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration())
        let file = try folder.file("registry.yaml", text: Self.registry)
        let imported = try await Program.run(["registry", "import", file, "--config", config])
        #expect(imported.status == 0, "\(imported.err)")

        let output = try await Program.run(["call-sheet", "--config", config])
        let json = try await Program.run(["call-sheet", "--config", config, "-o", "json"])

        #expect(output.status == 0, "\(output.err)")
        for words in ["Riverside", "1-1-101", "Wang Lan", "010 5555 0142", "1  Zhao", "grid officer", "139 0000 0007"] {
            #expect(output.out.contains(words), "\(words) is missing from\n\(output.out)")
        }
        let sheet = try JSONDecoder().decode(CallSheet.self, from: Data(json.out.utf8))
        #expect(sheet.homes.first?.calls.map(\.phone) == ["139 0000 0007"])
    }

    @Test("help says that it is personal data, to be kept and destroyed as such")
    func help() async throws {
        let output = try await Program.run(["call-sheet", "--help"])

        #expect(output.out.contains("personal data"))
        #expect(output.out.contains("destroy it"))
    }
}
