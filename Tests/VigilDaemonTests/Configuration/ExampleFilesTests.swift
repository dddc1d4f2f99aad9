import Foundation
import Testing
import VigilCore

@testable import VigilDaemon

struct ExampleFilesTests {
    @Test("the commented example loads without a fault")
    func exampleIsClean() {
        let loaded = Configuration.load(path: repositoryFile("config/vigil.yaml"), vocabulary: vocabulary())

        #expect(loaded.faults.faults.map(\.description) == [])
        #expect(loaded.configuration != nil)
    }

    @Test("what the shipped rules raise has a name that people can read")
    func kindsHaveNames() throws {
        let text = try String(contentsOfFile: repositoryFile("config/vigil.yaml"), encoding: .utf8)
        let rules = try #require(text.firstMatch(of: #/(?s)\nrules:\n(.*)\npolicies:\n/#)).1
        let kinds = rules.matches(of: #/(?m)^    kind: (\w+)/#).map { AlertKind(String($0.1)) }

        #expect(kinds.count == 4)
        for kind in kinds { #expect(AlertWords.name(of: kind).chinese != kind.rawValue) }
    }

    @Test("every key that the example shows commented out is a key that can be written")
    func commentedKeysAreKnown() throws {
        let text = try String(contentsOfFile: repositoryFile("config/vigil.yaml"), encoding: .utf8)
        let uncommented = text.replacing(#/(?m)^( *)#((?:  )*(?:- )?(?:[A-Za-z_-]+:(?: .*)?|\{.*\}))$/#) { "\($0.1)\($0.2)" }

        var known = vocabulary()
        known.dialects.append("homeassistant-discovery")
        let read = ReadConfiguration(uncommented, vocabulary: known)

        // The files that the keys name are not there; everything else must be right.
        let unexpected = read.faults.faults.filter { !$0.message.contains("cannot be read") }
        #expect(unexpected.map(\.path) == ["rosters[0]"], "no policy of the example names the roster: \(unexpected)")
        #expect(read.faults.faults.count == 8)
    }

    @Test("what the example says of rules and policies is what holds without it")
    func exampleEqualsDefaults() throws {
        let example = try #require(
            Configuration.load(path: repositoryFile("config/vigil.yaml"), vocabulary: vocabulary()).configuration)
        let plain = try #require(ReadConfiguration(minimal).configuration)

        #expect(example.rules.sorted { $0.id < $1.id }.map(\.id) == plain.rules.sorted { $0.id < $1.id }.map(\.id))
        for rule in example.rules {
            #expect(rule == plain.rules.first { $0.id == rule.id })
        }
        #expect(example.policies == plain.policies)
        #expect(example.policyBySeverity == plain.policyBySeverity)
        #expect(example.technicalPolicy == plain.technicalPolicy)
        #expect(example.stateDirectory == plain.stateDirectory)
        #expect(example.controlSocket == plain.controlSocket)
        #expect(example.http == plain.http)
        #expect(example.alertLog == plain.alertLog)
        #expect(example.language == plain.language)
        #expect(example.timeZone == plain.timeZone)
        #expect(example.linger == plain.linger)
        #expect(example.snapshotEvery == plain.snapshotEvery)
        #expect(example.actions == plain.actions)
        #expect(example.unreachableActions == plain.unreachableActions)
    }

    @Test("the demo's configuration and registry load, and fit each other, without a fault")
    func demoIsClean() throws {
        let loaded = Configuration.load(path: repositoryFile("config/demo/vigil.yaml"), vocabulary: vocabulary())
        let configuration = try #require(loaded.configuration)
        let people = RegistryFile.load(
            path: repositoryFile("config/demo/registry.yaml"), dialects: vocabulary().dialects, language: configuration.language
        )
        .checked(against: configuration)

        #expect((loaded.faults.faults + people.faults.faults).map(\.description) == [])
        let registry = try #require(people.registry)
        #expect(registry.residents.count == 36)
        #expect(registry.community.grids.map { $0.buildings.count } == [2, 2])
        #expect(registry.devices.count == 36 * 5)
    }
}
