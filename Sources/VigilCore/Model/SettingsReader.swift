/// A fault in a file that people write: what, where, why, and what to write instead.
public struct SettingFault: Error, Hashable, Sendable, Comparable, CustomStringConvertible {
    public enum Weight: String, Sendable {
        /// The daemon refuses to start.
        case error
        /// Valid but dangerous: named, and accepted.
        case warning
    }

    public let weight: Weight
    public let mark: Setting.Mark?
    /// `rules[2].detector`.
    public let path: String
    public let message: String

    public init(_ weight: Weight = .error, mark: Setting.Mark?, path: String, message: String) {
        self.weight = weight
        self.mark = mark
        self.path = path
        self.message = message
    }

    public static func < (a: Self, b: Self) -> Bool {
        switch (a.mark, b.mark) {
        case (let x?, let y?) where x != y: x < y
        case (nil, _?): true
        case (_?, nil): false
        default: (a.path, a.message) < (b.path, b.message)
        }
    }

    public var description: String {
        let place = mark.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
        let what = path.isEmpty ? "" : "\(path): "
        return "\(place)\(what)\(weight == .warning ? "warning: " : "")\(message)"
    }
}

/// Where faults are gathered, so that one pass reports all of them.
public final class FaultList {
    public private(set) var faults: [SettingFault] = []

    public init() {}

    public func add(_ fault: SettingFault) { faults.append(fault) }

    public var errors: [SettingFault] { faults.filter { $0.weight == .error }.sorted() }
    public var warnings: [SettingFault] { faults.filter { $0.weight == .warning }.sorted() }
}

/// Reads one map of a configuration tree into types.
///
/// Nothing throws: a wrong or missing value becomes a fault in `faults` and the reading goes on, so that all faults of a file are found
/// at once. Call `finish()` at the end: keys that nobody asked for are faults too.
public struct SettingsReader {
    public let path: String
    public let mark: Setting.Mark?
    public let faults: FaultList
    private let entries: [Setting.Entry]
    private var asked: [String] = []

    /// - Parameter setting: a map; anything else is a fault and reads as an empty one.
    public init(_ setting: Setting, path: String, faults: FaultList) {
        self.path = path
        self.mark = setting.mark
        self.faults = faults
        switch setting.value {
        case .map(let entries):
            self.entries = entries
            var seen: Set<String> = []
            for entry in entries where !seen.insert(entry.key).inserted {
                faults.add(SettingFault(mark: entry.mark, path: path, message: "\"\(entry.key)\" stands here twice; keep one of them"))
            }
        case .null: self.entries = []
        default:
            self.entries = []
            faults.add(
                SettingFault(mark: setting.mark, path: path, message: "\(setting.shape) stands where a map of settings is wanted"))
        }
    }

    // MARK: Values

    /// The node under a key, where the file has one; `null` counts as absent.
    public mutating func setting(_ key: String) -> Setting? {
        asked.append(key)
        guard let value = entries.first(where: { $0.key == key })?.value, value.value != .null else { return nil }
        return value
    }

    /// The node under a key that must be there.
    public mutating func requiredSetting(_ key: String, _ wanted: String) -> Setting? {
        if let found = setting(key) { return found }
        fault(at: mark, key: nil, "\"\(key)\" is missing; write \(key): \(wanted)")
        return nil
    }

    public mutating func text(_ key: String) -> String? { setting(key).flatMap { readText($0, key) } }

    public mutating func requiredText(_ key: String, _ wanted: String) -> String? {
        requiredSetting(key, wanted).flatMap { readText($0, key) }
    }

    public mutating func flag(_ key: String, default fallback: Bool) -> Bool {
        guard let found = setting(key) else { return fallback }
        if case .bool(let value) = found.value { return value }
        fault(at: found.mark, key: key, "\(found.shape) stands where true or false is wanted")
        return fallback
    }

