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
    private var kept: [MessageGroup: KeptGroup] = [:]
    private var idsByDigest: [DeliveryID: Set<DeliveryID>] = [:]
    private(set) var counts: [ChannelID: Int] = [:]

    var count: Int { byID.count }

    /// In order of their keys: effects follow it.
    var all: [Delivery] { byID.values.sorted { $0.id < $1.id } }

    func hasSummary(for contact: ContactID, on channel: ChannelID) -> Bool {
        summaries.contains(Way(contact: contact, channel: channel))
    }

    /// What nobody was told of yet and may be told together, oldest first.
    func kept(in group: MessageGroup) -> [Delivery] {
        (kept[group]?.ids ?? []).compactMap { byID[$0] }.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// When the first of a group is due that is kept back; nil when none is.
    func keptUntil(in group: MessageGroup) -> EngineTime? { kept[group]?.earliest }

    var groups: [MessageGroup] { kept.keys.sorted() }

    /// What a digest tells, in order of the keys.
    func members(of digest: DeliveryID) -> [Delivery] { (idsByDigest[digest] ?? []).sorted().compactMap { byID[$0] } }

    func of(_ alert: AlertID) -> [Delivery] { (idsByAlert[alert] ?? []).sorted().compactMap { byID[$0] } }

    /// In order of their keys.
    func with(_ purpose: Delivery.Purpose, on channel: ChannelID) -> [Delivery] {
        guard counts[channel, default: 0] > 0 else { return [] }
        return byID.values.filter { $0.purpose == purpose && $0.channel == channel }.sorted { $0.id < $1.id }
    }

    subscript(id: DeliveryID) -> Delivery? {
        get { byID[id] }
        set {
            if let newValue { put(newValue) } else { remove(id) }
        }
    }

    private mutating func put(_ delivery: Delivery) {
        let before = byID.updateValue(delivery, forKey: delivery.id)
        if let before { forgetGroup(of: before) }
        noteGroup(of: delivery)
        guard before == nil else { return }
        idsByAlert[delivery.alert, default: []].insert(delivery.id)
        if delivery.purpose == .summary { summaries.insert(Way(contact: delivery.contact, channel: delivery.channel)) }
        counts[delivery.channel, default: 0] += 1
    }

    private mutating func remove(_ id: DeliveryID) {
        guard let delivery = byID.removeValue(forKey: id) else { return }
        forgetGroup(of: delivery)
        idsByAlert[delivery.alert]?.remove(id)
        if idsByAlert[delivery.alert]?.isEmpty == true { idsByAlert[delivery.alert] = nil }
        if delivery.purpose == .summary { summaries.remove(Way(contact: delivery.contact, channel: delivery.channel)) }
        counts[delivery.channel, default: 1] -= 1
    }

    private mutating func noteGroup(of delivery: Delivery) {
        if let digest = delivery.digest { idsByDigest[digest, default: []].insert(delivery.id) }
        guard delivery.isKept, let group = delivery.group else { return }
        kept[group, default: KeptGroup()].insert(delivery)
    }

    private mutating func forgetGroup(of delivery: Delivery) {
        if let digest = delivery.digest {
            idsByDigest[digest]?.remove(delivery.id)
            if idsByDigest[digest]?.isEmpty == true { idsByDigest[digest] = nil }
        }
        guard let group = delivery.group else { return }
        kept[group]?.remove(delivery)
        if kept[group]?.ids.isEmpty == true { kept[group] = nil }
    }
}

extension Delivery {
    /// Nobody was told of it, and it is not with its channel yet.
    fileprivate var isKept: Bool { state == .ready && admittedAt == nil }
}
