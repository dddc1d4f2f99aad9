import VigilConsole
import VigilCore

/// Why a command ends otherwise than hoped: what the process tells its caller, in the form in which the API refuses.
struct CommandFailure: Error {
    let status: ExitStatus
    let report: ErrorReport
    /// Why, in the language of whoever gave the command.
    let words: String

    init(_ status: ExitStatus, _ words: String, faults: [String]? = nil, warnings: [String]? = nil) {
        self.status = status
        self.words = words
        report = ErrorReport(error: words, faults: faults, warnings: warnings)
    }

    /// The same, where the words exist in both languages.
    init(_ status: ExitStatus, _ words: LocalizedText, _ language: Language) {
        self.init(status, ErrorReport(error: words.english, message: words), language)
    }

    /// What the daemon refused.
    init(_ status: ExitStatus, _ report: ErrorReport, _ language: Language) {
        self.status = status
        self.report = report
        words = report.message?[language] ?? report.error
    }

    /// For people, on standard error.
    var lines: [String] { (report.warnings ?? []) + (report.faults ?? []) + ["vigil: \(words)"] }
}