    public mutating func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
        guard let found = setting(key) else { return nil }
        guard case .number(let value) = found.value else {
            fault(at: found.mark, key: key, "\(found.shape) stands where a number is wanted")
            return nil
        }
        guard range.contains(value) else {
            fault(at: found.mark, key: key, "\(value) is out of range; write \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    public mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = number(key, in: Double(range.lowerBound)...Double(range.upperBound)) else { return nil }
        guard let whole = Int(exactly: value) else {
            fault(at: entries.first { $0.key == key }?.value.mark, key: key, "\(value) is not a whole number")
            return nil
        }
        return whole
    }

    /// A length of time with its unit: `500ms`, `90s`, `10m`, `4h`, `2d`.
    public mutating func duration(_ key: String) -> Milliseconds? {
        guard let found = setting(key) else { return nil }
        if case .text(let text) = found.value, let length = Milliseconds(text: text) { return length }
        let seen = if case .text(let text) = found.value { "\"\(text)\"" } else { found.shape }
        fault(at: found.mark, key: key, "\(seen) is no duration; write a whole number and a unit, such as 500ms, 90s, 10m, 4h or 2d")
        return nil
    }

    /// One of an enumeration's raw values.
    public mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let found = setting(key), let text = readText(found, key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        fault(at: found.mark, key: key, "unknown value \"\(text)\"\(Self.hint(text, among: known))")
        return nil
    }

    /// The elements of a list; a lone value counts as a list of one, absence as an empty one.
    public mutating func list(_ key: String) -> [Setting] {
        guard let found = setting(key) else { return [] }
        if case .list(let elements) = found.value { return elements }
        return [found]
    }

    public mutating func texts(_ key: String) -> [(text: String, mark: Setting.Mark?)] {
        list(key).enumerated().compactMap { index, element in
            readText(element, "\(key)[\(index)]").map { ($0, element.mark) }
        }
    }

    /// A reader for each map of a list.
    public mutating func readers(_ key: String) -> [SettingsReader] {
        list(key).enumerated().map { SettingsReader($1, path: joined("\(key)[\($0)]"), faults: faults) }
    }

    /// A reader for the map under a key, where there is one.
    public mutating func reader(_ key: String) -> SettingsReader? {
        setting(key).map { SettingsReader($0, path: joined(key), faults: faults) }
    }

    // MARK: Faults

    /// Keys that nobody asked for are faults. Every reader ends with this.
    public func finish() {
        for entry in entries where !asked.contains(entry.key) {
            fault(at: entry.mark, key: nil, "unknown key \"\(entry.key)\"\(Self.hint(entry.key, among: asked))")
        }
    }

    /// Notes a fault of the value under `key`, or of this map itself.
    public func fault(at mark: Setting.Mark?, key: String?, _ message: String, weight: SettingFault.Weight = .error) {
        faults.add(SettingFault(weight, mark: mark ?? self.mark, path: key.map(joined) ?? path, message: message))
    }

    /// Where the value under a key stands.
    public func mark(of key: String) -> Setting.Mark? { entries.first { $0.key == key }?.value.mark ?? mark }

    /// `; did you mean "fall"? Known: ...`
    public static func hint(_ name: String, among known: [String]) -> String {
        let near = known.min { distance(name, $0) < distance(name, $1) }
        let guess = near.flatMap { distance(name, $0) <= max(1, name.count / 3) ? "; did you mean \"\($0)\"?" : nil }
        let list = known.isEmpty ? "" : " known: \(known.sorted().joined(separator: ", "))"
        return (guess ?? (list.isEmpty ? "" : ";")) + list
    }

    private func readText(_ found: Setting, _ key: String) -> String? {
        switch found.value {
        case .text(let text): return text
        case .number(let value):
            // A dwelling called 501 is a number to YAML and a name to people.
            return Int64(exactly: value).map(String.init) ?? String(value)
        default:
            fault(at: found.mark, key: key, "\(found.shape) stands where text is wanted")
            return nil
        }
    }

    private func joined(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// Levenshtein distance, in characters.
    private static func distance(_ a: String, _ b: String) -> Int {
        let target = Array(b)
        var row = Array(0...target.count)
        for (i, character) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in target.indices {
                let substituted = diagonal + (character == target[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[target.count]
    }
}

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
        let units: [(String, Int64)] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)]
        for (name, length) in units where rawValue != 0 && rawValue % length == 0 { return "\(rawValue / length)\(name)" }
        return "\(rawValue)ms"
    }
}
