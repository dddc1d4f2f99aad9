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

    /// What stands in the file, fit for a terminal: in quotes, without control characters, shortened when long.
    public static func quoted(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(60).map { $0.isHarmless ? String($0) : $0.escaped(asASCII: true) }.joined()
        return "\"\(shown)\(text.unicodeScalars.count > 60 ? "…" : "")\""
    }

    /// `; did you mean "fall"? known: ...`, or as much of it as helps.
    public static func hint(_ name: String, among known: [String]) -> String {
        let guess = nearest(to: name, among: known).map { "; did you mean \"\($0)\"?" }
        // A list that nobody would read to its end is left out.
        let list = known.isEmpty || known.count > 40 ? "" : " known: \(Set(known).sorted().joined(separator: ", "))"
        return (guess ?? (list.isEmpty ? "" : ";")) + list
    }

    /// The known name that differs least, where it differs little enough to be meant.
    private static func nearest(to name: String, among known: [String]) -> String? {
        guard name.utf8.count <= 64 else { return nil }
        let ranked = known.map { (name: $0, distance: distance(name.lowercased(), $0.lowercased())) }
        guard let best = ranked.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return nil }
        return best.distance <= max(1, name.count / 3) ? best.name : nil
    }

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

extension Unicode.Scalar {
    /// Shows what it is: no control character, and none that turns the direction of the text around it.
    var isHarmless: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
