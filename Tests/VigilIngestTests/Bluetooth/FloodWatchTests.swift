import Testing
import VigilCore

@testable import VigilIngest

struct FloodWatchTests {
    private static let button = FloodWatch.Sender.device(BluetoothAddress(bits: 0xA4C1_388D_18B2))

    private var floods = FloodWatch()

    @Test("a flood begins with the first that is left out, each sender's by itself")
    mutating func beginning() {
        let begins = [Self.button, Self.button, .strangers, .strangers].map { floods.leftOut($0, at: BootTime(0)) }

        #expect(begins == [true, false, true, false])
    }

    @Test("it is over when nothing was left out for a minute, which is told once, and another one begins anew")
    mutating func end() {
        _ = floods.leftOut(Self.button, at: BootTime(0))
        _ = floods.leftOut(Self.button, at: BootTime(30_000))

        #expect(floods.deadline == BootTime(90_000))
        let over = [Int64(89_999), 90_000, 90_001].map { floods.over(at: BootTime($0)) }
        #expect(over == [[], [Self.button], []])
        #expect(floods.deadline == nil)
        let beginsAnew = floods.leftOut(Self.button, at: BootTime(90_002))
        #expect(beginsAnew)
    }
}
