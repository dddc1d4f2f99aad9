import Hummingbird
import VigilCore
import VigilStore

extension ControlRoutes {
    func listOrders(_ request: Request) async throws -> Response {
        var filter = OrderFilter()
        let query = Query(request)
        if let state = try query.choice("state", OrderFilter.State.self) { filter.state = state }
        filter.words = try query.text("what").map { try words($0) }
        filter.limit = try query.number("limit", in: ListLimit.range) ?? filter.limit
        try query.finish(known: ["state", "what", "limit"])
        let clock = services.clock()
        let orders = try await services.unrecorded().list(filter) { try await services.reader.orders($0) }
            .map { OrderReport($0.order, isRecorded: $0.isRecorded, clock: clock) }
        return try .json(OrderList(orders: orders, timeZone: services.timeZone()))
    }

    /// With what could not be stored.
    func order(_ id: OrderID) async throws -> OrderReport? {
        let unrecorded = services.unrecorded()
        let found = unrecorded.order(id, over: try await services.reader.order(id))
        return found.map { OrderReport($0.order, isRecorded: $0.isRecorded, clock: services.clock()) }
    }

    /// `silence`, or `away,hospital,visitor`.
    private func words(_ list: String) throws -> [String] {
        let known = StandingOrder.Content.words
        return try list.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let word = String(part)
            guard known.contains(word) else {
                throw ConsoleError(
                    .badRequest, "what: unknown value \(SettingFault.quoted(word))\(SettingFault.hint(word, among: known))")
            }
            return word
        }
    }
}
