import Foundation
import Synchronization

/// One attempt to reach a broker, on a thread of its own: name resolution and connect() block for minutes where packets are
/// dropped, and the owner has orders to obey meanwhile.
final class Dial: Sendable {
    enum Progress {
        case running
        case reached(MosquittoClient)
        case failed(ConnectionFault)
    }

    private let progress = Mutex<Progress>(.running)

    /// Rings the bell when it is over.
    init(_ settings: ClientSettings, ringing doorbell: Doorbell) {
        let thread = Thread { [self] in
            let result = Self.attempt(settings)
            progress.withLock { $0 = result }
            doorbell.ring()
        }
        thread.name = "mqtt-dial"
        thread.start()
    }

    /// How far it is. A client that nobody fetches is closed with the dial.
    var outcome: Progress { progress.withLock { $0 } }

    private static func attempt(_ settings: ClientSettings) -> Progress {
        do {
            let client = try MosquittoClient(settings)
            try client.dial()
            return .reached(client)
        } catch {
            return .failed(error)
        }
    }
}
