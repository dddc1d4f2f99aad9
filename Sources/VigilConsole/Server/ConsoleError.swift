import Hummingbird

/// Why a request is refused: a status, and words for whoever asked.
struct ConsoleError: Error {
    let status: HTTPResponse.Status
    let report: ErrorReport

    init(_ status: HTTPResponse.Status, _ words: String, faults: [String]? = nil, warnings: [String]? = nil) {
        self.status = status
        report = ErrorReport(error: words, faults: faults, warnings: warnings)
    }
}
