import Dispatch
import Foundation
import Synchronization

/// Has a controller tell news of one device after the other, at a steady pace, from a thread of its own.
final class TellingThread: Sendable {
    private static let ticks = 200
    private let done = DispatchSemaphore(value: 0)
    private let failure = Mutex<(any Error)?>(nil)

    init(_ controller: RadioController, count: Int, pace: Int, devices: Int) {
        Thread.detachNewThread { [self] in
            do {
                try Self.tell(controller, count: count, pace: pace, devices: devices)
            } catch {
                failure.withLock { $0 = error }
            }
            done.signal()
        }
    }

    /// Waits until all is told.
    func join() throws {
        done.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private static func tell(_ controller: RadioController, count: Int, pace: Int, devices: Int) throws {
        let begin = Stopwatch.now
        let each = pace / ticks
        for start in stride(from: 0, to: count, by: each) {
            let packets = (start..<min(start + each, count)).flatMap { number in
                RadioController.report(RadioHomes.address(of: number % devices), RadioHomes.climate(number / devices))
            }
            try controller.tell(packets)
            // By the clock from the beginning: a tick that came late is caught up.
            let due = begin + Int64(start + each) * 1_000_000_000 / Int64(pace)
            let wait = (due - Stopwatch.now) / 1_000_000
            if wait > 0 { Stopwatch.sleep(milliseconds: Int(wait)) }
        }
    }
}
