import Foundation
import Glibc
import VigilIngest
import VigilTesting

/// Runs of `ingest-victim` against one broker, all with the same session.
struct VictimRun {
    /// How a run ended, and what its file holds.
    struct Result {
        var wasKilled: Bool
        /// The payloads in the order in which they were committed.
        var committed: [String]
        /// Those of them that came marked as a redelivery.
        var redelivered: Set<String>
    }

    let broker: Broker
    let version: BrokerConfiguration.ProtocolVersion

    /// Runs it until it dies at the point, or has heard everything.
    func callAsFunction(_ point: String) throws -> Result {
        let file = broker.directory.appending(path: UUID().uuidString)
        let victim = try ChildProcess(
            ChildProcess.built("ingest-victim"), [String(broker.port), version.rawValue, file.path, point], errors: .inherited)
        let end = victim.wait()
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.split(separator: " ") }
        return Result(
            wasKilled: end == .signalled(SIGKILL),
            committed: lines.map { String($0[0]) },
            redelivered: Set(lines.filter { $0.count > 1 }.map { String($0[0]) }))
    }
}
