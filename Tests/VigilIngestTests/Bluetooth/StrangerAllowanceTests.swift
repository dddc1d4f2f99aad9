import Testing
import VigilCore

@testable import VigilIngest

struct StrangerAllowanceTests {
    private func admitted(_ count: Int, at time: BootTime, by allowance: inout StrangerAllowance) -> Int {
        (0..<count).count { _ in allowance.admits(at: time) }
    }

    @Test("a burst is taken, and then so many a second")
    func rate() {
        var allowance = StrangerAllowance()
        let start = BootTime(1_000_000)

        #expect(admitted(2000, at: start, by: &allowance) == 500)
        #expect(admitted(2000, at: start + .seconds(1), by: &allowance) == 50)
        #expect(admitted(2000, at: start + .minutes(10), by: &allowance) == 500)
    }

    @Test("what comes seldom is always taken")
    func seldom() {
        var allowance = StrangerAllowance()

        let taken = (0..<5000).count { allowance.admits(at: BootTime(Int64($0) * 20)) }

        #expect(taken == 5000)
    }

    @Test("a clock that stands or goes back gives nothing")
    func clock() {
        var allowance = StrangerAllowance()
        _ = admitted(500, at: BootTime(10_000), by: &allowance)

        #expect(admitted(1, at: BootTime(10_000), by: &allowance) == 0)
        #expect(admitted(1, at: BootTime(0), by: &allowance) == 0)
    }
}
