import Foundation
import Testing
import VigilTesting

/// `docs/add-a-device.md` is true: its profile reads the payloads that it shows, and says what it shows.
struct AddDeviceGuideTests {
    private let blocks: [String]

    init() throws {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let guide = try String(contentsOf: here.appending(path: "../../../docs/add-a-device.md").standardized, encoding: .utf8)
        blocks = guide.components(separatedBy: "\n```").dropFirst().enumerated().filter { $0.offset.isMultiple(of: 2) }.map {
            String($0.element.drop { $0 != "\n" }.dropFirst()) + "\n"
        }
    }

    /// What the guide prints after a command.
    private func output(after command: String) throws -> String {
        let block = try #require(blocks.first { $0.contains("$ \(command)") })
        let lines = block.components(separatedBy: "\n").drop { !$0.hasPrefix("$ \(command)") }.dropFirst()
        return lines.prefix { !$0.hasPrefix("$ ") }.joined(separator: "\n")
    }

    private func profile(_ folder: TemporaryFolder) throws -> String {
        try folder.file("careline.yaml", text: try #require(blocks.first { $0.hasPrefix("dialect: careline") }))
    }

    @Test("the profile reads what was seen as the guide shows it")
    func decode() async throws {
        let folder = try TemporaryFolder()
        let seen = try output(after: "mosquitto_sub")

        let result = try await Program.run(["decode", "--profile", try profile(folder)], input: Data(seen.utf8))

        #expect(result.status == 0, "\(result.err)")
        #expect(result.out == (try output(after: "vigil decode --profile")))
    }

    @Test("the explanation of the last payload is the one that the guide shows")
    func explain() async throws {
        let folder = try TemporaryFolder()
        let last = try #require(try output(after: "mosquitto_sub").split(separator: "\n").last)

        let result = try await Program.run(
            ["decode", "--profile", try profile(folder), "--explain", "--lang", "en"], input: Data("\(last)\n".utf8))

        #expect(
            result.out.trimmingCharacters(in: .newlines)
                == (try output(after: "tail -n 1 seen.jsonl")).trimmingCharacters(in: .newlines))
    }

    @Test("the site's configuration with the guide's topic and profile is one that the program takes")
    func check() async throws {
        let folder = try TemporaryFolder()
        _ = try profile(folder)
        let topics = try #require(blocks.first { $0.contains("filter: careline/#") })
        let text = Site.configuration().replacing("    topics:\n      - {filter: zigbee2mqtt/#, dialect: zigbee2mqtt}\n", with: topics)
        #expect(text.contains("careline/#"))
        let config = try folder.file("vigil.yaml", text: text + "profiles: [careline.yaml]\n")

        let result = try await Program.run(["check", "--config", config])

        #expect(result.status == 0, "\(result.err)")
    }
}
