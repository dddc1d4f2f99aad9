/// Standing orders, newest first.
public struct OrderList: Codable, Hashable, Sendable {
    public var orders: [OrderReport]
    /// IANA name: the clock that people go by.
    public var timeZone: String

    public init(orders: [OrderReport], timeZone: String) {
        self.orders = orders
        self.timeZone = timeZone
    }

    enum CodingKeys: String, CodingKey {
        case orders
        case timeZone = "time_zone"
    }
}
