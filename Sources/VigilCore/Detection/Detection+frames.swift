// What a message means to the devices that it speaks of, and to the rules that listen to them.

extension Detection {
    /// - Parameter sequence: its place in the journal.
    mutating func observe(_ frame: Frame, numbered sequence: Int64, at time: EngineTime, into effects: inout [Effect]) {
        let topic = frame.topic
        guard let route = routes.first(where: { $0.source == frame.source && $0.filter.matches(topic) }) else { return }
        guard let address = route.decoder.address(of: frame) else {
            if let change = route.decoder.announcement(in: frame) { hear(change, into: &effects) }
            noteUnknownTopic(of: frame, route.decoder, route.devices, into: &effects)
            return
        }
        guard let index = route.devices[address.name] else {
            return observeStranger(
                address, frame, numbered: sequence, route.decoder, route.devices, at: time, into: &effects)
        }
        changedDevices.insert(index)
        let decoded: Decoded
        do {
            decoded = try route.decoder.decode(frame, state: &states[index].dialect)
        } catch {
            if !error.reason.isSomebodyElse { hear(index, in: frame, at: time) }
            if error.reason == .replayed { noteRefusedCounter(ofDevice: index, at: time, into: &effects) }
            if error.reason.isWithoutProof {
                let key = route.decoder.keyStanding(of: address, in: states[index].dialect)
                noteUnproven(error.reason, ofDevice: index, key, at: time, into: &effects)
            }
            effects.append(.undecodable(address, error))
            verdicts.note(FrameVerdict(sequence: sequence, outcome: .refused(error)))
            return
        }
        // What anybody may have kept and sent again does not show that the device lives.
        if !(decoded.isRepeat && decoded.isUnauthenticated) {
            hear(index, in: frame, at: time)
            hearBridge(ofDevice: index, in: frame, at: time, into: &effects)
        }
        if !decoded.isRepeat && !decoded.isUnauthenticated { noteBelievedCounter(ofDevice: index, at: time, into: &effects) }
        if !decoded.isRepeat, states[index].key != nil {
            let key = route.decoder.keyStanding(of: address, in: states[index].dialect)
            noteTaken(decoded, ofDevice: index, key, at: time, into: &effects)
        }
        if decoded.isFirstOpened { effects.append(.opened(address)) }
        if let receipt = decoded.receipt { effects.append(.receipt(receipt)) }
        note(decoded.leftOut, or: address, into: &effects)
        guard !decoded.isRepeat, !frame.isDuplicate else {
            return verdicts.note(FrameVerdict(sequence: sequence, outcome: decoded.isRepeat ? .repeated : .duplicate))
        }
        var verdict = FrameVerdict(sequence: sequence, outcome: .taken)
        verdict.facts.reserveCapacity(decoded.observations.count)
        if decoded.observations.isEmpty {
            let alive = Observation(.device_alive, .bool(true), nature: .event)
            _ = distribute(alive, of: index, in: frame, at: time, isProven: !decoded.isUnauthenticated, into: &effects)
        }
        var isLateTold = false
        for observation in decoded.observations {
            let lag = lag(of: observation, saidBy: index, in: frame, at: time)
            if lag > DeviceClock.lateAfter, !isLateTold {
                isLateTold = true
                effects.append(.late(address, happenedAt: time - lag))
            }
            guard let owner = owner(of: observation, or: index, at: time, into: &effects) else {
                verdict.facts.append(.init(kind: observation.kind, heed: .unregistered))
                continue
            }
            verdict.facts.append(
                distribute(
                    observation, of: owner, in: frame, at: time, lag: lag, isProven: !decoded.isUnauthenticated, into: &effects))
        }
        verdicts.note(verdict)
    }

    private mutating func hear(_ index: Int, in frame: Frame, at time: EngineTime) {
        states[index].heard(at: time)
        // What a broker kept says nothing of who hears it now.
        if !frame.isRetained { states[index].heard(on: frame.source, at: time) }
    }

    /// How long before its arrival it happened. What a broker kept is no news, whenever it was.
    mutating func lag(
        of observation: Observation, saidBy index: Int, in frame: Frame, at time: EngineTime
    ) -> Milliseconds {
        guard let claim = observation.eventTime, !frame.isRetained else { return .zero }
        return states[index].hear(claim, at: time, by: clock)
    }

