// Devices that the registry does not know, and those that others speak for.

extension Detection {
    /// A device that nobody registered: it is offered to whoever makes the registry, and what it says of devices that are registered counts. A
    /// gateway speaks for its sensors, and a topic for whoever its payload names.
    mutating func observeStranger(
        _ address: DeviceAddress, _ frame: Frame, numbered sequence: Int64, _ decoder: any PayloadDecoder, _ devices: NamedDevices,
        at time: EngineTime, into effects: inout [Effect]
    ) {
        // Nothing is remembered of a stranger.
        var state = DialectState()
        let decoded: Decoded
        do {
            decoded = try decoder.decode(frame, state: &state)
        } catch {
            offer(address, at: time, into: &effects)
            guard !frame.isDuplicate, let concerned = devices.concerned(by: address, on: frame.topic) else { return }
            effects.append(.undecodable(concerned, error))
            return verdicts.note(FrameVerdict(sequence: sequence, outcome: .refused(error)))
        }
        offer(address, speaksForOthers: decoded.isOfOthers(than: address), at: time, into: &effects)
        guard !frame.isDuplicate else {
            if decoded.observations.contains(where: { $0.device != nil }) {
                verdicts.note(FrameVerdict(sequence: sequence, outcome: .duplicate))
            }
            return
        }
        note(decoded.leftOut, or: devices.concerned(by: address, on: frame.topic), into: &effects)
        var verdict = FrameVerdict(sequence: sequence, outcome: .taken)
        for observation in decoded.observations {
            guard observation.device != nil, let owner = owner(of: observation, or: nil, at: time, into: &effects) else {
                verdict.facts.append(.init(kind: observation.kind, heed: .unregistered))
                continue
            }
            let lag = lag(of: observation, saidBy: owner, in: frame, at: time)
            verdict.facts.append(
                distribute(
                    observation, of: owner, in: frame, at: time, lag: lag, isProven: !decoded.isUnauthenticated, into: &effects))
        }
        if verdict.facts.contains(where: { $0.heed != .unregistered }) { verdicts.note(verdict) }
    }

    /// Notes what was not understood for the registered device that it speaks of, otherwise for another one; for nobody where there is none.
    func note(_ parts: [Decoded.LeftOut], or other: DeviceAddress?, into effects: inout [Effect]) {
        for part in parts {
            let owner = part.device.flatMap { household.index(of: $0) != nil ? $0 : nil }
            if let concerned = owner ?? other { effects.append(.fault(concerned, part.reason)) }
        }
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
    /// It tells of others than its sender, or what only a gateway tells of itself; that it lives every sender tells.
    fileprivate func isOfOthers(than sender: DeviceAddress) -> Bool {
        let own = observations.filter { $0.device == nil || $0.device == sender }.map(\.kind).filter { $0 != .device_alive }
        let tellsOfOthers = observations.contains { $0.device.map { $0 != sender } ?? false }
        return own.isEmpty ? tellsOfOthers : own.allSatisfy { [.bridge_availability, .gateway_alive].contains($0) }
    }
}
