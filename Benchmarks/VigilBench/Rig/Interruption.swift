import Dispatch
import Foundation

/// What Ctrl-C and its kin do to a measurement: its children end with it, and nothing stays on the disk.
///
/// A child has a process group of its own, so a terminal's signal reaches only this process.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    /// - Parameter scratch: removed once nobody writes there any more.
    init(scratch: Scratch) {
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Child.endAll()
                scratch.remove()
                exit(128 + number)
            }
            source.activate()
            return source
        }
    }

    deinit { sources.forEach { $0.cancel() } }
}
