extension Milliseconds {
    /// `500ms`, `90s`, `10m`, `4h`, `2d`; nil for anything else, and for negative lengths.
    public init?(text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int64(digits) else { return nil }
        switch text[digits.endIndex...] {
        case "ms": self.init(count)
        case "s": self = .seconds(count)
        case "m": self = .minutes(count)
        case "h": self = .hours(count)
        case "d": self = .hours(count > Int64.max / 24 ? .max : count * 24)
        default: return nil
        }
    }

    /// The shortest form that reads back: `90s`, `4h`.
    public var text: String {
        if rawValue == 0 { return "0s" }
        let units: [(String, Int64)] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)]
        for (name, length) in units where rawValue % length == 0 { return "\(rawValue / length)\(name)" }
        return "\(rawValue)ms"
    }
}
