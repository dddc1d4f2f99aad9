import Foundation

/// Publishes a run of messages with a bounded number in flight.
final class LoadRun {
    private let options: LoadOptions
    /// Messages per second; nil for as fast as they are acknowledged.
    private let rate: Double?
    private let message: LoadMessage
    private let connection: BrokerConnection
    private let ackedLog: FileHandle?
    private let interruption = Interruption()

    private var inFlight: [Int32: Int] = [:]
    private var published = 0
    private var acknowledged = 0
    private var slipped = Duration.zero

    init(_ options: LoadOptions, rate: Double?) throws {
        self.options = options
        self.rate = rate
        let run = options.run ?? String(UInt64(Date().timeIntervalSince1970 * 1000), radix: 36)
        message = LoadMessage(run: run, prefix: options.prefix, devices: options.devices)
        connection = try BrokerConnection(client: "sim-load-\(run)", to: options.broker)
        ackedLog = try options.ackedLog.map(Self.openForAppending)
    }

    /// Publishes everything, waits for the acknowledgements and prints the summary.
    func run() throws {
        try connection.connect()
        let start = ContinuousClock.now
        while published < options.count, !interruption.isRequested, connection.isConnected {
            try publishDue(ContinuousClock.now - start)
            try collect(for: pause(ContinuousClock.now - start))
        }
        let patience = ContinuousClock.now + .seconds(10)
        while !inFlight.isEmpty, connection.isConnected, ContinuousClock.now < patience { try collect(for: .milliseconds(50)) }
        try conclude(after: ContinuousClock.now - start)
    }

    private func publishDue(_ elapsed: Duration) throws {
        let due = rate.map { min(Int($0 * (elapsed / .seconds(1))) + 1, options.count) } ?? options.count
        while published < due, inFlight.count < options.inFlight {
            if let rate { slipped = max(slipped, elapsed - .seconds(Double(published) / rate)) }
            guard let identifier = try connection.publish(message.publication(published + 1)) else { return }
            published += 1
            inFlight[identifier] = published
        }
    }

    /// Until the next message is due; a full window waits for acknowledgements alone.
    private func pause(_ elapsed: Duration) -> Duration {
        guard let rate, inFlight.count < options.inFlight, published < options.count else { return .milliseconds(100) }
        return max(.zero, .seconds(Double(published) / rate) - elapsed)
    }

    private func collect(for timeout: Duration) throws {
        BrokerConnection.drive([connection], for: timeout)
        var lines = ""
        for identifier in connection.takeAcknowledged() {
            guard let number = inFlight.removeValue(forKey: identifier) else { continue }
            acknowledged += 1
            lines += message.marker(number) + "\n"
        }
        if !lines.isEmpty { try ackedLog?.write(contentsOf: Data(lines.utf8)) }
    }

    private func conclude(after length: Duration) throws {
        let wasConnected = connection.isConnected
        connection.disconnect()
        let seconds = length / .seconds(1)
        let summary = LoadSummary(
            run: message.run, published: published, acknowledged: acknowledged, seconds: rounded(seconds),
            rate: rounded(Double(acknowledged) / max(seconds, 0.001)), slipped_seconds: rounded(max(slipped, .zero) / .seconds(1)))
        print(try summary.payload())
        guard inFlight.isEmpty else {
            let reason = wasConnected ? "the broker did not answer for 10 s" : "the connection was lost"
            throw BrokerFailure("\(inFlight.count) of \(published) messages were never acknowledged: \(reason)")
        }
        guard wasConnected else { throw BrokerFailure("the connection was lost after \(published) messages") }
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    private static func openForAppending(_ path: String) throws -> FileHandle {
        guard FileManager.default.fileExists(atPath: path) || FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else {
            throw BrokerFailure("cannot write the log of acknowledged messages to \(path): \(String(cString: strerror(errno)))")
        }
        try file.seekToEnd()
        return file
    }
}
