import Logging
import VigilCore
import VigilStore

// The ballast is given up on a full disk so that recording goes on, and set aside again when there is room (promises.md, A5).

extension Gateway {
    private static let tryEvery = Milliseconds.seconds(30)

    /// What a life begins with. What the one before had to say of the storage is over, unless its ballast is missing still.
    mutating func beginWithBallast(at time: EngineTime) {
        if store.isBallastMissing {
            ballast.tryAt = time
        } else if failure == nil {
            decide(.health(Health(.storage, .up)), at: time)
        }
    }

    /// Frees the blocks that were kept aside for this day; false when that was done before.
    mutating func giveUpBallast(at time: EngineTime) -> Bool {
        // What cannot be released helps as little as what is not there.
        guard store.hasBallast, (try? store.releaseBallast()) != nil else { return false }
        ballast.tryAt = time + Self.tryEvery
        return true
    }

    /// Recording goes on without ballast: operators hear of it, once.
    mutating func tellShortage() {
        guard !ballast.isShortageTold else { return }
        ballast.isShortageTold = true
        inbox.put(.input(.health(Health(.storage, .low, freeMebibytes: store.freeMebibytes))))
    }

    mutating func restoreBallastIfDue(at time: EngineTime) {
        guard failure == nil, !ballast.isBeingTried, let due = ballast.tryAt, due <= time else { return }
        ballast.isBeingTried = true
        // How it went shows: it is on board, or it is missing.
        store.restoreBallast { [inbox] _ in inbox.put(.ballastWasTried) }
    }

    /// The ballast was set aside, or there is no room for it.
    mutating func ballastWasTried(at time: EngineTime) {
        ballast.isBeingTried = false
        if store.isBallastMissing {
            ballast.tryAt = time + Self.tryEvery
            // While nothing can be recorded that is said, and this is looked at again when it can.
            if failure == nil { tellShortage() }
            return
        }
        ballast.tryAt = nil
        ballast.isShortageTold = false
        if failure == nil { decide(.health(Health(.storage, .up)), at: time) }
    }
}
