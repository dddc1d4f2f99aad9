import VigilCore

/// What `vigil policy lint` found.
struct LintReport: Encodable {
    struct Trap: Encodable {
        var trap: String
        var file: String?
        var line: Int?
        var column: Int?
        var path: String
        var danger: LocalizedText
        var remedy: LocalizedText

        init(_ found: SetupTrap, at mark: Setting.Mark?) {
            trap = found.trap
            file = mark?.file
            line = mark?.line
            column = mark?.column
            path = found.path
            danger = found.danger
            remedy = found.remedy
        }

        /// `vigil.yaml:12:5: `; what is built in, or comes from a store, has no place.
        var place: String {
            guard let file, let line, let column else { return "" }
            return "\(file):\(line):\(column): "
        }
    }

    let traps: [Trap]

    init(_ found: [SetupTrap], places: TrapPlaces) { traps = found.map { Trap($0, at: places.mark(of: $0.path)) } }

    func text(_ language: Language) -> String {
        let blocks = traps.map {
            "\($0.place)\($0.path) [\($0.trap)]\n  \($0.danger[language])\n  \(Words.remedy($0.remedy)[language])"
        }
        return (blocks + [Words.linted(traps.count)[language]]).joined(separator: "\n\n")
    }
}
