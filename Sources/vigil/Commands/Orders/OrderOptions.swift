import ArgumentParser
import VigilConsole
import VigilCore

/// What every command takes that puts something in force for a time.
struct OrderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("When it ends: 2h, 18:00 or \"2026-12-01 18:00\".", valueName: "time"))
    var until: Moment

    @Option(help: ArgumentHelp("When it begins, in the same forms. Now unless given.", valueName: "time"))
    var from: Moment?

    @Option(help: ArgumentHelp("For whom: a contact's id. Your login unless given.", valueName: "contact"))
    var `as`: String?

    @OptionGroup var options: GlobalOptions

    func place(_ content: StandingOrder.Content, reason: String) throws {
        let now = LocalClock.now
        let start = try from?.time(now: now, zone: zone) ?? now
        let end = try until.time(now: now, zone: zone)
        let request = OrderRequest(
            content, startsIn: Milliseconds(start.rawValue - now.rawValue), lasts: Milliseconds(end.rawValue - start.rawValue),
            reason: reason)
        let answer = try options.client.command(.place(request), as: `as`)
        let text = OrderText(options.lang, timeZone: answer.timeZone)
        try options.print(answer, text: answer.order.map(text.placed) ?? Words.done[options.lang])
    }

    /// The clock that people go by is the daemon's configuration's: the box may run on another.
    private func zone() throws -> String { try options.client.get("/v1/orders?limit=1", OrderList.self).timeZone }
}
