import Testing
import VigilCore

@testable import VigilNotify

@Suite struct RetryAfterTests {
    /// Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110, section 5.6.7.
    private static let now = WallTime(784_111_777_000)

    @Test(
        "seconds and all three forms of a date are read, nothing else is",
        arguments: [
            ("0", Milliseconds.zero), ("7", .seconds(7)), ("120", .seconds(120)),
            ("99999999999999999999999", Milliseconds(.max)),
            ("Sun, 06 Nov 1994 08:50:07 GMT", .seconds(30)),
            ("Sunday, 06-Nov-94 08:50:07 GMT", .seconds(30)),
            ("Sun Nov  6 08:50:07 1994", .seconds(30)),
            // Over: at once.
            ("Sun, 06 Nov 1994 08:00:00 GMT", .zero),
            ("", nil), ("soon", nil), ("-5", nil), ("1.5", nil), ("1e3", nil), ("7 ", nil),
        ] as [(String, Milliseconds?)])
    func wait(value: String, expected: Milliseconds?) {
        #expect(RetryAfter.wait(value, now: Self.now) == expected)
    }
}
