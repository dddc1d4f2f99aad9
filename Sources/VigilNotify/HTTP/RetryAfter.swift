internal import CCurl
internal import VigilCore

/// Reads `Retry-After`: whole seconds, or an HTTP date (RFC 9110, section 10.2.3).
enum RetryAfter {
    /// How long to wait from now; nil for anything else. A date that is over means at once.
    static func wait(_ value: String, now: WallTime) -> Milliseconds? {
        if !value.isEmpty, value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return .seconds(Int64(value) ?? .max)
        }
        // libcurl's reader also takes fragments of dates; a header that holds no letter is none.
        guard value.contains(where: \.isLetter) else { return nil }
        let date = ccurl_date(value)
        guard date >= 0 else { return nil }
        let (milliseconds, overflow) = date.multipliedReportingOverflow(by: 1000)
        return overflow ? nil : max(.zero, Milliseconds(milliseconds) - Milliseconds(now.rawValue))
    }
}