    /// Hands one observation of a device to every rule that listens.
    ///
    /// - Parameter isProven: false where anybody may have sent it: it raises, and clears nothing.
    /// - Returns: what was made of it.
    mutating func distribute(
        _ told: Observation, of index: Int, in frame: Frame, at time: EngineTime, lag: Milliseconds = .zero,
        isProven: Bool, into effects: inout [Effect]
    ) -> FrameVerdict.Fact {
        let observation = told.meant(by: household.bound[index].device)
        func made(_ heed: FrameVerdict.Heed) -> FrameVerdict.Fact { FrameVerdict.Fact(kind: observation.kind, heed: heed) }
        // Also of a device that another one speaks for.
        changedDevices.insert(index)
        if !frame.isRetained, observation.kind != .availability { states[index].heard(on: frame.source, at: time) }
        let claim = frame.isRetained ? nil : observation.eventTime
        let isEdge: Bool
        var isPast = false
        var isSame = false
        switch observation.nature {
        // What a broker kept calls nobody. Taken for known it would silence the call that comes next.
        case .level where frame.isRetained && observation.kind.isCall && observation.value.isTrue:
            return made(.kept)
        case .level where lag > DeviceClock.lateAfter:
            isEdge = states[index].takeLateLevel(observation.kind, observation.value, at: time, claimed: claim)
        case .level:
            let news = states[index].takeLevel(observation.kind, observation.value, at: time, claimed: claim)
            isSame = news == .change && isSameCall(observation, of: index, in: frame, at: time, claimed: claim)
            isEdge = news == .change && !isSame
            isPast = news == .past
        case .event:
            // A kept message tells what was; an event is what happens.
            guard !frame.isRetained,
                states[index].takeEvent(observation.kind, observation.value, topic: frame.topic, at: time, claimed: claim)
            else { return made(frame.isRetained ? .kept : .same) }
            isEdge = true
        }
        if isEdge || isPast, observation.value.isTrue, !frame.isRetained {
            note(observation, of: index, at: time - lag, into: &effects)
        }
        if observation.kind == .cancel, states[index].hasCalledSince(claim) { isPast = true }
        if observation.kind == .battery_percent, !frame.isRetained, lag <= DeviceClock.lateAfter {
            noteBattery(observation, of: index, at: time, into: &effects)
        }
        let reading = Reading(
            observation: observation, device: household.bound[index].device.id, canCancel: household.bound[index].device.canCancel,
            source: frame.source, at: time, isEdge: isEdge, isRetained: frame.isRetained,
            lag: lag, isPast: isPast, isProven: isProven)
        if observation.kind.isActivity, reading.isSignOfLife {
            for numbered in household.bound[index].everyResident {
                if case .resident(let resident) = numbered.subject { unobserved.end(resident) }
            }
        }
        offer(reading, ofDevice: index, to: rules.listening(to: observation.kind), into: &effects)
        offer(reading, ofDevice: index, to: rules.listeningToAll, into: &effects)
        return made(isPast ? .past : isEdge ? .news : isSame ? .same : .known)
    }

    /// Whether a call that a level begins is one that the device just told as an event on another topic, or in the same message.
    private mutating func isSameCall(
        _ observation: Observation, of index: Int, in frame: Frame, at time: EngineTime, claimed claim: EventTime?
    ) -> Bool {
        guard observation.kind.isCall, observation.value.isTrue, !frame.isRetained else { return false }
        return !states[index].takeEvent(observation.kind, topic: "\(frame.topic)#level", at: time, claimed: claim)
    }

    /// What is worth keeping for people, whatever rules make of it.
    private func note(_ observation: Observation, of index: Int, at time: EngineTime, into effects: inout [Effect]) {
        let bound = household.bound[index]
        switch observation.kind {
        case .smoke_test: effects.append(.tested(DeviceTest(device: bound.device.address, testedAt: time, way: .testButton)))
        case .visit:
            let by = Actor(via: bound.device.id.rawValue)
            for resident in bound.everyResident.flatMap({ household.residents(of: $0.subject) }) {
                effects.append(.visited(Visit(resident: resident.id, visitedAt: time, by: by)))
            }
        default: break
        }
    }

    mutating func offer(_ reading: Reading, ofDevice index: Int, to listening: [Int], into effects: inout [Effect]) {
        for rule in listening {
            switch household.subjects(rules.choices[rule].subjects, ofDevice: index) {
            case .one(let subject): offer(reading, about: subject, to: rule, into: &effects)
            case .many(let subjects): for subject in subjects { offer(reading, about: subject, to: rule, into: &effects) }
            }
        }
    }

    mutating func offer(_ reading: Reading, about numbered: NumberedSubject, to rule: Int, into effects: inout [Effect]) {
        let subject = numbered.subject
        guard household.isInScope(subject, rules.choices[rule].scope) else { return }
        var findings: [Finding] = []
        let device: WatchedDevice? = if case .device = subject { household.bound[numbered.number].watched } else { nil }
        let context = context(subject, device, hearing, at: reading.at)
        let due = rules.runners[rule].observe(reading, number: numbered.number, context: context, into: &findings)
        if let due { deadlines.schedule(Deadline(rule: rule, subject: subject), at: due) }
        for finding in findings {
            if let finding = reading.isProven ? finding : finding.unproven { effects.append(.finding(finding)) }
        }
    }
}
