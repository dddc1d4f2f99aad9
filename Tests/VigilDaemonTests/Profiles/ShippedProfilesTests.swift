import Foundation
import Testing
import VigilCore
import VigilDevices

@testable import VigilDaemon

struct ShippedProfilesTests {
    @Test("the profiles in the program are those of config/profiles, byte for byte")
    func embedded() throws {
        let folder = repositoryFile("config/profiles")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()

        #expect(ShippedProfiles.files.map(\.name) == names)
        for (name, bytes) in ShippedProfiles.files {
            #expect(try Array(Data(contentsOf: URL(filePath: "\(folder)/\(name)"))) == bytes, "\(name)")
        }
    }

    @Test("no shipped profile has a fault, and each file is called as its dialect", arguments: ShippedProfiles.files.map(\.name))
    func faultless(name: String) throws {
        let faults = FaultList()
        let bytes = try #require(ShippedProfiles.files.first { $0.name == name }).bytes

        let profile = ProfileFile.read(bytes, file: name, faults: faults)

        #expect(faults.faults.map(\.description) == [])
        #expect(profile.map { "\($0.dialect).yaml" } == name)
        #expect(profile?.source.hasPrefix("https://") == true)
    }

    @Test("each dialect is there once, and a topic that stands in for one is understood by it")
    func registry() {
        let dialects = DecoderRegistry.shipped.dialects
        #expect(Set(dialects).count == dialects.count)
        for entry in DecoderRegistry(profiles: ShippedProfiles.all).entries where entry.decoder is ProfileDecoder {
            let frame = Frame(source: "test", origin: .mqtt(topic: entry.standInTopic), payload: Array("{}".utf8))
            #expect(entry.decoder.address(of: frame) != nil, "\(entry.dialect)")
        }
    }

    @Test("the liveness of a profile is its devices', unless it is that of bridges")
    func liveness() {
        let liveness = DecoderRegistry.shipped.liveness

        #expect(liveness["sleepace"] == .mains)
        #expect(liveness["openmqttgateway"] == .sleepy)
        #expect(liveness["3g-watch"] == .wearable)
        #expect(liveness["espresense"] == nil && liveness["zigbee2mqtt"] == nil)
    }

    @Test("a profile of the site replaces the shipped one of its name, and adds what is new")
    func site() throws {
        func profile(_ dialect: String) throws -> Profile {
            let text = """
                dialect: \(dialect)
                title: {zh-CN: 试, en: trial}
                source: a manual
                liveness: mains
                messages: [{topic: "own/{device}"}]
                """
            return try #require(ProfileFile.read(Array(text.utf8), file: "p.yaml", faults: FaultList()))
        }

        let registry = DecoderRegistry.shipped(and: [try profile("opensleep"), try profile("acme")])

        #expect(registry.dialects.filter { $0 == "opensleep" }.count == 1)
        #expect(registry.entry(for: "opensleep")?.usualFilters == ["own/#"])
        #expect(registry.dialects.count == DecoderRegistry.shipped.dialects.count + 1)
    }
}
