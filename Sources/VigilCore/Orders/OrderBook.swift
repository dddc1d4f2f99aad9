/// Every standing order that is not over: its place in the engine's time, its beginning and its end.
///
/// The table is the truth after a restart. A snapshot holds the book as well, so that detection can be rebuilt from the journal's tail,
/// where orders came and went.
struct OrderBook: Codable, Hashable, Sendable {
    /// In the order in which they were placed.
    private(set) var orders: [StandingOrder] = []
    private var lastNumber = 0
    /// When the next one begins or ends.
    private(set) var nextDeadline: EngineTime?

    // MARK: People

    /// - Returns: the order's id.
    mutating func place(
        _ request: OrderRequest, by actor: Actor, _ knowledge: Knowledge, at now: EngineTime, into effects: inout [Effect]
    ) throws(Refusal) -> OrderID {
        if let refusal = Self.refusal(of: request, by: actor, knowledge) { throw refusal }
        let from = now + request.startsIn
        lastNumber += 1
        let order = StandingOrder(
            number: lastNumber, content: request.content, placedAt: now, from: from, until: from + request.lasts, by: actor,
            reason: request.reason)
        orders.append(order)
        setDeadline(after: now)
        effects.append(.order(order))
        return order.id
    }

    mutating func end(_ id: OrderID, by actor: Actor, at now: EngineTime, into effects: inout [Effect]) throws(Refusal) {
        guard let index = orders.firstIndex(where: { $0.id == id }) else { throw .unknownOrder(id) }
        end(at: index, by: actor, now, into: &effects)
        setDeadline(after: now)
    }

    private mutating func end(at index: Int, by actor: Actor, _ now: EngineTime, into effects: inout [Effect]) {
        var order = orders.remove(at: index)
        order.end = StandingOrder.End(at: now, by: actor)
        effects.append(.order(order))
    }

    // MARK: Time

    /// Ends what is over.
    ///
    /// - Returns: whether something began or ended.
    mutating func fireDeadlines(at now: EngineTime, into effects: inout [Effect]) -> Bool {
        guard let nextDeadline, nextDeadline <= now else { return false }
        while let index = orders.firstIndex(where: { $0.until <= now }) { end(at: index, by: .engine, now, into: &effects) }
        setDeadline(after: now)
        return true
    }

    private mutating func setDeadline(after now: EngineTime) {
        nextDeadline = orders.flatMap { $0.from > now ? [$0.from, $0.until] : [$0.until] }.min()
    }

    /// Takes the table over.
    ///
    /// - Parameter stored: every order that is not over, and the latest one.
    mutating func restore(_ stored: [StandingOrder], at now: EngineTime) {
        orders = stored.filter { $0.end == nil }.sorted { $0.number < $1.number }
        lastNumber = stored.map(\.number).max() ?? 0
        setDeadline(after: now)
    }

    // MARK: In force

    /// Whose rules of absence pause.
    func paused(at now: EngineTime) -> Set<ResidentID> {
        Set(
            orders.compactMap { order in
                if case .context(_, let resident) = order.content, order.isInForce(at: now) { resident } else { nil }
            })
    }

    /// Whether a call for help of one of these residents, or of this device, is announced as a drill.
    func isDrill(_ residents: [ResidentID], device: DeviceID?, at now: EngineTime) -> Bool {
        orders.contains { order in
            guard case .drill(let subject) = order.content, order.isInForce(at: now) else { return false }
            return residents.contains { subject == .resident($0) } || device.map { subject == .device($0) } ?? false
        }
    }

    /// The silences that fit an alert, in the order in which they were placed.
    func silences(for alert: Alert, in household: Household, at now: EngineTime) -> [OrderID] {
        orders.compactMap { order in
            guard case .silence(let matcher) = order.content, order.isInForce(at: now), matcher.fits(alert, in: household) else {
                return nil
            }
            return order.id
        }
    }
}
