import VigilCore

/// A time in which nothing can be stored.
struct SimulatorOutage {
    var endsAt: EngineTime
    /// What waits to be stored.
    var retained = SimulatorTurn()
    /// Attempts that left and were not stored yet.
    var unrecorded: [SimulatorAttempt] = []
}
