import VigilCore
import VigilDevices

/// Why a payload says what it says, in words.
struct ExplanationText {
    private let language: Language

    init(_ language: Language) { self.language = language }

    func text(_ why: Explanation) -> String {
        let names = Set(why.facts.map(\.device)).union([why.device]).count > 1
        var lines = [Words.read(by: why)[language], Words.says(Self.facts(why.facts, names))[language]]
        if why.parts.isEmpty { lines.append(Words.isNoJSON[language]) } else { lines += ["", table(why, names)] }
        var rest: [String] = []
        if !why.shared.isEmpty { rest.append(Words.shared(Self.facts(why.shared, names))[language]) }
        if why.further > 0 { rest.append(Words.furtherParts(why.further)[language]) }
        rest += why.faults.map { Words.leftOut($0)[language] }
        return (lines + (rest.isEmpty ? [] : [""]) + rest).joined(separator: "\n")
    }

    private func table(_ why: Explanation, _ names: Bool) -> String {
        var table = TextTable([
            .init(title: Words.part[language], isFlexible: true), .init(title: Words.partValue[language], isFlexible: true),
            .init(title: Words.partRole[language]), .init(title: Words.what[language], isFlexible: true),
        ])
        table.rows = why.parts.map { part in
            let detail = part.facts.isEmpty ? part.reason ?? ignored(part, why.dialect) : Self.facts(part.facts, names)
            return [part.path.isEmpty ? "-" : part.path, part.value, Words.name(of: part.role)[language], detail]
        }
        return table.text
    }

    private func ignored(_ part: Explanation.Part, _ dialect: Dialect) -> String {
        guard part.role == .ignored else { return "" }
        guard let unused = part.unused else { return Words.mapsNothing(dialect.rawValue)[language] }
        return Words.why(unused)[language] + Self.place(part.origin)
    }

    /// - Parameter names: whether several devices speak, so that each fact says whose it is.
    private static func facts(_ facts: [Explanation.Fact], _ names: Bool) -> String {
        facts.map { fact in
            "\(names ? "\(fact.device): " : "")\(fact.kind.rawValue) \(ValueText.text(fact.value))\(place(fact.origin))"
        }.joined(separator: ", ")
    }

    private static func place(_ origin: String?) -> String { origin.map { " (\($0))" } ?? "" }
}
