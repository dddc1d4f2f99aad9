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
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = [String(broker.port), version.rawValue, file.path, point]
        try process.runUnmasked()
        process.waitUntilExit()
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.split(separator: " ") }
        return Result(
            wasKilled: process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL,
            committed: lines.map { String($0[0]) },
            redelivered: Set(lines.filter { $0.count > 1 }.map { String($0[0]) }))
    }

    /// It is built into the directory of the test bundle that is running.
    private static func executable() throws -> URL {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: bundle).deletingLastPathComponent().appending(path: "ingest-victim")
    }
}
