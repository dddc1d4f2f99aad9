import VigilCore

/// What is remembered of a radar between its uplinks: it reports a fall as an alarm with a number and goes on saying so as its state.
struct MilesightMemory {
    /// The fall that was told last still holds.
    var isFallen = false
    /// The number of its alarm, where one was named.
    var fallAlarm: String?

    init(_ state: DialectState) {
        isFallen = state.word("fallen") != nil
        fallAlarm = state.word("fall")
    }

    func keep(in state: inout DialectState) {
        state.keep(isFallen ? "yes" : nil, as: "fallen")
        state.keep(fallAlarm, as: "fall")
    }
}
