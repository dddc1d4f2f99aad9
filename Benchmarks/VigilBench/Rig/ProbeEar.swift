import Dispatch
import Foundation
import Synchronization

/// A subscriber on a thread of its own with a durable session, as the gateway is one: it tells when a message arrived.
final class ProbeEar: Sendable {
    private let arrivals = Mutex<[Int64]>([])
    private let bell = DispatchSemaphore(value: 0)

    /// Returns when the subscription stands.
    init(_ topic: String, port: Int) throws {
        let failure = Mutex<(any Error)?>(nil)
        let started = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [self] in
            let line: MQTTLine
            do {
                line = try MQTTLine("bench-ear", port: port, isClean: false)
                try line.subscribe(topic)
            } catch {
                failure.withLock { $0 = error }
                started.signal()
                return
            }
            started.signal()
            listen(line)
        }
        started.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// When the next message arrived.
    func next(seconds: Int = 10) throws -> Int64 {
        guard bell.wait(timeout: .now() + .seconds(seconds)) == .success else {
            throw BenchFailure("the broker handed no message over in \(seconds) s")
        }
        return arrivals.withLock { $0.removeFirst() }
    }

    private func listen(_ line: MQTTLine) {
        while true {
            let before = line.received
            // The broker is ended before this thread is, with the process.
            guard (try? line.step()) != nil else { return }
            for _ in before..<line.received {
                arrivals.withLock { $0.append(line.receivedAt) }
                bell.signal()
            }
        }
    }
}
