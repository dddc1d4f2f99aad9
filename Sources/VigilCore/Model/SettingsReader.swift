/// Reads one map of a configuration tree into types.
///
/// Nothing throws: a wrong or missing value becomes a fault in `faults` and the reading goes on, so that all faults of a file are found
/// at once. Call `finish()` at the end: keys that nobody asked for are faults too.
public struct SettingsReader {
    public let path: String
    public let mark: Setting.Mark?
    public let faults: FaultList
    private let entries: [Setting.Entry]
    private let isMap: Bool
    private var asked: [String] = []
    /// What is said of keys that are missing.
    private var missing: [(key: String, fault: SettingFault)] = []

    /// - Parameter setting: a map; anything else is a fault and reads as an empty one.
    public init(_ setting: Setting, path: String, faults: FaultList) {
        self.path = path
        self.mark = setting.mark
        self.faults = faults
        switch setting.value {
        case .map(let entries):
            self.entries = entries
            isMap = true
            var seen: Set<String> = []
            for entry in entries where !seen.insert(entry.key).inserted {
                faults.add(SettingFault(mark: entry.mark, path: path, message: "\"\(entry.key)\" stands here twice; keep one of them"))
            }
        case .null:
            entries = []
            isMap = true
        default:
            entries = []
            isMap = false
            faults.add(
                SettingFault(mark: setting.mark, path: path, message: "\(setting.shape) stands where a map of settings is wanted"))
        }
    }

    // MARK: Nodes

    /// The node under a key, where the file has one; `null` counts as absent.
    public mutating func setting(_ key: String) -> Setting? {
        asked.append(key)
        guard let value = entries.first(where: { $0.key == key })?.value, value.value != .null else { return nil }
        return value
    }

    /// The node under a key that must be there.
    public mutating func requiredSetting(_ key: String, _ wanted: String) -> Setting? {
        if let found = setting(key) { return found }
        if !isRefused(key) { miss([key], "\"\(key)\" is missing; write \(key): \(wanted)") }
        return nil
    }

    /// Notes what is wrong because one of the keys is missing. Where `finish()` finds one of them misspelt, that is the fault, and this is none.
    ///
    /// - Parameters:
    ///   - place: where it shows, unless in this map itself.
    ///   - path: what is wrong there.
    public mutating func miss(_ keys: [String], at place: Setting.Mark? = nil, path: String? = nil, _ message: String) {
        let fault = SettingFault(mark: place ?? mark, path: path ?? self.path, message: message)
        faults.add(fault)
        missing += keys.map { ($0, fault) }
    }

    /// Whether what stands under a key is a fault already, or the map as a whole is: then it is not missing as well.
    public func isRefused(_ key: String) -> Bool { !isMap || faults.names(joined(key)) }

    /// The elements of a list; a lone value counts as a list of one, absence as an empty one.
    public mutating func list(_ key: String) -> [Setting] {
        guard let found = setting(key) else { return [] }
        if case .list(let elements) = found.value { return elements }
        return [found]
    }

    /// A reader for each map of a list.
    public mutating func readers(_ key: String) -> [SettingsReader] {
        list(key).enumerated().map { SettingsReader($1, path: joined("\(key)[\($0)]"), faults: faults) }
    }

    /// A reader for the map under a key, where there is one.
    public mutating func reader(_ key: String) -> SettingsReader? {
        setting(key).map { SettingsReader($0, path: joined(key), faults: faults) }
    }

    /// Everything that nobody has asked for yet, as a map of its own; it counts as asked for.
    public mutating func rest() -> Setting {
        let left = entries.filter { !asked.contains($0.key) }
        asked += left.map(\.key)
        return Setting(.map(left), mark: mark)
    }

    // MARK: Faults

    /// Keys that nobody asked for are faults. Every reader ends with this.
    public func finish() {
        for entry in entries where !asked.contains(entry.key) {
            let hint = SettingFault.hint(entry.key, among: asked)
            let guess = SettingFault.nearest(to: entry.key, among: asked)
            for (key, fault) in missing where key == guess { faults.withdraw(fault) }
            fault(at: entry.mark, key: nil, "unknown key \(SettingFault.quoted(entry.key))\(hint)")
        }
    }

    /// Notes a fault of the value under `key`, or of this map itself.
    public func fault(at mark: Setting.Mark?, key: String?, _ message: String, weight: SettingFault.Weight = .error) {
        faults.add(SettingFault(weight, mark: mark ?? self.mark, path: key.map(joined) ?? path, message: message))
    }

    /// Where the value under a key stands.
    public func mark(of key: String) -> Setting.Mark? { entries.first { $0.key == key }?.value.mark ?? mark }

    /// `; did you mean "fall"? known: ...`
    public static func hint(_ name: String, among known: [String]) -> String { SettingFault.hint(name, among: known) }

    /// The path of a key of this map.
    public func joined(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
