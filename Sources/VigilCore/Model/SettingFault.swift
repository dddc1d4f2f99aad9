/// A fault in a file that people write: what, where, why, and what to write instead.
public struct SettingFault: Error, Hashable, Sendable, Comparable, CustomStringConvertible {
    public enum Weight: String, Sendable {
        /// The daemon refuses to start.
        case error
        /// An error to whoever checks or reloads. A start goes on without what it names: a watch with a part missing is more than none.
        case survivable
        /// Valid but dangerous: named, and accepted.
        case warning
    }

    public let weight: Weight
    /// It is to be mended before the file is taken.
    public var isError: Bool { weight != .warning }
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

    /// The same fault wherever it stands: a line above that comes or goes makes no other of it.
    public var withoutPlace: SettingFault { SettingFault(weight, mark: nil, path: path, message: message) }

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

    /// What stands in the file, fit for a terminal: in quotes, printable, shortened when long.
    public static func quoted(_ text: String) -> String {
        let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))).printable
        return "\"\(shown)\(text.unicodeScalars.count > 60 ? "…" : "")\""
    }

    /// The first of a list that may be long: `a, b, c and 4 more`.
    public static func few(_ names: [String]) -> String {
        let shown = names.prefix(8).joined(separator: ", ").printable
        return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
    }

    /// `; did you mean "fall"? known: ...`, or as much of it as helps.
    public static func hint(_ name: String, among known: [String]) -> String { localizedHint(name, among: known).english }

    /// The same for those who ask, in their language.
    public static func localizedHint(_ name: String, among known: [String]) -> LocalizedText {
        let guess = nearest(to: name, among: known)
        // A list that nobody would read to its end is left out, and after a good guess even a shorter one.
        let isReadable = !known.isEmpty && known.count <= (guess == nil ? 40 : 12)
        let list = isReadable ? Set(known).sorted().joined(separator: ", ") : nil
        let chinese = [guess.map { "是否指 \"\($0)\"?" }, list.map { "可用:\($0)" }].compactMap { $0 }
        let english = [guess.map { "did you mean \"\($0)\"?" }, list.map { "known: \($0)" }].compactMap { $0 }
        guard !english.isEmpty else { return LocalizedText(zh: "", en: "") }
        return LocalizedText(zh: ";\(chinese.joined())", en: "; \(english.joined(separator: " "))")
    }

    /// The known name that differs least, where it differs little enough to be meant.
    static func nearest(to name: String, among known: [String]) -> String? {
        let limit = name.count <= 2 ? 0 : max(1, name.count / 3)
        // With a thousand names, or one of a thousand letters, the search would outlast the reader's patience.
        guard name.utf8.count <= 64, known.count <= 500 else { return nil }
        let letters = Array(name.lowercased().unicodeScalars)
        let near = known.compactMap { candidate -> (name: String, distance: Int)? in
            let others = Array(candidate.lowercased().unicodeScalars)
            guard abs(others.count - letters.count) <= limit else { return nil }
            let distance = distance(letters, others)
            return distance <= limit ? (candidate, distance) : nil
        }
        return near.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// How many letters were left out, put in, mistaken or swapped with their neighbour (optimal string alignment).
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var previous = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
                row.append(best)
            }
            (before, previous) = (previous, row)
        }
        return previous[b.count]
    }
}

extension Unicode.Scalar {
    /// Shows what it is: no control character, and none that turns the direction of the text around it.
    var isHarmless: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: false
        default: true
        }
    }
}
