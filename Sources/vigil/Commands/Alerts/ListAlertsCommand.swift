import ArgumentParser
import VigilConsole
import VigilCore
import VigilStore

/// `vigil alerts list`.
struct ListAlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists alerts, worst first.")

    @Option(help: "open, closed or all.")
    var state = AlertFilter.State.open

    @Option(help: "Only this kind: fall, sos, smoke, ...")
    var kind: String?

    @Option(help: "Only this severity: red, yellow or blue.")
    var severity: Severity?

    // Whatever follows is the number: `-1` is a wrong one, and no option.
    @Option(
        parsing: .unconditional, help: "At most this many, \(ListLimit.range.lowerBound) to \(ListLimit.range.upperBound).",
        transform: NumberArgument.within(ListLimit.range))
    var limit = 1000

    @OptionGroup var options: GlobalOptions

    func run() throws {
        var query = "state=\(state.rawValue)&limit=\(limit)"
        if let kind { query += "&kind=\(ControlClient.piece(kind))" }
        if let severity { query += "&severity=\(severity.rawValue)" }
        let list = try options.client.get("/v1/alerts?\(query)", AlertList.self)
        // Worst first, then oldest: whoever waits longest is next.
        let sorted = list.alerts.sorted { ($1.severity, $0.raisedAt, $0.id) < ($0.severity, $1.raisedAt, $1.id) }
        // Nobody may believe to see all of them.
        if sorted.count == limit {
            let cut = state == .open ? Words.onlyWorst(limit) : Words.onlyNewest(limit)
            StandardError.write("vigil: \(cut[options.lang])")
        }
        let text = AlertText(options.lang, timeZone: list.timeZone)
        try options.print(
            AlertList(alerts: sorted, position: list.position, timeZone: list.timeZone),
            text: sorted.isEmpty ? Words.noAlerts(state.rawValue, of: kind)[options.lang] : text.table(sorted))
    }
}
