/// What an outcome says of the alarm itself: the ground truth for tuning rules (`alert-lifecycle.md`, section 3).
public enum OutcomeVerdict: String, CaseIterable, Codable, Sendable {
    /// Somebody needed help, or something was wrong.
    case real
    /// It rang and nobody needed anything.
    case falseAlarm = "false_alarm"
    /// It tells nothing of whether the alarm was right.
    case neither
}

extension OutcomeCode {
    /// The one table of what counts as a false alarm.
    ///
    /// - Parameter alertClass: A dead battery is no fall, but it is just what an alert about a silent device is there to find.
    public func verdict(on alertClass: AlertClass) -> OutcomeVerdict {
        switch self {
        case .fall_injury, .fall_no_injury, .medical_transport_120, .medical_on_site, .fire_119, .gas_or_leak, .sos_real,
            .deceased_found:
            .real
        // Its own device was wrong about somebody's life; of the device itself it was right.
        case .device_off_body, .device_fault, .battery, .link_lost: alertClass == .technical ? .real : .falseAlarm
        // There was smoke and no danger: fire brigades count it as a false alarm, and another place or sensor would mend it.
        case .smoke_cooking: .falseAlarm
        // Pressed or worn by a human, and still nobody needed anything.
        case .sos_accidental, .resident_cancelled: .falseAlarm
        // Whoever was looked for was well. That it was good to ask does not make the next ring more believable.
        case .ok_confirmed_by_phone, .ok_confirmed_in_person, .away_known, .visitor_or_cleaning: .falseAlarm
        // How one got in, not what was found.
        case .no_entry_police_or_locksmith: .neither
        // The answer is given elsewhere, or the question was none.
        case .handed_up, .duplicate, .drill: .neither
        // It ended before anybody looked. As a false alarm it would reward rules that nobody answers.
        case .auto_cleared: .neither
        }
    }
}
