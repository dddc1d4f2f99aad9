import Foundation
import Testing
import VigilCore

@testable import VigilDaemon

/// The files that are shipped, judged by the registries of this build.
struct InstalledVocabularyTests {
    @Test("the example holds for the detectors, dialects and channels that there are")
    func example() {
        let loaded = Configuration.load(path: repositoryFile("config/vigil.yaml"), vocabulary: .vigil)

        #expect(loaded.faults.faults.map(\.description) == [])
    }

    @Test("the demo holds for the detectors, dialects and channels that there are, and all its people can be reached")
    func demo() throws {
        let loaded = Configuration.load(path: repositoryFile("config/demo/vigil.yaml"), vocabulary: .vigil)
        #expect(loaded.faults.faults.map(\.description) == [])
        let configuration = try #require(loaded.configuration)
        let people = RegistryFile.load(
            path: repositoryFile("config/demo/registry.yaml"), dialects: ConfigurationVocabulary.vigil.dialects,
            language: configuration.language)

        let checked = people.checked(against: configuration)

        #expect(checked.faults.faults.map(\.description) == [])
        #expect(checked.registry != nil)
    }

    @Test("every kind of rule and of channel stands in the example")
    func complete() throws {
        let text = try String(contentsOfFile: repositoryFile("config/vigil.yaml"), encoding: .utf8)

        for kind in DetectorRegistry.kinds { #expect(text.contains("detector: \(kind)\n"), "\(kind)") }
        for kind in ConfigurationVocabulary.vigil.channelKinds { #expect(text.contains("kind: \(kind)\n"), "\(kind)") }
    }

    @Test("every kind of rule, channel and dialect has its place in the documents")
    func documented() throws {
        let configuration = try String(contentsOfFile: repositoryFile("docs/configuration.md"), encoding: .utf8)
        let channels = try String(contentsOfFile: repositoryFile("docs/channels.md"), encoding: .utf8)
        let devices = try String(contentsOfFile: repositoryFile("docs/devices.md"), encoding: .utf8)

        for kind in DetectorRegistry.kinds { #expect(configuration.contains("| `\(kind)` |"), "\(kind)") }
        for kind in ConfigurationVocabulary.vigil.channelKinds {
            #expect(configuration.contains("| `\(kind)` |"), "\(kind)")
            #expect(channels.contains("\n## \(kind)\n"), "\(kind)")
        }
        for dialect in ConfigurationVocabulary.vigil.dialects { #expect(devices.contains("`\(dialect)`"), "\(dialect)") }
    }

    @Test("every detector, channel and decoder has a file of tests of its name")
    func tested() throws {
        let rooms = [
            ("Sources/VigilCore/Detection/Detectors", "Detector.swift"), ("Sources/VigilNotify/Channels", "Channel.swift"),
            ("Sources/VigilDevices/Decoders", "Decoder.swift"),
        ]
        let tests = try names(under: "Tests")

        for (room, ending) in rooms {
            let files = try names(under: room).filter { $0.hasSuffix(ending) }
            #expect(!files.isEmpty)
            for file in files { #expect(tests.contains(file.replacing(".swift", with: "Tests.swift")), "\(file)") }
        }
    }

    /// The names of all files below a folder.
    private func names(under folder: String) throws -> Set<String> {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: repositoryFile(folder))
        return Set(paths.map { String($0.split(separator: "/").last ?? "") })
    }

    @Test("a fault in a rule's own settings is reported at its place")
    func ruleSettings() {
        let text =
            minimal.replacing("{id: push, kind: ntfy}", with: "{id: push, kind: ntfy, server: \"http://127.0.0.1\"}")
            + "rules: [{id: hot, detector: threshold, severity: yellow, observation: temperature_c, above: 30, clear_below: 31, abov: 1}]\n"

        let read = ReadConfiguration(text, vocabulary: .vigil)

        #expect(
            read.faults.errors.map { "\($0.mark?.line ?? 0):\($0.mark?.column ?? 0) \($0.path)" } == [
                "5:110 rules[0].clear_below", "5:114 rules[0]",
            ])
    }
}
