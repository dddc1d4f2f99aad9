import VigilCore

extension ProfileMessageReader {
    private static let mostWords = 256

    private enum NatureWord: String, CaseIterable {
        case event, level

        var nature: Observation.Nature { self == .event ? .event : .level }
    }

    /// Reads one entry of `facts`.
    mutating func readFact(_ reader: inout SettingsReader) -> Profile.Fact? {
        let kind = readKind(&reader)
        let nature = reader.choice("nature", NatureWord.self)?.nature
        let value = readValue(kind, &reader)
        var fact = Profile.Fact(
            name: value?.name ?? "", mark: reader.mark, value: value?.value ?? .constant(.bool(true)), kind: kind, nature: nature)
        readNumbers(kind, &fact, &reader)
        fact.units = readUnits(kind, &reader)
        fact.isInverted = reader.flag("inverted", default: false)
        if fact.isInverted, let kind, kind.nativeShape != .flag {
            reader.fault(at: reader.mark(of: "inverted"), key: "inverted", "\(kind.rawValue) is not true or false; remove it")
        }
        fact.meanings = readWords(kind, nature, &reader)
        if let list = reader.setting("not_measured") {
            fact.notMeasured = words(list, reader.joined("not_measured"), reader.faults) ?? []
        }
        fact.when = readConditions(reader.setting("when"), reader)
        checkWhole(fact, &reader)
        reader.finish()
        return value == nil ? nil : fact
    }

    private func readKind(_ reader: inout SettingsReader) -> ObservationKind? {
        guard let kind = reader.choice("kind", ObservationKind.self) else { return nil }
        switch kind.nativeShape {
        case .elsewhere:
            reader.fault(at: reader.mark(of: "kind"), key: "kind", "samples have no place in a profile; a decoder in code reads them")
            return nil
        case .kindName:
            let message = "is told by not_measured: [0, 255] beside the kind that could not be measured; write it there"
            reader.fault(at: reader.mark(of: "kind"), key: "kind", message)
            return nil
        default: return kind
        }
    }

    // MARK: Values

    private mutating func readValue(
        _ kind: ObservationKind?, _ reader: inout SettingsReader
    ) -> (name: String, value: Profile.Fact.Value)? {
        let places = Self.lines("path", &reader)
        let constant = reader.setting("value")
        let pairs = Self.pairs.map { pair in (pair, Self.lines(pair.first, &reader), Self.lines(pair.second, &reader)) }
        let stated = pairs.filter { !$0.1.isEmpty || !$0.2.isEmpty }
        switch (places.first, constant, stated.first) {
        case (let place?, nil, nil): return source(places, "path", reader).map { (place.text, .source($0)) }
        case (nil, let constant?, nil):
            guard let kind, let value = readConstant(constant, of: kind, "value", reader) else { return nil }
            return (kind.rawValue, .constant(value))
        case (nil, nil, (let pair, let first, let second)?) where stated.count == 1 && !first.isEmpty && !second.isEmpty:
            guard kind == pair.kind else {
                reader.fault(
                    at: reader.mark(of: pair.first), key: pair.first, "belongs to kind: \(pair.kind.rawValue) alone; write path:")
                return nil
            }
            guard let one = source(first, pair.first, reader), let other = source(second, pair.second, reader) else { return nil }
            return (first[0].text, pair.value(one, other))
        case (nil, nil, nil):
            guard !(["path", "value"] + Self.pairs.flatMap { [$0.first, $0.second] }).contains(where: reader.isRefused) else {
                return nil
            }
            reader.miss(
                ["path", "value"] + Self.pairs.flatMap { [$0.first, $0.second] },
                "nothing says where the value stands; write path: and the way to it, or value: for one that is always the same")
            return nil
        case (nil, nil, (let pair, let first, _)?) where stated.count == 1:
            let lacking = first.isEmpty ? pair.first : pair.second
            reader.miss([lacking], "\(first.isEmpty ? pair.second : pair.first): needs \(lacking): beside it; write both")
            return nil
        default:
            let message = "one place is enough; keep path:, or value:, or systolic: with diastolic:, or latitude: with longitude:"
            reader.fault(at: nil, key: nil, message)
            return nil
        }
    }

    /// A kind whose value stands in two places.
    private struct Pair {
        let kind: ObservationKind
        let first: String
        let second: String
        let value: (Profile.Source, Profile.Source) -> Profile.Fact.Value
    }

    private static var pairs: [Pair] {
        [
            Pair(kind: .blood_pressure_mmhg, first: "systolic", second: "diastolic") { .bloodPressure(systolic: $0, diastolic: $1) },
            Pair(kind: .position, first: "latitude", second: "longitude") { .position(latitude: $0, longitude: $1) },
        ]
    }

    /// A value that the profile itself states.
    private func readConstant(
        _ setting: Setting, of kind: ObservationKind, _ key: String, _ reader: SettingsReader
    ) -> ObservationValue? {
        switch (kind.nativeShape, setting.value) {
        case (.flag, .plain("true")), (.word, .plain("true")): return .bool(true)
        case (.flag, .plain("false")): return .bool(false)
        case (.number, .plain(let word)):
            let number = Array(word.utf8).withUnsafeBytes { TextBytes($0).number }
            if let number, kind.plausibleRange?.contains(number) ?? true { return .number(number) }
        case (.word, .plain(let word)), (.word, .text(let word)):
            if (1...128).contains(word.utf8.count) { return .text(word) }
        case (.connection, .plain(let word)) where word == "online" || word == "offline": return .text(word)
        default: break
        }
        reader.fault(at: setting.mark, key: key, "\(setting.shape) is no value of \(kind.rawValue); write \(Self.wanted(kind))")
        return nil
    }

