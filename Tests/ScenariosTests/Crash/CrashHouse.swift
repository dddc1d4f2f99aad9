import Foundation
import VigilCore
import VigilTesting

/// Everything around a daemon that is killed: broker, receiver, configuration and registry, all of its own.
final class CrashHouse {
    /// Deliveries under way at once: the bound on what one kill may send twice.
    static let concurrency = 4

    let residents: Int
    let broker: Broker
    let receiver: Receiver
    let directory: String
    private let readiness: ReadySignal
    private let policies: String
    private let rules: String
    private let extra: String

    /// - Parameters:
    ///   - policies: lines of YAML under `policies`; by default everything is told once, to the officer.
    ///   - rules: lines of YAML under `rules`.
    ///   - extra: lines of YAML at the top level; `%RECEIVER%` stands for the receiver's address.
    init(residents: Int, policies: String = CrashHouse.toldOnce, rules: String = "", extra: String = "") throws {
        self.residents = residents
        self.policies = policies
        self.rules = rules
        self.extra = extra
        broker = try Broker()
        // Clocks may step by decades here.
        receiver = try Receiver(["--tolerance", "1000000000"])
        directory = NSTemporaryDirectory() + "vigil-crash-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory + "/state", withIntermediateDirectories: true)
        readiness = try ReadySignal(path: directory + "/ready")
        try write(configuration, to: "vigil.yaml")
        try write(registry, to: "registry.yaml")
        try write("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", to: "webhook.secret")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: directory + "/webhook.secret")
    }

    deinit {
        // What is left of a temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: directory)
    }

    var state: String { directory + "/state" }
    var desk: ControlDesk { ControlDesk(socket: directory + "/vigil.sock") }

    /// What the daemons have logged, for the message of a failure.
    var log: String { (try? String(contentsOfFile: directory + "/log", encoding: .utf8)) ?? "" }

    /// Starts it, and does not wait for anything.
    ///
    /// - Parameter settings: of the victim, as `Tests/DaemonVictim` explains them.
    func startDaemon(failpoint: String? = nil, settings: [String: String] = [:]) throws -> ChildProcess {
        readiness.reset()
        let added = settings.merging(["VIGIL_FAILPOINT": failpoint ?? "", "NOTIFY_SOCKET": readiness.path]) { $1 }
        return try ChildProcess(
            ChildProcess.built("daemon-victim"), [directory + "/vigil.yaml", directory + "/registry.yaml", state],
            environment: ProcessInfo.processInfo.environment.merging(added) { $1 }, output: .file(directory + "/log"),
            errors: .file(directory + "/log"))
    }

    /// Blocks until the daemon says that it keeps watch.
    func waitUntilReady(_ daemon: ChildProcess) throws {
        let end = ContinuousClock.now + .seconds(60)
        while !readiness.wait(milliseconds: 1000) {
            guard daemon.isRunning, ContinuousClock.now < end else {
                throw ChildProcess.Failure(description: "the daemon did not get ready: \(log.suffix(2000))")
            }
        }
    }

    /// Starts it and blocks until it keeps watch.
    func startReadyDaemon(failpoint: String? = nil, settings: [String: String] = [:]) throws -> ChildProcess {
        let daemon = try startDaemon(failpoint: failpoint, settings: settings)
        try waitUntilReady(daemon)
        return daemon
    }

    /// A first life that lasts until the broker keeps a session with our subscriptions: what is published from then on is our promise.
    func meetBroker() throws {
        let daemon = try startReadyDaemon()
        let deadline = ContinuousClock.now + .seconds(60)
        while broker.log.matches(of: /Sending SUBACK to vigil-crash\s/).count < 2 {
            guard daemon.wait(milliseconds: 50) == nil, ContinuousClock.now < deadline else {
                throw ChildProcess.Failure(description: "the daemon has not subscribed: \(log.suffix(2000))")
            }
        }
        daemon.kill()
    }

    private func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(filePath: directory + "/" + file))
    }

    static let toldOnce = """
          - id: red
            steps: [{after: 0s, notify: [grid_officer]}]
            repeat_every: 1d
            lease: 1d
            attending_lease: 1d
            reopen_window: 30m
        """

    private var configuration: String {
        get throws {
            """
            state_directory: state
            control_socket: vigil.sock
            http: 127.0.0.1:\(try freePort())
            alert_log: alerts.log
            linger: 300ms
            message_cap: {messages: 10, within: 0s}
            snapshot_every: 1s
            brokers:
              - id: main
                host: 127.0.0.1
                port: \(broker.port)
                client_id: vigil-crash
                topics:
                  - {filter: zigbee2mqtt/#, dialect: zigbee2mqtt}
                  - {filter: vigil/in/#, dialect: vigil}
            channels:
              - {id: hook, kind: webhook, secret_file: webhook.secret, concurrency: \(Self.concurrency)}
            \(rules.isEmpty ? "" : "rules:\n" + rules)
            policies:
            \(policies)
              - id: technical
                steps: [{after: 0s, notify: [grid_officer]}]
                lease: 1d
                attending_lease: 1d
                reopen_window: 30m
            \(extra.replacing("%RECEIVER%", with: receiver.url))
            """
        }
    }

    private var registry: String {
        let flats = (1...residents).map { "            - {id: d\($0), name: \"1-1-\($0)\"}" }
        let people = (1...residents).map { "  - {id: r\($0), name: 王\($0), dwelling: d\($0), contacts: []}" }
        let devices = (1...residents).flatMap { number in
            [
                "  - {id: button-\(number), dialect: zigbee2mqtt, address: button-\(number), resident: r\(number), liveness: one_way}",
                "  - {id: smoke-\(number), dialect: zigbee2mqtt, address: smoke-\(number), dwelling: d\(number), liveness: sleepy_smoke}",
                "  - {id: motion-\(number), dialect: zigbee2mqtt, address: motion-\(number), dwelling: d\(number), liveness: sleepy}",
                "  - {id: band-\(number), dialect: vigil, address: band-\(number), resident: r\(number), liveness: wearable}",
            ]
        }
        let lines =
            [
                "community:", "  name: Riverside", "  grids:", "    - id: g1", "      name: First", "      buildings:",
                "        - id: b1", "          name: \"1\"", "          units:", "            - id: u1", "              name: One",
                "              dwellings:",
            ] + flats.map { "    " + $0 } + ["residents:"] + people + ["devices:"] + devices + [
                "contacts:",
                "  - {id: officer, name: 小王, role: grid_officer, grids: [g1],"
                    + " methods: [{channel: hook, address: \"\(receiver.url)/hook/officer\"}]}",
                "  - {id: second, name: 小李, role: building_captain, grids: [g1],"
                    + " methods: [{channel: hook, address: \"\(receiver.url)/hook/second\"}]}",
            ]
        return lines.joined(separator: "\n") + "\n"
    }
}
