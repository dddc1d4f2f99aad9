import Testing
import VigilCore

@testable import VigilIngest

struct AdapterHealthTests {
    private var health = AdapterHealth(at: BootTime(0))

    private mutating func advance(to seconds: Int64) -> AdapterHealth.Order? { health.advance(to: BootTime(seconds * 1000)) }

    private mutating func stand(at seconds: Int64 = 0) {
        #expect(advance(to: seconds) == .open)
        health.ready(at: BootTime(seconds * 1000))
    }

    @Test("it is opened at once, and hears when it stands")
    mutating func opens() {
        stand()

        #expect(health.state == .hearing)
        #expect(health.deadline == nil)
    }

    @Test("nobody heard for a minute where somebody was heard is deafness: the scan is started anew, then the adapter")
    mutating func deafness() {
        stand()
        health.heard(at: BootTime(10_000))

        #expect(advance(to: 69) == nil)
        #expect(health.state == .hearing)
        #expect(advance(to: 70) == .restartScan)
        #expect(health.state == .deaf)
        #expect(health.reason == "no advertisement from any device for 60 s")
        health.ready(at: BootTime(70_000))
        #expect(health.state == .deaf)
        #expect(advance(to: 77) == nil)
        #expect(advance(to: 78) == .open)
    }

    @Test("a deaf adapter is opened anew until somebody is heard, and hears from that moment on")
    mutating func recovery() {
        stand()
        health.heard(at: BootTime(0))
        #expect(advance(to: 60) == .restartScan)
        var attempts: [Int64] = []
        for second in Int64(61)...120 where advance(to: second) == .open {
            attempts.append(second)
            health.ready(at: BootTime(second * 1000))
        }

        health.heard(at: BootTime(121_000))

        // Never more than 30 s between two.
        #expect(attempts == [68, 83, 98, 113])
        #expect(health.state == .hearing)
        #expect(health.reason == nil)
        #expect(health.deadline == BootTime(181_000))
    }

    @Test("a deaf adapter that was gone and stands again is deaf, and not gone")
    mutating func deafAgain() {
        stand()
        health.heard(at: BootTime(0))
        #expect(advance(to: 60) == .restartScan)
        health.failed("lost", at: BootTime(61_000))
        #expect(advance(to: 62) == .open)

        health.ready(at: BootTime(62_000))

        #expect(health.state == .deaf)
        #expect(health.reason == "no advertisement from any device for 60 s")
    }

    @Test("where nobody ever was heard silence is no fault")
    mutating func quiet() {
        stand()

        #expect(advance(to: 1_000_000) == nil)
        #expect(health.state == .hearing)
    }

    @Test("where devices speak over connections and none advertises only the scan is started anew")
    mutating func connectedOnly() {
        stand()
        health.heard(at: BootTime(0))
        health.heard(isReport: false, at: BootTime(59_000))

        #expect(advance(to: 60) == .restartScan)
        #expect(health.state == .hearing)
        #expect(advance(to: 119) == nil)
        #expect(advance(to: 120) == .restartScan)
        #expect(health.state == .deaf)
    }

    @Test("one that failed is tried again after half a second, then ever more rarely, but within eight")
    mutating func backoff() {
        var waits: [Int64] = []
        var time: Int64 = 0
        for _ in 0..<8 {
            #expect(health.advance(to: BootTime(time)) == .open)
            health.failed("no such file", at: BootTime(time))
            let next = health.deadline?.rawValue ?? 0
            waits.append(next - time)
            time = next
        }

        #expect(waits == [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000])
        #expect(health.reason == "no such file")
    }

    @Test("one that neither stands nor fails is opened anew")
    mutating func stuck() {
        #expect(advance(to: 0) == .open)

        #expect(advance(to: 14) == nil)
        #expect(advance(to: 15) == .open)
    }

    @Test("an adapter that was unplugged hears when it is back, and is judged from then on")
    mutating func unplugged() {
        stand()
        health.heard(at: BootTime(1000))
        health.failed("lost", at: BootTime(2000))
        #expect(health.state == .closed)
        #expect(advance(to: 100) == .open)

        health.ready(at: BootTime(100_000))

        #expect(health.state == .hearing)
        #expect(advance(to: 159) == nil)
        #expect(advance(to: 160) == .restartScan)
    }
}
