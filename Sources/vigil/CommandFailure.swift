import VigilConsole

/// Why a command ends otherwise than hoped: what the process tells its caller, in the form in which the API refuses.
struct CommandFailure: Error {
    let status: ExitStatus
    let report: ErrorReport

    init(_ status: ExitStatus, _ words: String, faults: [String]? = nil, warnings: [String]? = nil) {
        self.init(status, ErrorReport(error: words, faults: faults, warnings: warnings))
    }

    init(_ status: ExitStatus, _ report: ErrorReport) {
        self.status = status
        self.report = report
    }

    /// For people, on standard error.
    var lines: [String] { (report.warnings ?? []) + (report.faults ?? []) + ["vigil: \(report.error)"] }
}
