import Dispatch
import Foundation
import Synchronization

/// What Ctrl-C and its kin do to a measurement: its children end with it, and nothing stays on the disk.
///
/// A child has a process group of its own, so a terminal's signal reaches only this process.
final class Interruption {
    private let sources: [any DispatchSourceSignal]
    private let isUnderWay: UnderWay

    private final class UnderWay: Sendable {
        let value = Atomic(false)
    }

    /// - Parameter scratch: removed once nobody writes there any more.
    init(scratch: Scratch) {
        let isUnderWay = UnderWay()
        self.isUnderWay = isUnderWay
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                isUnderWay.value.store(true, ordering: .sequentiallyConsistent)
                Child.endAll()
                scratch.remove()
                exit(128 + number)
            }
            source.activate()
            return source
        }
    }

    /// Ends the watch. Does not return once a signal came: a measurement fails when its children die, and that is no result.
    func end() {
        sources.forEach { $0.cancel() }
        while isUnderWay.value.load(ordering: .sequentiallyConsistent) { pause() }
    }
}
