import Testing
import VigilCore

@testable import VigilDevices

struct WireTimeTests {
    private func parse(_ text: String) -> Int64? {
        var text = text
        return text.withUTF8 { EventTime(iso8601: TextBytes(UnsafeRawBufferPointer($0)))?.rawValue }
    }

    @Test(
        "a time with its zone is a moment",
        arguments: [
            ("2024-09-07T15:51:41.925Z", 1_725_724_301_925), ("2026-04-17T23:33:17+08:00", 1_776_439_997_000),
            ("2020-05-04T12:06:19+02:00", 1_588_586_779_000), ("2024-02-29T00:00:00-0530", 1_709_184_600_000),
            ("2022-07-18T09:34:15.775023242+00:00", 1_658_136_855_775), ("2024-12-31T23:59:60Z", 1_735_689_600_000),
            ("2024-09-07 15:51:41.9Z", 1_725_724_301_900),
        ] as [(String, Int64)])
    func moments(text: String, milliseconds: Int64) { #expect(parse(text) == milliseconds) }

    @Test(
        "anything else is none",
        arguments: [
            "", "2024-09-07", "2024-09-07T15:51:41", "2024-13-07T15:51:41Z", "2024-09-07T25:51:41Z", "2024-09-07T15:51:41Zx",
            "2024-09-07T15:51:41.Z", "1970-01-01T00:00:00Z", "2199-01-01T00:00:00Z", "99999-01-01T00:00:00Z",
            "2024-09-07T15:51:41+99:00",
            "2024-09-07T15:51:41.1234567890Z", "yesterday",
        ])
    func nonsense(text: String) { #expect(parse(text) == nil) }

    @Test("a number is milliseconds or seconds by its size")
    func numbers() {
        #expect(EventTime(wireNumber: 1_573_393_389_829)?.rawValue == 1_573_393_389_829)
        #expect(EventTime(wireNumber: 1_573_393_389)?.rawValue == 1_573_393_389_000)
        #expect(EventTime(wireNumber: 0) == nil)
        #expect(EventTime(wireNumber: -1) == nil)
        #expect(EventTime(wireNumber: 1e300) == nil)
        #expect(EventTime(wireNumber: .nan) == nil)
    }
}
