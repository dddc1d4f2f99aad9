// What the end of an alert says of the people whom it was about.

extension Detection {
    /// Takes the answer of a human over: whoever was seen or spoken to was seen, and an absence that somebody has closed counts anew. Until the
    /// next sign of life, which may never come, nobody would miss them again otherwise.
    ///
    /// - Returns: who was seen or spoken to.
    mutating func learn(_ outcome: OutcomeCode, of key: AlertKey, at time: EngineTime, into effects: inout [Effect]) -> ResidentID? {
        let people = household.residents(of: key.subject)
        if outcome.tellsOfVisit, people.count == 1, let resident = people.first?.id {
            checkIn(resident, at: time, into: &effects)
            return resident
        }
        // Nobody is to be told once more that they are silent.
        guard outcome != .deceased_found, case .resident(let resident) = key.subject else { return nil }
        countAnew(resident, at: time, into: &effects) { $0.absenceWindow != nil && $0.isStanding(key.kind, of: key.subject) }
        return nil
    }
}

extension OutcomeCode {
    /// Somebody was with them, or spoke to them.
    fileprivate var tellsOfVisit: Bool {
        switch self {
        case .fall_injury, .fall_no_injury, .medical_transport_120, .medical_on_site, .sos_real, .sos_accidental,
            .ok_confirmed_by_phone, .ok_confirmed_in_person:
            true
        case .fire_119, .smoke_cooking, .gas_or_leak, .resident_cancelled, .away_known, .visitor_or_cleaning, .device_off_body,
            .device_fault, .battery, .link_lost, .no_entry_police_or_locksmith, .deceased_found, .handed_up, .duplicate, .drill,
            .auto_cleared:
            false
        }
    }
}
