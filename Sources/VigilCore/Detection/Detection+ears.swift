// Which sources a device needs in order to be heard. Several may hear one device: two adapters of a radio in one stairwell, two brokers of one
// bridge. Where one of them is down the others stand in for it, for the devices that they hear as well and for no other.

extension Detection {
    /// The hearing as it matters for a subject: a source that is down does not count where others stand in for it.
    func hearing(for subject: Subject) -> Hearing {
        let deaf = hearing.deaf
        guard !deaf.isEmpty else { return hearing }
        let devices: [Int]
        switch subject {
        case .device(let id): devices = household.index(of: id).map { [$0] } ?? []
        case .resident(let id): devices = household.eyes(of: id).compactMap { household.index(of: $0) }
        default: return hearing
        }
        // What was never heard may come from anywhere, and of what was never heard beside others nothing is expected.
        let heard = devices.filter { states[$0].lastHeardAt != nil }
        guard !heard.isEmpty else { return hearing }
        let spared = deaf.filter { source in heard.allSatisfy { !needs(source, device: $0) } }
        return hearing.sparing(spared.map(\.id))
    }

    /// The sources that are down and without which a device is not heard.
    func deafSources(ofDevice index: Int) -> [SourceID] {
        guard !states[index].heardOn.isEmpty else { return [] }
        return hearing.deaf.filter { needs($0, device: index) }.map(\.id)
    }

    func deafSources(of device: DeviceID) -> [SourceID] {
        household.index(of: device).map { deafSources(ofDevice: $0) } ?? []
    }

    /// Whether a device is not heard because a source is down.
    private func needs(_ source: Hearing.Source, device index: Int) -> Bool {
        let state = states[index]
        guard !state.heardOn.isEmpty else { return true }
        guard let last = state.heardAt(on: source.id) else { return false }
        // It was silent before the source was.
        if let limit = household.bound[index].device.deadAfter, let end = source.heardUntil, last + limit < end { return false }
        return !state.heardOn.contains { hearing.isUp($0.source) && hearing.isExpected($0.source) && last - $0.at <= Ear.together }
    }
}