    private static func wanted(_ kind: ObservationKind) -> String {
        switch kind.nativeShape {
        case .flag: "true or false"
        case .number: kind.plausibleRange.map { "a number from \($0.lowerBound) to \($0.upperBound)" } ?? "a number"
        case .word: "a word"
        case .connection: "online or offline"
        case .bloodPressure: "path:, or systolic: and diastolic:"
        case .kindName, .elsewhere: "another kind"
        }
    }

    private func readNumbers(_ kind: ObservationKind?, _ fact: inout Profile.Fact, _ reader: inout SettingsReader) {
        let scale = reader.number("scale", in: -1e9...1e9)
        let offset = reader.number("offset", in: -1e9...1e9)
        if scale == 0 { reader.fault(at: reader.mark(of: "scale"), key: "scale", "0 would make every value 0; write the factor") }
        fact.scale = scale ?? 1
        fact.offset = offset ?? 0
        for (key, value) in [("scale", scale), ("offset", offset)] where value != nil {
            guard let kind, kind.nativeShape != .number, kind != .position else { continue }
            reader.fault(at: reader.mark(of: key), key: key, "\(kind.rawValue) is no number; remove it")
        }
    }

    /// What may stand behind the number, and is taken off.
    private func readUnits(_ kind: ObservationKind?, _ reader: inout SettingsReader) -> [String] {
        let units = reader.texts("unit")
        for (text, mark) in units {
            let isPlain = (1...16).contains(text.utf8.count) && !text.contains { $0.isNumber || ".+-".contains($0) }
            if !isPlain || text.contains(where: \.isWhitespace) {
                let message = "\(SettingFault.quoted(text)) is no unit; write what stands behind the number, such as \"%\" or bpm"
                reader.fault(at: mark, key: "unit", message)
            }
        }
        if !units.isEmpty, kind?.nativeShape != .number, !reader.isRefused("kind") {
            let message = "only a number has a unit; remove it"
            reader.miss(kind == nil ? ["kind"] : [], at: reader.mark(of: "unit"), path: reader.joined("unit"), message)
        }
        return units.map(\.text)
    }

    // MARK: Words

    private func readWords(
        _ kind: ObservationKind?, _ nature: Observation.Nature?, _ reader: inout SettingsReader
    ) -> [Profile.Fact.Meaning] {
        guard let found = reader.setting("words") else { return [] }
        guard case .map(let entries) = found.value, !entries.isEmpty else {
            let message = "\(found.shape) stands where the words are wanted; write words: {open: true, close: false}"
            reader.fault(at: found.mark, key: "words", message)
            return []
        }
        if entries.count > Self.mostWords { reader.fault(at: found.mark, key: "words", "more than \(Self.mostWords) words") }
        return entries.prefix(Self.mostWords).map { entry in
            Profile.Fact.Meaning(word: ProfileWord(entry.key), facts: statements(entry, kind, nature, &reader), mark: entry.mark)
        }
    }

    /// What one word says: nothing (`null`), one value of the fact's kind, or several facts.
    private func statements(
        _ entry: Setting.Entry, _ kind: ObservationKind?, _ nature: Observation.Nature?, _ reader: inout SettingsReader
    ) -> [Profile.Fact.Statement] {
        let key = "words.\(entry.key)"
        switch entry.value.value {
        case .null: return []
        case .map(let facts):
            return facts.compactMap { [reader] fact in
                guard let named = ObservationKind(rawValue: fact.key), named.nativeShape != .elsewhere, named.nativeShape != .kindName
                else {
                    let hint = SettingFault.hint(fact.key, among: ObservationKind.allCases.map(\.rawValue))
                    reader.fault(at: fact.mark, key: key, "unknown kind \(SettingFault.quoted(fact.key))\(hint)")
                    return nil
                }
                return readConstant(fact.value, of: named, key, reader).map {
                    Profile.Fact.Statement(kind: named, value: $0, nature: nature ?? named.nativeNature)
                }
            }
        default:
            guard let kind else {
                if !reader.isRefused("kind") {
                    let message = "nothing says of what kind this is; write kind: beside words:, or {\(entry.key): {smoke: true}}"
                    reader.miss(["kind"], at: entry.value.mark, path: reader.joined(key), message)
                }
                return []
            }
            return readConstant(entry.value, of: kind, key, reader).map {
                [Profile.Fact.Statement(kind: kind, value: $0, nature: nature ?? kind.nativeNature)]
            } ?? []
        }
    }

    private func checkWhole(_ fact: Profile.Fact, _ reader: inout SettingsReader) {
        if fact.kind == nil, fact.meanings.isEmpty, !reader.isRefused("kind"), !reader.isRefused("words") {
            reader.miss(["kind", "words"], "\"kind\" is missing; write kind: and what the value is, such as heart_rate_bpm")
        }
        if case .source = fact.value { return }
        if !fact.meanings.isEmpty {
            reader.fault(at: reader.mark(of: "words"), key: "words", "words need path:, the place of the word")
        }
    }
}
