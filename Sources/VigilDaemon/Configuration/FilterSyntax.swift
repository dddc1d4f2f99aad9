/// The grammar of MQTT topic filters (MQTT 5.0, section 4.7).
enum FilterSyntax {
    /// What is wrong with a filter and what to do about it; nil when it is valid.
    static func fault(in filter: String) -> String? {
        if filter.isEmpty { return "is empty; write a topic filter such as zigbee2mqtt/#" }
        if filter.utf8.count > 65_535 { return "is longer than MQTT allows; shorten it" }
        if filter.hasPrefix("$share/") {
            return "a shared subscription would leave messages to others; write the filter without $share"
        }
        let levels = filter.split(separator: "/", omittingEmptySubsequences: false)
        for (index, level) in levels.enumerated() where level.contains("#") {
            if level != "#" { return "\"#\" must stand alone between slashes; write \(level.replacing("#", with: ""))/#" }
            if index != levels.count - 1 { return "\"#\" must be the last level; write + for one level in the middle" }
        }
        for level in levels where level.contains("+") && level != "+" {
            return "\"+\" must stand alone between slashes; write + for the whole level"
        }
        return nil
    }

    /// Whether some topic fits both.
    static func overlap(_ a: String, _ b: String) -> Bool {
        overlap(
            a.split(separator: "/", omittingEmptySubsequences: false)[...],
            b.split(separator: "/", omittingEmptySubsequences: false)[...])
    }

    private static func overlap(_ a: ArraySlice<Substring>, _ b: ArraySlice<Substring>) -> Bool {
        guard let first = a.first, let second = b.first else {
            // "a/#" fits "a" itself.
            return a.first ?? b.first ?? "#" == "#"
        }
        if first == "#" || second == "#" { return true }
        guard first == second || first == "+" || second == "+" else { return false }
        return overlap(a.dropFirst(), b.dropFirst())
    }
}
