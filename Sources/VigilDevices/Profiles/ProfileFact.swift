import VigilCore

extension Profile.Fact {
    private static let longestWord = 128
    /// More words than a person reads in a fault are not named.
    private static let mostNamedWords = 12

    /// Tells what the value says, once for each value that its path leads to.
    func tell(_ values: ProfileValues, _ facts: inout FactList) {
        switch value {
        case .constant(let value):
            if let kind { facts.tell(kind, value, nature: nature ?? kind.nativeNature) }
        case .source(let source):
            guard isThere(source, values, &facts) else { return }
            values.each(source) { tell($0, &facts) }
        case .bloodPressure(let systolic, let diastolic):
            guard isThere(systolic, values, &facts), isThere(diastolic, values, &facts) else { return }
            tellPressure(values.first(systolic) { reading($0) }, values.first(diastolic) { reading($0) }, &facts)
        case .position(let latitude, let longitude):
            guard isThere(latitude, values, &facts), isThere(longitude, values, &facts) else { return }
            tellPosition(values.first(latitude) { reading($0) }, values.first(longitude) { reading($0) }, &facts)
        }
    }

    /// Whether a part stands in a text that is read in parts: unlike the members of an object they have no names, so that one may be another where
    /// one is missing.
    private func isThere(_ source: Profile.Source, _ values: ProfileValues, _ facts: inout FactList) -> Bool {
        guard let text = values.splitText, !values.stands(source) else { return true }
        let remedy = "correct split: or the place, or write when: {\"\(name)\": {exists: true}} where it may be missing"
        facts.fault(name, "\(Scalar.text(text).shown) has no such part; \(remedy)\(place)")
        return false
    }

    private func tell(_ stated: Scalar, _ facts: inout FactList) {
        let bare = withoutUnit(stated)
        let (value, hasUnit) = (bare ?? stated, bare != nil)
        if let meaning = meanings.first(where: { $0.word.matches(value) }) {
            facts.trace?.origin = meaning.mark ?? mark
            for statement in meaning.facts where statement.isNews {
                facts.tell(statement.kind, statement.value, nature: statement.nature)
            }
            return
        }
        guard !value.isNoReading else { return }
        if notMeasured.contains(where: { $0.matches(value) }) {
            if let kind { facts.tellNotMeasured(kind) }
            return
        }
        guard let kind, meanings.isEmpty else { return facts.fault(name, unknownWord(value)) }
        let nature = nature ?? kind.nativeNature
        switch kind.nativeShape {
        case .flag:
            guard let flag = value.bool else {
                return facts.fault(name, "\(value.shown) is neither true nor false; say in words what it means\(place)")
            }
            let holds = flag != isInverted
            // What happens is told when it happens; that it does not is no news.
            if holds || nature == .level { facts.tell(kind, .bool(holds), nature: nature) }
        case .number: tell(value, kind, nature, hasUnit: hasUnit, &facts)
        case .word:
            guard let word = word(value) else {
                return facts.fault(
                    name, "\(value.shown) is not a word of at most \(Self.longestWord) bytes; say in words what it means\(place)")
            }
            facts.tell(kind, .text(word), nature: nature)
        case .connection:
            guard let text = value.text, text == "online" || text == "offline" else {
                return facts.fault(name, "\(value.shown) is neither online nor offline; say in words which it means\(place)")
            }
            facts.tell(kind, .text(text.string), nature: nature)
        case .bloodPressure:
            guard let text = value.text, let slash = text.bytes.firstIndex(of: UInt8(ascii: "/")) else {
                return facts.fault(
                    name, "\(value.shown) is not systolic/diastolic, such as 120/80; write systolic: and diastolic:\(place)")
            }
            tellPressure(text[0..<slash].number, text[slash + 1..<text.count].number, &facts)
        case .kindName, .elsewhere: facts.fault(name, "\(kind.rawValue) has no value of its own; write another kind\(place)")
        }
    }

    private func tell(
        _ value: Scalar, _ kind: ObservationKind, _ nature: Observation.Nature, hasUnit: Bool, _ facts: inout FactList
    ) {
        guard let stated = value.number else {
            return facts.fault(name, "\(value.shown) is not a number; \(unitAdvice(value))\(place)")
        }
        let number = stated * scale + offset
        // A share of one where per cent are wanted would be an empty battery.
        let isShare = kind == .battery_percent && scale == 1 && !hasUnit && 0 < number && number < 1
        guard !isShare else {
            return facts.fault(name, "\(number) looks like a share of 1, not like per cent; write scale: 100 if it is\(place)")
        }
        facts.tell(kind, number: number, nature: nature)
    }

    private func unknownWord(_ value: Scalar) -> String {
        let known = meanings.prefix(Self.mostNamedWords).map(\.word.text) + (meanings.count > Self.mostNamedWords ? ["…"] : [])
        let words = known.joined(separator: ", ").printable
        return "unknown word \(value.shown); known: \(words); say in words what it means, or ~ for nothing\(place)"
    }

    private func unitAdvice(_ value: Scalar) -> String {
        let isDigit = value.text?.bytes.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
        guard isDigit else { return "correct the path, or say in words or not_measured what it means" }
        return units.isEmpty ? "where a unit stands behind it, say so: unit: \"%\"" : "known units: \(units.joined(separator: ", "))"
    }

    /// Where the file says so.
    private var place: String { mark.map { " (\($0.inFile))" } ?? "" }

    /// The number alone, where one of its units stands behind it; nil where none does.
    private func withoutUnit(_ value: Scalar) -> Scalar? {
        guard !units.isEmpty, let text = value.text?.trimmed else { return nil }
        for unit in units where text.hasSuffix(Array(unit.utf8)) {
            if let number = text[0..<text.count - unit.utf8.count].trimmed.number { return .number(number) }
        }
        return nil
    }

    private func word(_ value: Scalar) -> String? {
        switch value {
        case .text(let text): text.isPlain && (1...Self.longestWord).contains(text.count) ? text.string : nil
        case .number(let number): Int64(exactly: number).map(String.init) ?? "\(number)"
        case .large(let integer): String(integer)
        case .bool, .null, .nested: nil
        }
    }

    private func reading(_ value: Scalar) -> Double? {
        value.isNoReading || notMeasured.contains { $0.matches(value) } ? nil : value.number
    }

    private func tellPressure(_ systolic: Double?, _ diastolic: Double?, _ facts: inout FactList) {
        guard let systolic, let diastolic else { return }
        facts.tellPressure(systolic, diastolic, nature: nature ?? .level)
    }

    /// Degrees. Receivers without a fix write zeros.
    private func tellPosition(_ latitude: Double?, _ longitude: Double?, _ facts: inout FactList) {
        guard let latitude, let longitude else { return }
        let place = [latitude, longitude].map { $0 * scale + offset }
        let isPlausible = (-90...90).contains(place[0]) && (-180...180).contains(place[1]) && (latitude != 0 || longitude != 0)
        guard isPlausible else { return facts.tellNotMeasured(.position) }
        facts.tell(.position, .numbers(place), nature: nature ?? .level)
    }
}

extension Profile.Fact.Statement {
    /// What happens is told when it happens; that it does not is no news.
    fileprivate var isNews: Bool { nature == .level || value != .bool(false) }
}
