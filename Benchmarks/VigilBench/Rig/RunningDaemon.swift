import Glibc

/// The product itself, `vigil run`, as it is shipped, and what it says of itself.
final class RunningDaemon {
    private let child: Child
    private let probePort: Int
    /// From the start of the process to the first "ready".
    let secondsToReady: Double

    /// Starts it and returns when it says that it is ready.
    ///
    /// - Parameter core: the only one that it may run on; nil for all.
    init(_ installation: Installation, core: Int? = nil) throws {
        let log = installation.directory + "/vigil.log"
        let start = Stopwatch.now
        let arguments = ["run", "--config", installation.configurationFile]
        child = try core.map { try Child.pinned(to: $0, "vigil", arguments, log: log) } ?? Child.neighbour("vigil", arguments, log: log)
        probePort = installation.probePort
        while Loopback.get("/-/ready", port: probePort)?.hasPrefix("HTTP/1.1 200") != true {
            guard child.isRunning, Stopwatch.now - start < 120_000_000_000 else {
                throw BenchFailure("the daemon does not get ready; see \(log)")
            }
            Stopwatch.sleep(milliseconds: 5)
        }
        secondsToReady = Double(Stopwatch.now - start) / 1e9
    }

    var identifier: Int32 { child.identifier }

    /// A metric, summed over its labels.
    func metric(_ name: String) -> Double? {
        let lines = Loopback.get("/metrics", port: probePort)?.split(whereSeparator: \.isNewline)
        let values = lines?.filter { $0.hasPrefix("\(name) ") || $0.hasPrefix("\(name){") }
            .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
        return values.flatMap { $0.isEmpty ? nil : $0.reduce(0, +) }
    }

    /// Rows that it has committed since its start.
    var rows: Double {
        get throws {
            guard child.isRunning else { throw BenchFailure("the daemon ended before its time") }
            return metric("vigil_journal_rows_total") ?? 0
        }
    }

    /// The moment at which so many rows were committed, between two looks.
    func time(ofRows rows: Double) throws -> Double {
        var before = (time: Double(Stopwatch.now), rows: try self.rows)
        let limit = Stopwatch.now + 120_000_000_000
        while Stopwatch.now < limit {
            Stopwatch.sleep(milliseconds: 20)
            let now = (time: Double(Stopwatch.now), rows: try self.rows)
            if now.rows >= rows {
                let share = now.rows > before.rows ? max(0, rows - before.rows) / (now.rows - before.rows) : 1
                return before.time + (now.time - before.time) * share
            }
            before = now
        }
        throw BenchFailure("\(Int(rows)) rows were not committed in two minutes")
    }

    /// Waits until so many rows are committed.
    func wait(forRows count: Int, seconds: Int = 60) throws {
        let end = Stopwatch.now + Int64(seconds) * 1_000_000_000
        while try rows < Double(count) {
            guard Stopwatch.now < end else { throw BenchFailure("\(count) rows were not committed in \(seconds) s") }
            Stopwatch.sleep(milliseconds: 50)
        }
    }

    func stop() { child.end() }
    func kill() { child.end(SIGKILL) }
}
