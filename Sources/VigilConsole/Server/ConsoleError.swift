import Hummingbird
import VigilCore

/// Why a request is refused: a status, and words for whoever asked.
struct ConsoleError: Error {
    let status: HTTPResponse.Status
    let report: ErrorReport

    /// Refuses what a program got wrong.
    init(_ status: HTTPResponse.Status, _ words: String) {
        self.status = status
        report = ErrorReport(error: words)
    }

    /// Refuses what a person wants.
    init(_ status: HTTPResponse.Status, _ words: LocalizedText, faults: [String]? = nil, warnings: [String]? = nil) {
        self.status = status
        report = ErrorReport(error: words.english, message: words, faults: faults, warnings: warnings)
    }

    /// Refuses with a report that is made already.
    init(_ status: HTTPResponse.Status, _ report: ErrorReport) {
        self.status = status
        self.report = report
    }
}
