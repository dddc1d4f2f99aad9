import Testing
import VigilCore

@testable import VigilDaemon

/// Rule 2 of the turn (`architecture.md`, section 1).
@Suite struct AcknowledgementBarrierTests {
    let start = EngineTime(1_800_000_000_000)
    var barrier = AcknowledgementBarrier()

    private mutating func requestHold(after length: Milliseconds = .seconds(1)) -> Bool {
        barrier.shouldRequestHold(at: start + length, linger: .seconds(1), window: 100)
    }

    @Test("rule 2: a source is released only when everything up to its answer was taken and committed")
    mutating func releasesAfterCommit() {
        barrier.took(upTo: 3, at: start)
        let step1 = barrier.committed()
        #expect(!step1)
        let step2 = requestHold()
        #expect(step2)
        let step3 = barrier.committed()
        #expect(!step3)
        barrier.held(lastRead: 5)
        // Two frames that it read before it stopped have not come in yet.
        let step4 = barrier.committed()
        #expect(!step4)
        barrier.took(upTo: 5, at: start)
        let step5 = barrier.committed()
        #expect(step5)
        #expect(barrier.unacknowledged == 0)
        let step6 = barrier.committed()
        #expect(!step6)
    }

    @Test("rule 3: frames linger until the linger is over or half of the window is used, whichever comes first")
    mutating func lingers() {
        let step7 = requestHold()
        #expect(!step7)
        barrier.took(upTo: 49, at: start)
        let step8 = requestHold(after: Milliseconds(999))
        #expect(!step8)
        #expect(barrier.lingerBegan == start)
        barrier.took(upTo: 50, at: start + Milliseconds(999))
        let step9 = requestHold(after: Milliseconds(999))
        #expect(step9)
        #expect(barrier.isHoldRequested)
        #expect(barrier.lingerBegan == nil)
        // Asked once.
        let step10 = requestHold(after: .seconds(9))
        #expect(!step10)
    }

    @Test("rule 2: a connection that is lost while the source is asked to hold does not leave it held for ever")
    mutating func holdOutlivesConnection() {
        barrier.took(upTo: 2, at: start)
        let step11 = requestHold()
        #expect(step11)
        barrier.disconnected()
        // It answers connected or not, and reads nothing until it is released.
        barrier.held(lastRead: 2)
        #expect(barrier.isHeld)
        let step12 = barrier.committed()
        #expect(step12)
    }

    @Test("rule 2: a connection that is lost after the source held is released all the same")
    mutating func heldOutlivesConnection() {
        barrier.took(upTo: 2, at: start)
        let step13 = requestHold()
        #expect(step13)
        barrier.held(lastRead: 2)
        barrier.disconnected()
        let step14 = barrier.committed()
        #expect(step14)
    }

    @Test("rule 6: a socket that is dropped on purpose ends the hold, and a late answer to it counts for nothing")
    mutating func refusalEndsHold() {
        barrier.took(upTo: 2, at: start)
        let step15 = requestHold()
        #expect(step15)
        barrier.refused()
        barrier.held(lastRead: 2)
        #expect(!barrier.isHeld)
        let step16 = barrier.committed()
        #expect(!step16)
        #expect(barrier.unacknowledged == 0)
    }
}
