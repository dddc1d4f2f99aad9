import Testing

@testable import VigilNotify

@Suite struct StringClippedTests {
    @Test("a text that fits is left alone")
    func fits() {
        #expect("跌倒".clipped(toBytes: 6) == "跌倒")
    }

    @Test(
        "a text is cut between characters, and says so",
        arguments: [(8, "跌…"), (7, "跌…"), (6, "跌…"), (5, "…"), (3, "…"), (2, "")])
    func cut(limit: Int, expected: String) {
        let clipped = "跌倒了".clipped(toBytes: limit)

        #expect(clipped == expected)
        #expect(clipped.utf8.count <= limit)
    }

    @Test("what belongs together stays together")
    func grapheme() {
        #expect("a👨‍👩‍👧b".clipped(toBytes: 12) == "a…")
    }
}
