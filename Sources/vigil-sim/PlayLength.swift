import ArgumentParser

/// A length of time with its unit: `500ms`, `90s`, `10m`, `8h`.
struct PlayLength: ExpressibleByArgument {
    let length: Duration

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        // A year at most: keeps every sum of lengths far from overflow.
        guard let count = Int64(digits), count > 0, count <= 31_536_000_000 else { return nil }
        let milliseconds: Int64
        switch argument[digits.endIndex...] {
        case "ms": milliseconds = 1
        case "s": milliseconds = 1000
        case "m": milliseconds = 60_000
        case "h": milliseconds = 3_600_000
        default: return nil
        }
        let (product, overflow) = count.multipliedReportingOverflow(by: milliseconds)
        guard !overflow, product <= 31_536_000_000 else { return nil }
        length = .milliseconds(product)
    }
}
