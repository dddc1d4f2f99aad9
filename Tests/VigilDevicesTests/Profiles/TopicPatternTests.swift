import Testing

@testable import VigilDevices

struct TopicPatternTests {
    @Test(
        "places hold what stands in them",
        arguments: [
            ("espresense/devices/{device}/{room}", "espresense/devices/apple:1005:9-26/客厅", ["apple:1005:9-26", "客厅"]),
            ("#/BTtoMQTT/{device}", "home/OpenMQTTGateway/BTtoMQTT/A0B1", ["A0B1"]), ("#/BTtoMQTT/{device}", "BTtoMQTT/A0B1", ["A0B1"]),
            ("/sys/+/{device}/thing/#", "/sys/pk/dn/thing/event/property/post", ["dn"]), ("a/#", "a", []), ("#", "x/y", []),
            ("{device}/+", "mat/state", ["mat"]), ("$oc/devices/{device}/sys/#", "$oc/devices/d 1/sys/properties/report", ["d 1"]),
        ])
    func fits(pattern: String, topic: String, expected: [String]) throws {
        let pattern = try TopicPattern(pattern)

        let captures = try #require(pattern.match(topic))

        #expect(pattern.captureNames.map { captures[$0] } == expected)
    }

    @Test(
        "another topic does not fit",
        arguments: [
            ("a/{device}", "a"), ("a/{device}", "a/b/c"), ("a/{device}", "a/"), ("a/{device}", "A/b"), ("a/b", "a/bc"), ("#/x", "y"),
            ("a/#/z", "a/b"), ("a/#/b/c", "a/b"), ("a/+", "a"),
        ])
    func doesNotFit(pattern: String, topic: String) throws { #expect(try TopicPattern(pattern).match(topic) == nil) }

    @Test(
        "the narrowest filter and a topic to try it with",
        arguments: [
            ("espresense/devices/{device}/{room}", "espresense/devices/#", "espresense/devices/nameless/nameless"),
            ("v1/gateway/telemetry", "v1/gateway/telemetry", "v1/gateway/telemetry"), ("a/#", "a/#", "a/nameless"),
        ])
    func filters(pattern: String, filter: String, standIn: String) throws {
        let pattern = try TopicPattern(pattern)

        #expect(pattern.filter == filter)
        #expect(pattern.standIn(below: filter) == standIn)
        #expect(pattern.match(standIn) != nil)
    }

    @Test(
        "a pattern that begins with a place takes its first levels from the filter",
        arguments: [
            ("{device}/{field}", "sleepsensor/#", "sleepsensor/nameless"), ("#", "sleepace/#", "sleepace/nameless"),
            ("#/BTtoMQTT/{device}", "home/#", "home/BTtoMQTT/nameless"),
        ])
    func standIns(pattern: String, filter: String, standIn: String) throws {
        let pattern = try TopicPattern(pattern)

        #expect(pattern.filter == nil)
        #expect(pattern.standIn(below: filter) == standIn)
        #expect(pattern.match(standIn) != nil)
    }

    @Test(
        "a filter below which some topic of the pattern lies",
        arguments: [
            ("careline/{device}/report", "careline/#", true), ("careline/{device}/report", "+/+/report", true),
            ("careline/{device}/report", "careline/7F2A/report", true), ("careline/{device}/report", "#", true),
            ("careline/{device}/report", "careline/report", false), ("careline/{device}/report", "carelin/#", false),
            ("careline/{device}/report", "careline/+/report/#", true), ("careline/{device}/report", "careline/+/+/#", true),
            ("careline/{device}/report", "careline/+/+/+", false), ("#/events", "rtl_433/box/events", true),
            ("#/events", "rtl_433/#", true), ("#/events", "rtl_433/box/states", false), ("a/#", "a", true), ("a/#/z", "a/b", false),
            ("a/#/z", "a/+/+/z", true), ("#", "x/y", true), ("a/b", "a/b/#", true),
        ])
    func overlaps(pattern: String, filter: String, expected: Bool) throws {
        #expect(try TopicPattern(pattern).overlaps(filter) == expected)
    }
}
