/// What somebody is protected from.
public enum Danger: String, CaseIterable, Codable, Sendable {
    case sos, fall, smoke, inactivity

    /// The kind of alert that tells of it.
    var kind: AlertKind {
        switch self {
        case .sos, .fall, .smoke: AlertKind(rawValue)
        case .inactivity: AbsenceDetector.absence.kind
        }
    }
}
