import ArgumentParser
import VigilConsole
import VigilCore
import VigilStore

/// What every list of standing orders takes.
struct OrderListing: ParsableArguments {
    @Option(help: "open (in force or planned), over or all.")
    var state = OrderFilter.State.open

    // Whatever follows is the number: `-1` is a wrong one, and no option.
    @Option(
        parsing: .unconditional, help: "At most this many, \(ListLimit.range.lowerBound) to \(ListLimit.range.upperBound).",
        transform: NumberArgument.within(ListLimit.range))
    var limit = 1000

    @OptionGroup var options: GlobalOptions

    func list(_ words: [String]) throws {
        let path = "/v1/orders?state=\(state.rawValue)&what=\(words.joined(separator: ","))&limit=\(limit)"
        let list = try options.client.get(path, OrderList.self)
        // Nobody may believe to see all of them.
        if list.orders.count == limit { StandardError.write("vigil: \(Words.onlyNewest(limit)[options.lang])") }
        try options.print(list, text: OrderText(options.lang, timeZone: list.timeZone).table(list.orders))
    }
}
