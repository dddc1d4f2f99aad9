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
    static let duplicate = JournalFlags(rawValue: 4)

    init(rawValue: Int64) { self.rawValue = rawValue }

    init(_ frame: Frame) {
        self = []
        if frame.isRetained { insert(.retained) }
        if frame.isRedelivery { insert(.redelivery) }
        if frame.isDuplicate { insert(.duplicate) }
    }
}
