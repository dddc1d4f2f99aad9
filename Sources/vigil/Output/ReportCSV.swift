import VigilConsole
import VigilCore

/// A report for spreadsheets: one line for each group, in the form of RFC 4180.
enum ReportCSV {
    /// A promise: some may be added at the end, none changes.
    static let columns =
        ["from", "to", "by", "key", "name", "alerts", "open", "never_owned", "times_unknown"]
        + ["owned", "on_scene", "closed"].flatMap { ["\($0)_count", "\($0)_p50_ms", "\($0)_p90_ms", "\($0)_p99_ms"] }
        + ["cancelled", "real", "false_alarms", "neither", "drills"]

    /// Times are those of the configuration's clock. What is not known is empty.
    static func text(_ document: ReportDocument) -> String {
        let clock = LocalClock(zone: document.timeZone)
        let period = [clock.text(document.from), clock.text(document.to)]
        return ([columns] + document.groups.map { period + fields($0) }).map(record).joined()
    }

    private static func fields(_ group: ResponseReport.Group) -> [String] {
        [group.by.rawValue, group.key ?? "", group.name ?? ""]
            + [group.alerts, group.open, group.neverOwned, group.timesUnknown].map(String.init)
            + [group.owned, group.onScene, group.closed].flatMap { times in
                ["\(times.count)"] + [times.p50, times.p90, times.p99].map { $0.map { "\($0.rawValue)" } ?? "" }
            } + [group.cancelled, group.real, group.falseAlarms, group.neither, group.drills].map(String.init)
    }

    /// RFC 4180, section 2: what holds a comma, a quotation mark or a line end stands in quotation marks, and those inside are doubled.
    private static func record(_ fields: [String]) -> String {
        fields.map { field in
            let isPlain = field.utf8.allSatisfy { !",\"\r\n".utf8.contains($0) }
            return isPlain ? field : "\"\(field.replacing("\"", with: "\"\""))\""
        }.joined(separator: ",") + "\r\n"
    }
}
