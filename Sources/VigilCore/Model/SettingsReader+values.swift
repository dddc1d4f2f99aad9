extension SettingsReader {
    // MARK: Text

    /// Text as somebody wrote it: a dwelling called 007 is not a number.
    public mutating func text(_ key: String) -> String? { setting(key).flatMap { readText($0, key) } }

    public mutating func requiredText(_ key: String, _ wanted: String) -> String? {
        requiredSetting(key, wanted).flatMap { readText($0, key) }
    }

    public mutating func texts(_ key: String) -> [(text: String, mark: Setting.Mark?)] {
        list(key).enumerated().compactMap { index, element in
            readText(element, "\(key)[\(index)]").map { ($0, element.mark) }
        }
    }

    /// One line that says something: a name, an address, a path.
    public mutating func line(_ key: String) -> String? { setting(key).flatMap { readLine($0, key) } }

    public mutating func requiredLine(_ key: String, _ wanted: String) -> String? {
        requiredSetting(key, wanted).flatMap { readLine($0, key) }
    }

    /// A name for programs: it becomes part of alert ids, topics, file names and metrics.
    public mutating func identifier(_ key: String, _ wanted: String) -> String? {
        guard let found = requiredSetting(key, wanted), let text = readLine(found, key) else { return nil }
        let isPlain = text.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard isPlain, text.utf8.count <= 64 else {
            fault(
                at: found.mark, key: key,
                "\(SettingFault.quoted(text)) is no id; write at most 64 letters a to z, digits, \"-\", \"_\" or \".\"")
            return nil
        }
        return text
    }

    /// One of an enumeration's raw values.
    public mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let found = setting(key), let text = readText(found, key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let hint = SettingFault.hint(text, among: Choice.allCases.map(\.rawValue))
        fault(at: found.mark, key: key, "unknown value \(SettingFault.quoted(text))\(hint)")
        return nil
    }

    // MARK: Numbers

    public mutating func flag(_ key: String, default fallback: Bool) -> Bool {
        guard let found = setting(key) else { return fallback }
        switch found.value {
        case .bool(let value): return value
        case .plain("true"): return true
        case .plain("false"): return false
        default: fault(at: found.mark, key: key, "\(found.shape) stands where true or false is wanted")
        }
        return fallback
    }

    public mutating func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
        guard let found = setting(key) else { return nil }
        guard let value = Self.number(found.value) else {
            fault(at: found.mark, key: key, "\(found.shape) stands where a number is wanted\(Self.numberAdvice(found.value))")
            return nil
        }
        guard range.contains(value) else {
            let limits = "\(Measure.shown(range.lowerBound)) to \(Measure.shown(range.upperBound))"
            fault(at: found.mark, key: key, "\(Measure.shown(value)) is out of range; write \(limits)")
            return nil
        }
        return value
    }

    public mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = number(key, in: Double(range.lowerBound)...Double(range.upperBound)) else { return nil }
        guard let whole = Int(exactly: value) else {
            fault(at: mark(of: key), key: key, "\(value) is not a whole number")
            return nil
        }
        return whole
    }

    /// A length of time with its unit: `500ms`, `90s`, `10m`, `4h`, `2d`.
    public mutating func duration(_ key: String) -> Milliseconds? { duration(key, in: .zero...Milliseconds(.max)) }

    public mutating func duration(_ key: String, in range: ClosedRange<Milliseconds>) -> Milliseconds? {
        guard let found = setting(key) else { return nil }
        guard let length = Self.words(found.value).flatMap({ Milliseconds(text: $0) }) else {
            fault(
                at: found.mark, key: key,
                "\(found.shape) is no duration; write a whole number and a unit, such as 500ms, 90s, 10m, 4h or 2d")
            return nil
        }
        guard range.contains(length) else {
            fault(
                at: found.mark, key: key, "\(length.text) is out of range; write \(range.lowerBound.text) to \(range.upperBound.text)")
            return nil
        }
        return length
    }

    // MARK: Private

    private func readText(_ found: Setting, _ key: String) -> String? {
        guard let text = Self.words(found.value) else {
            fault(at: found.mark, key: key, "\(found.shape) stands where text is wanted")
            return nil
        }
        guard text.unicodeScalars.allSatisfy({ $0.isHarmless || $0 == "\n" || $0 == "\t" }) else {
            fault(at: found.mark, key: key, "the text \(SettingFault.quoted(text)) holds control characters; remove them")
            return nil
        }
        return text
    }

    private func readLine(_ found: Setting, _ key: String) -> String? {
        guard let text = readText(found, key) else { return nil }
        guard text.contains(where: { !$0.isWhitespace }) else {
            fault(at: found.mark, key: key, "is empty; write something or remove the key")
            return nil
        }
        guard text.unicodeScalars.allSatisfy(\.isHarmless) else {
            fault(at: found.mark, key: key, "\(SettingFault.quoted(text)) is more than one line; remove tabs and line ends")
            return nil
        }
        guard text.unicodeScalars.count <= 500 else {
            fault(at: found.mark, key: key, "\(SettingFault.quoted(text)) is longer than 500 characters; shorten it")
            return nil
        }
        return text
    }

    private static func words(_ value: Setting.Value) -> String? {
        switch value {
        case .text(let text), .plain(let text): text
        // Only settings that a program built hold these.
        case .number(let number): Measure.shown(number)
        default: nil
        }
    }

    /// Decimal digits as people write them; a leading zero would be octal to some readers and is left to text.
    private static func number(_ value: Setting.Value) -> Double? {
        switch value {
        case .number(let number): return number.isFinite ? number : nil
        case .plain(let word):
            let digits = word.hasPrefix("-") ? word.dropFirst() : word[...]
            let isOctalLike = digits.hasPrefix("0") && digits.dropFirst().first.map { $0 >= "0" && $0 <= "9" } == true
            guard digits.first.map({ $0 >= "0" && $0 <= "9" }) == true, !isOctalLike else { return nil }
            guard word.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }) else { return nil }
            return Double(word).flatMap { $0.isFinite ? $0 : nil }
        default: return nil
        }
    }

    private static func numberAdvice(_ value: Setting.Value) -> String {
        switch value {
        case .text(let text) where number(.plain(text)) != nil: "; remove the quotes"
        case .plain, .text: "; write decimal digits, such as 42 or 37.5"
        default: ""
        }
    }
}
