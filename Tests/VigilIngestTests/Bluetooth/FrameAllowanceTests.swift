import Testing
import VigilCore

@testable import VigilIngest

struct FrameAllowanceTests {
    private func admitted(_ count: Int, at time: BootTime, by allowance: inout FrameAllowance) -> Int {
        (0..<count).count { _ in allowance.admits(at: time) }
    }

    @Test(
        "a burst is taken, and then so many a second",
        arguments: [(FrameAllowance.strangers, 500, 50), (.device, 1000, 100)])
    func rate(allowance: FrameAllowance, most: Int, perSecond: Int) {
        var allowance = allowance
        let start = BootTime(1_000_000)

        #expect(admitted(2000, at: start, by: &allowance) == most)
        #expect(admitted(2000, at: start + .seconds(1), by: &allowance) == perSecond)
        #expect(admitted(2000, at: start + .minutes(10), by: &allowance) == most)
    }

    @Test("what comes seldom is always taken", arguments: [(FrameAllowance.strangers, Int64(20)), (.device, 10)])
    func seldom(allowance: FrameAllowance, every: Int64) {
        var allowance = allowance

        let taken = (0..<5000).count { allowance.admits(at: BootTime(Int64($0) * every)) }

        #expect(taken == 5000)
    }

    @Test("a clock that stands or goes back gives nothing")
    func clock() {
        var allowance = FrameAllowance.strangers
        _ = admitted(500, at: BootTime(10_000), by: &allowance)

        #expect(admitted(1, at: BootTime(10_000), by: &allowance) == 0)
        #expect(admitted(1, at: BootTime(0), by: &allowance) == 0)
    }
}
