/// Writes metrics in the text format that Prometheus reads (exposition format 0.0.4).
public struct PrometheusText: Sendable {
    public enum Kind: String, Sendable {
        case counter, gauge
    }

    /// A value with its labels; the order of labels is kept.
    public struct Sample: Sendable {
        public var labels: [(name: String, value: String)]
        public var value: Double

        public init(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
            self.labels = labels.map { (name: $0.key, value: $0.value) }
            self.value = value
        }
    }

    /// What `/metrics` says it is.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Everything written so far.
    public private(set) var text = ""

    public init() {}

    /// One metric with one value.
    public mutating func write(_ name: String, _ kind: Kind, help: String, _ value: Double) {
        write(name, kind, help: help, [Sample(value)])
    }

    /// One metric with a value for each set of labels. Without a sample it is left out: a type without values means nothing.
    public mutating func write(_ name: String, _ kind: Kind, help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }.joined(separator: ",")
            text += name + (labels.isEmpty ? "" : "{\(labels)}") + " \(Self.number(sample.value))\n"
        }
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    /// Backslash and line feed always, the quote only inside quotes.
    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
