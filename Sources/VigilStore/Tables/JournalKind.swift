internal import VigilCore

/// The cases of `Input` as the journal numbers them; a number is never used for another case.
enum JournalKind: Int64 {
    case started = 1
    case frame, seen, command, deliveryResult, registryChange, rulesChange, health, clock, deadline

    init(_ input: Input) {
        self =
            switch input {
            case .started: .started
            case .frame: .frame
            case .seen: .seen
            case .command: .command
            case .deliveryResult: .deliveryResult
            case .registryChange: .registryChange
            case .rulesChange: .rulesChange
            case .health: .health
            case .clock: .clock
            case .deadline: .deadline
            }
    }
}

/// The `flags` of a journal row.
struct JournalFlags: OptionSet {
    let rawValue: Int64

    static let retained = JournalFlags(rawValue: 1)
    static let redelivery = JournalFlags(rawValue: 2)
    /// Heard by the engine before it could be stored: a replay passes over it.
    static let applied = JournalFlags(rawValue: 4)
}
