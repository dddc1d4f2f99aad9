import ArgumentParser
import VigilConsole
import VigilCore
import VigilStore

/// What every list of standing orders takes.
struct OrderListing: ParsableArguments {
    @Option(help: "open (in force or planned), over or all.")
    var state = OrderFilter.State.open

    @OptionGroup var options: GlobalOptions

    func list(_ words: [String]) throws {
        let path = "/v1/orders?state=\(state.rawValue)&what=\(words.joined(separator: ","))&limit=1000"
        let list = try options.client.get(path, OrderList.self)
        try options.print(list, text: OrderText(language: options.lang, now: LocalClock.now).table(list.orders))
    }
}
