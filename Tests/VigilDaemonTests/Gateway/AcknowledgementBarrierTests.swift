import Testing
import VigilCore

@testable import VigilDaemon

/// Rule 2 of the turn (`architecture.md`, section 1).
@Suite struct AcknowledgementBarrierTests {
    let start = EngineTime(1_800_000_000_000)
    var barrier = AcknowledgementBarrier()

    private mutating func isReleased() -> Bool { barrier.committed() }

    private mutating func asks(at time: EngineTime, linger: Milliseconds, window: Int) -> Bool {
        barrier.shouldRequestHold(at: time, linger: linger, window: window)
    }

    private mutating func requestHold() -> Bool { barrier.shouldRequestHold(at: start + .seconds(1), linger: .seconds(1), window: 100) }

    @Test("rule 2: a source is released only when everything up to its answer was taken and committed")
    mutating func releasesAfterCommit() {
        barrier.took(upTo: 3, at: start)
        #expect(!isReleased())
        #expect(requestHold())
        #expect(!isReleased())
        barrier.held(lastRead: 5)
        // Two frames that it read before it stopped have not come in yet.
        #expect(!isReleased())
        barrier.took(upTo: 5, at: start)
        #expect(isReleased())
        #expect(barrier.unacknowledged == 0)
        #expect(!isReleased())
    }

    @Test("rule 3: frames linger until the linger is over or half of the window is used, whichever comes first")
    mutating func lingers() {
        #expect(!asks(at: start, linger: .zero, window: 1))
        barrier.took(upTo: 49, at: start)
        #expect(!asks(at: start + Milliseconds(999), linger: .seconds(1), window: 100))
        #expect(barrier.lingerBegan == start)
        barrier.took(upTo: 50, at: start + Milliseconds(999))
        #expect(asks(at: start + Milliseconds(999), linger: .seconds(1), window: 100))
        #expect(barrier.isHoldRequested)
        #expect(barrier.lingerBegan == nil)
        // Asked once.
        #expect(!asks(at: start + .seconds(9), linger: .seconds(1), window: 100))
    }

    @Test("rule 2: a connection that is lost while the source is asked to hold does not leave it held for ever")
    mutating func holdOutlivesConnection() {
        barrier.took(upTo: 2, at: start)
        #expect(requestHold())
        barrier.disconnected()
        // It answers connected or not, and reads nothing until it is released.
        barrier.held(lastRead: 2)
        #expect(barrier.isHeld)
        #expect(isReleased())
    }

    @Test("rule 2: a connection that is lost after the source held is released all the same")
    mutating func heldOutlivesConnection() {
        barrier.took(upTo: 2, at: start)
        #expect(requestHold())
        barrier.held(lastRead: 2)
        barrier.disconnected()
        #expect(isReleased())
    }

    @Test("rule 6: a socket that is dropped on purpose ends the hold, and a late answer to it counts for nothing")
    mutating func refusalEndsHold() {
        barrier.took(upTo: 2, at: start)
        #expect(requestHold())
        barrier.refused()
        barrier.held(lastRead: 2)
        #expect(!barrier.isHeld)
        #expect(!isReleased())
        #expect(barrier.unacknowledged == 0)
    }
}
