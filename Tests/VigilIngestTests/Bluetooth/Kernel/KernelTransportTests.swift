import Testing
import VigilCore

@testable import VigilIngest

/// What can be said without an adapter; scripts/test-vm does the rest on a kernel with one.
struct KernelTransportTests {
    @Test("an adapter that cannot be opened says why and what to do, once, and can be tried again")
    func opening() throws {
        let transport = KernelTransport(number: 997, isActive: false)
        for _ in 0..<2 {
            transport.open(at: BootTime(1000))
            #expect(transport.deadline.map { $0 <= BootTime(1000) } == true)
            var events: [BluetoothEvent] = []
            transport.serve([], at: BootTime(1000)) { events.append($0) }

            guard case .failed(let words) = events.first else {
                Issue.record("\(events)")
                return
            }
            #expect(events.count == 1)
            #expect(words.contains("hci997"))
            // No Bluetooth in the kernel or the unit, not allowed, or no such adapter.
            #expect(words.contains("ble.conf.example") || words.contains("hciconfig -a"))
            #expect(transport.polled.isEmpty)
            #expect(transport.deadline == nil)
        }
    }
}
