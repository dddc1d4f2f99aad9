import Testing
import VigilCore
import VigilDevices

struct DecoderRegistryTests {
    private let registry = DecoderRegistry()

    @Test("each dialect is registered once")
    func uniqueness() {
        let dialects = registry.entries.map(\.dialect)
        #expect(Set(dialects).count == dialects.count)
        #expect(dialects.first == "vigil")
    }

    @Test("an entry knows its own topics")
    func topics() {
        for entry in registry.entries {
            let frame = Frame(source: "test", origin: .mqtt(topic: entry.standInTopic), payload: Array("{}".utf8))
            #expect(entry.decoder.address(of: frame) != nil || entry.decoder.announcement(in: frame) != nil)
            #expect(registry.entry(forTopic: entry.standInTopic)?.dialect == entry.dialect)
            #expect(!entry.usualFilters.isEmpty)
        }
        #expect(registry.entry(forTopic: "weather/oslo/wind/now/kmh") == nil)
    }
}
