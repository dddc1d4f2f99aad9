/// Standing orders, newest first.
public struct OrderList: Codable, Hashable, Sendable {
    public var orders: [OrderReport]

    public init(orders: [OrderReport]) { self.orders = orders }
}
