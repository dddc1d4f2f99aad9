/// The deliveries that are not settled, found by key, by alert and counted by channel.
struct PendingDeliveries: Sendable {
    private var byID: [DeliveryID: Delivery] = [:]
    private var idsByAlert: [AlertID: Set<DeliveryID>] = [:]
    private(set) var counts: [ChannelID: Int] = [:]

    var count: Int { byID.count }

    /// In order of their keys: effects follow it.
    var all: [Delivery] { byID.values.sorted { $0.id < $1.id } }

    func of(_ alert: AlertID) -> [Delivery] { (idsByAlert[alert] ?? []).sorted().compactMap { byID[$0] } }

    subscript(id: DeliveryID) -> Delivery? {
        get { byID[id] }
        set {
            if let newValue { put(newValue) } else { remove(id) }
        }
    }

    private mutating func put(_ delivery: Delivery) {
        guard byID.updateValue(delivery, forKey: delivery.id) == nil else { return }
        idsByAlert[delivery.alert, default: []].insert(delivery.id)
        counts[delivery.channel, default: 0] += 1
    }

    private mutating func remove(_ id: DeliveryID) {
        guard let delivery = byID.removeValue(forKey: id) else { return }
        idsByAlert[delivery.alert]?.remove(id)
        if idsByAlert[delivery.alert]?.isEmpty == true { idsByAlert[delivery.alert] = nil }
        counts[delivery.channel, default: 1] -= 1
    }
}
