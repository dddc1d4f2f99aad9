public import Foundation
import Glibc
import VigilCore
public import VigilIngest

/// A private mosquitto on a free loopback port, with a directory of its own; both end with it.
///
/// For one test at a time: it is not to be used from two threads at once.
public final class Broker {
    /// Why there is no broker.
    public struct LaunchFailure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Sessions and all that waits in them last as long as the process: enough where only clients die.
    public static let inMemory = [
        "persistence false", "max_queued_messages 0", "max_inflight_messages 2000", "upgrade_outgoing_qos true",
        "set_tcp_nodelay true",
    ]
    /// Every change is on disk before the next, so that SIGKILL loses nothing; slow with many messages.
    public static let durable =
        Array(inMemory.dropFirst()) + ["persistence true", "autosave_on_changes true", "autosave_interval 1"]

    public let port: Int
    /// Its state, configuration and log; for the test's own files too.
    public let directory: URL
    private var process: ChildProcess?

    /// Starts a broker and returns when it answers.
    ///
    /// - Parameters:
    ///   - settings: lines of mosquitto.conf.
    ///   - listener: what belongs to the listener: TLS, for example. `%DIR%` stands for `directory` in both.
    ///   - allowsAnonymous: false leaves the line to `settings`.
    ///   - prepare: called with the directory before the start, to put files there.
    public init(
        _ settings: [String] = Broker.inMemory, listener: [String] = [], allowsAnonymous: Bool = true,
        prepare: (URL) throws -> Void = { _ in }
    ) throws {
        port = try freePort()
        directory = FileManager.default.temporaryDirectory.appending(path: "vigil-broker-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try prepare(directory)
        var lines = ["listener \(port) 127.0.0.1"] + listener
        if allowsAnonymous { lines.append("allow_anonymous true") }
        lines += settings + ["persistence_location %DIR%/", "log_dest file %DIR%/mosquitto.log", "log_type all"]
        // As root it would drop to a user that cannot write here.
        lines.append("user \(NSUserName())")
        let text = lines.joined(separator: "\n").replacing("%DIR%", with: directory.path) + "\n"
        try text.write(to: directory.appending(path: "mosquitto.conf"), atomically: true, encoding: .utf8)
        try start()
    }

    deinit {
        kill()
        // What is left of a temporary directory harms nobody.
        try? FileManager.default.removeItem(at: directory)
    }

    public var address: String { "127.0.0.1:\(port)" }

    /// The broker's process, while it runs.
    public var processIdentifier: Int32? { process?.processIdentifier }

    /// What it has logged so far.
    public var log: String {
        // No log yet is an empty one.
        (try? String(contentsOf: directory.appending(path: "mosquitto.log"), encoding: .utf8)) ?? ""
    }

    /// Starts it again after `kill` or `stop`: same port, same directory.
    public func start() throws {
        guard process == nil else { return }
        let process = try ChildProcess("mosquitto", ["-c", directory.appending(path: "mosquitto.conf").path])
        self.process = process
        try waitUntilItAnswers(process)
    }

    /// SIGKILL: nothing is written any more. Returns when it is gone.
    public func kill() { end(with: SIGKILL) }

    /// SIGTERM: it saves its state. Returns when it is gone.
    public func stop() { end(with: SIGTERM) }

    /// SIGSTOP: it keeps its connections and answers nothing, like a network that drops everything.
    public func freeze() { signal(SIGSTOP) }

    public func thaw() { signal(SIGCONT) }

    /// A configuration for a client of this broker.
    public func configuration(
        clientID: String = "vigil-test", subscriptions: [String] = ["test/#"],
        protocolVersion: BrokerConfiguration.ProtocolVersion = .v5
    ) -> BrokerConfiguration {
        BrokerConfiguration(
            id: SourceID("broker-\(port)"), host: "127.0.0.1", port: port, protocolVersion: protocolVersion, clientID: clientID,
            subscriptions: subscriptions)
    }

    private func end(with number: Int32) {
        guard let process else { return }
        // A frozen process takes no SIGTERM.
        signal(SIGCONT)
        signal(number)
        process.wait()
        self.process = nil
    }

    private func signal(_ number: Int32) { process?.signal(number) }

    private func waitUntilItAnswers(_ process: ChildProcess) throws {
        let end = ContinuousClock.now + .seconds(10)
        while !accepts(port: port) {
            guard process.isRunning, ContinuousClock.now < end else {
                self.kill()
                throw LaunchFailure(description: "mosquitto did not start on port \(port): \(log.suffix(2000))")
            }
            // Until the kernel has somebody to connect us to.
            usleep(2000)
        }
    }
}
