import VigilCore

/// What `vigil check` found.
struct CheckReport: Encodable {
    struct Fault: Encodable {
        var file: String?
        var line: Int?
        var column: Int?
        var path: String
        var message: String

        init(_ fault: SettingFault) {
            file = fault.mark?.file
            line = fault.mark?.line
            column = fault.mark?.column
            path = fault.path
            message = fault.message
        }
    }

    let files: [String]
    let errors: [Fault]
    let warnings: [Fault]
    /// What is neither, and may surprise.
    let notes: [String]
    private let lines: [String]

    private enum CodingKeys: String, CodingKey {
        case files, errors, warnings, notes
    }

    /// Each fault once, in the order of the files.
    ///
    /// - Parameter replaced: the site's profiles that stand in for one that is built in.
    init(_ faults: [SettingFault], files: [String], replaced: [(dialect: Dialect, mark: Setting.Mark?)] = []) {
        let sorted = Set(faults).sorted()
        self.files = files
        errors = sorted.filter(\.isError).map { Fault($0) }
        warnings = sorted.filter { !$0.isError }.map { Fault($0) }
        notes = replaced.map { dialect, mark in
            let place = mark.map { "\($0.file):\($0.line): " } ?? ""
            return "\(place)replaces the built-in profile \(SettingFault.quoted(dialect.rawValue)): nothing of that one is read"
        }
        lines = sorted.map(\.description)
    }

    func text(_ language: Language) -> String {
        (lines + notes + [Words.checked(errors: errors.count, warnings: warnings.count)[language]]).joined(separator: "\n")
    }
}
