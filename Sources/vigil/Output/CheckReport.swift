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
    private let lines: [String]

    private enum CodingKeys: String, CodingKey {
        case files, errors, warnings
    }

    /// Each fault once, in the order of the files.
    init(_ faults: [SettingFault], files: [String]) {
        let sorted = Set(faults).sorted()
        self.files = files
        errors = sorted.filter { $0.weight == .error }.map { Fault($0) }
        warnings = sorted.filter { $0.weight == .warning }.map { Fault($0) }
        lines = sorted.map(\.description)
    }

    func text(_ language: Language) -> String {
        (lines + [Words.checked(errors: errors.count, warnings: warnings.count)[language]]).joined(separator: "\n")
    }
}
