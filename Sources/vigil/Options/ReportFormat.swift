import ArgumentParser

/// How a report is printed; `json` is spelled as in `OutputFormat`.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json
}
