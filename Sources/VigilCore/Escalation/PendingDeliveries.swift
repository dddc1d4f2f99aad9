/// The deliveries that are not settled, found by key, by alert and counted by channel.
struct PendingDeliveries: Sendable {
    private struct Way: Hashable, Sendable {
        let contact: ContactID
        let channel: ChannelID
    }

    private var byID: [DeliveryID: Delivery] = [:]
    private var idsByAlert: [AlertID: Set<DeliveryID>] = [:]
    /// Who is about to hear that something was missed, and where.
    private var summaries: Set<Way> = []
    private(set) var counts: [ChannelID: Int] = [:]

    var count: Int { byID.count }

    /// In order of their keys: effects follow it.
    var all: [Delivery] { byID.values.sorted { $0.id < $1.id } }

    func hasSummary(for contact: ContactID, on channel: ChannelID) -> Bool {
        summaries.contains(Way(contact: contact, channel: channel))
    }

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
        if delivery.purpose == .summary { summaries.insert(Way(contact: delivery.contact, channel: delivery.channel)) }
        counts[delivery.channel, default: 0] += 1
    }

    private mutating func remove(_ id: DeliveryID) {
        guard let delivery = byID.removeValue(forKey: id) else { return }
        idsByAlert[delivery.alert]?.remove(id)
        if idsByAlert[delivery.alert]?.isEmpty == true { idsByAlert[delivery.alert] = nil }
        if delivery.purpose == .summary { summaries.remove(Way(contact: delivery.contact, channel: delivery.channel)) }
        counts[delivery.channel, default: 1] -= 1
    }
}
