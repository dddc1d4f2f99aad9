// Devices that the registry does not know, and those that others speak for.

extension Detection {
    /// A device that nobody registered: it is offered to whoever makes the registry, and what it says of devices that are registered counts. A
    /// gateway speaks for its sensors, and a topic for whoever its payload names.
    mutating func observeStranger(
        _ address: DeviceAddress, _ frame: Frame, numbered sequence: Int64, _ decoder: any PayloadDecoder, at time: EngineTime,
        into effects: inout [Effect]
    ) {
        // Nothing is remembered of a stranger, and what cannot be understood of it concerns nobody who is registered.
        var state = DialectState()
        let decoded = try? decoder.decode(frame, state: &state)
        offer(address, speaksForOthers: decoded?.isOfOthers(than: address) ?? false, at: time, into: &effects)
        guard let decoded else { return }
        guard !frame.isDuplicate else {
            if decoded.observations.contains(where: { $0.device != nil }) {
                verdicts.note(FrameVerdict(sequence: sequence, outcome: .duplicate))
            }
            return
        }
        var verdict = FrameVerdict(sequence: sequence, outcome: .taken)
        for observation in decoded.observations {
            guard observation.device != nil, let owner = owner(of: observation, or: nil, at: time, into: &effects) else {
                verdict.heeds.append(.unregistered)
                continue
            }
            let lag = lag(of: observation, saidBy: owner, in: frame, at: time)
            verdict.heeds.append(
                distribute(
                    observation, of: owner, in: frame, at: time, lag: lag, isProven: !decoded.isUnauthenticated, into: &effects))
        }
        if verdict.heeds.contains(where: { $0 != .unregistered }) { verdicts.note(verdict) }
    }

    /// What is said of a device that the registry knows is of no use to anybody.
    mutating func hear(_ change: AnnouncementChange, into effects: inout [Effect]) {
        if case .made(let announcement) = change, household.index(of: announcement.address) != nil { return }
        if announcements.isNews(change) { effects.append(.announcement(change)) }
    }

    /// Whom an observation speaks of; nil, and offered, where the registry does not know it.
    ///
    /// - Parameter speaker: whose frame it is, where it names nobody.
    mutating func owner(of observation: Observation, or speaker: Int?, at time: EngineTime, into effects: inout [Effect]) -> Int? {
        guard let other = observation.device else { return speaker }
        if let index = household.index(of: other) { return index }
        offer(other, at: time, into: &effects)
        return nil
    }

    private mutating func offer(
        _ address: DeviceAddress, speaksForOthers: Bool = false, at time: EngineTime, into effects: inout [Effect]
    ) {
        if unclaimed.isNews(address, at: time) { effects.append(.unclaimed(address, speaksForOthers: speaksForOthers)) }
    }
}

extension Decoded {
    /// It tells of others than its sender, or what only a gateway tells of itself.
    fileprivate func isOfOthers(than sender: DeviceAddress) -> Bool {
        !observations.isEmpty
            && observations.allSatisfy { fact in
                fact.device.map { $0 != sender } ?? [.bridge_availability, .gateway_alive].contains(fact.kind)
            }
    }
}
