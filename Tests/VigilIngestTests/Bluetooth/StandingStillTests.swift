import Dispatch
import Testing
import VigilCore
import VigilTesting

@testable import VigilIngest

/// A receiver whose thread does not come back from where it went: here from its handler, at a site from a kernel that broke.
struct StandingStillTests {
    /// A receiver that stands still as soon as it hands over frames, until the gate is opened.
    private final class House: Sendable {
        let gate = DispatchSemaphore(value: 0)
        let radio: ControllerServer
        let receiver: BluetoothHouse
        private let isStill = WatchedState(false)

        init() throws {
            radio = try ControllerServer()
            receiver = BluetoothHouse([try radio.adapter]) { [gate, isStill] event in
                guard case .frames = event else { return }
                isStill.update { $0 = true }
                gate.wait()
            }
            try #require(receiver.waitForStatus { $0.adapters.first?.state == .hearing })
        }

        func standStill() throws {
            radio.say(
                ScriptedController.event(
                    0x3E, [2, 1, 3, 1, 0xB2, 0x18, 0x8D, 0x38, 0xC1, 0xA4, 7, 6, 0x16, 0xD2, 0xFC, 0x40, 0x29, 1, 0xC4]))
            try #require(isStill.wait { $0 })
        }
    }

    @Test("its adapters are told to be down once, although they were heard; when it goes on they are up again")
    func standsStill() throws {
        let house = try House()
        house.receiver.source.lookAfter()
        house.receiver.sync()
        try house.standStill()

        house.receiver.source.lookAfter()
        house.receiver.pass(seconds: 29)
        house.receiver.source.lookAfter()
        #expect(house.receiver.heard.reasons.isEmpty)
        house.receiver.pass(seconds: 2)
        house.receiver.source.lookAfter()
        house.receiver.source.lookAfter()

        #expect(house.receiver.heard.reasons.map { $0.contains("stands still") } == [true])
        let adapter = house.receiver.source.status.adapters.first
        #expect(adapter?.state == .closed)
        #expect(adapter?.reason?.contains("stands still") == true)

        house.gate.signal()
        #expect(house.receiver.wait { $0.events.last { $0 != "heard" } == "connected" })
        #expect(house.receiver.source.status.adapters.first?.state == .hearing)
        // Looked after as before.
        house.receiver.source.lookAfter()
        house.receiver.pass(seconds: 31)
        house.receiver.sync()
        house.receiver.source.lookAfter()
        #expect(house.receiver.heard.reasons.count { $0.contains("stands still") } == 1)
    }

    @Test("whoever stops the receiver does not wait for it for ever")
    func stops() throws {
        let house = try House()
        try house.standStill()

        house.receiver.source.stop()

        #expect(house.receiver.heard.frames.isEmpty)
        house.gate.signal()
    }
}
