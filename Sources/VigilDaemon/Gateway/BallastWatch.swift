import VigilCore

/// What the gateway knows of the ballast.
struct BallastWatch {
    /// When to try to set it aside again; nil while it is on board.
    var tryAt: EngineTime?
    var isBeingTried = false
    /// Operators know that it was given up.
    var isShortageTold = false
}
