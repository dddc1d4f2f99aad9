import Testing

@testable import VigilCore

// Spec: MQTT 5.0, section 4.7, with its own examples.
struct TopicFilterTests {
    @Test(
        "a topic that fits",
        arguments: [
            ("sport/tennis/player1/#", "sport/tennis/player1"), ("sport/tennis/player1/#", "sport/tennis/player1/ranking"),
            ("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon"), ("sport/#", "sport"), ("#", "sport/tennis"),
            ("sport/tennis/+", "sport/tennis/player1"), ("sport/+", "sport/"), ("+/+", "/finance"), ("/+", "/finance"),
            ("+/tennis/#", "sport/tennis"), ("sport/+/player1", "sport/tennis/player1"), ("$SYS/#", "$SYS/broker/uptime"),
            ("$SYS/monitor/+", "$SYS/monitor/Clients"), ("a/b", "a/b"), ("/#", "/a"), ("+", "a"),
        ])
    func fits(filter: String, topic: String) { #expect(TopicFilter(filter).matches(topic)) }

    @Test(
        "a topic that does not fit",
        arguments: [
            ("sport/tennis/+", "sport/tennis/player1/ranking"), ("sport/+", "sport"), ("+", "/finance"), ("sport/#", "sports/x"),
            ("sport/#", "sporty"), ("a/b", "a/b/c"), ("a/b", "a"), ("a/b", "A/b"), ("a/b", "/a/b"), ("a", "a/"), ("/#", "a"),
            ("sport/tennis/#", "sport"), ("+/+", "a"), ("zigbee2mqtt/+/x", "zigbee2mqtt/x"),
        ])
    func misses(filter: String, topic: String) { #expect(!TopicFilter(filter).matches(topic)) }

    @Test(
        "a filter that begins with a wildcard does not fit the broker's own topics",
        arguments: [("#", "$SYS/broker"), ("+/monitor/Clients", "$SYS/monitor/Clients"), ("+", "$SYS")])
    func systemTopics(filter: String, topic: String) { #expect(!TopicFilter(filter).matches(topic)) }

    @Test("a topic of several bytes a character fits byte for byte")
    func chinese() {
        #expect(TopicFilter("守望/#").matches("守望/厨房"))
        #expect(!TopicFilter("守望/#").matches("守/厨房"))
    }
}
