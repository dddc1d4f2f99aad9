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

    init(residents: Int) throws {
        self.residents = residents
        broker = try Broker()
        receiver = try Receiver(["--tolerance", "3600"])
        directory = NSTemporaryDirectory() + "vigil-crash-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
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

    /// What the daemons have logged, for the message of a failure.
    var log: String { (try? String(contentsOfFile: directory + "/log", encoding: .utf8)) ?? "" }

    func startDaemon(failpoint: String? = nil) throws -> ChildProcess {
        try ChildProcess(
            ChildProcess.built("daemon-victim"), [directory + "/vigil.yaml", directory + "/registry.yaml", state],
            environment: ProcessInfo.processInfo.environment.merging(["VIGIL_FAILPOINT": failpoint ?? ""]) { $1 },
            output: .file(directory + "/log"), errors: .file(directory + "/log"))
    }

    private func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(filePath: directory + "/" + file))
    }

    private var configuration: String {
        get throws {
            """
            state_directory: state
            control_socket: vigil.sock
            http: 127.0.0.1:\(try freePort())
            alert_log: alerts.log
            linger: 300ms
            snapshot_every: 2s
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
            policies:
              - id: red
                steps: [{after: 0s, notify: [grid_officer]}]
                repeat_every: 1d
                lease: 1d
                attending_lease: 1d
                reopen_window: 30m
              - id: technical
                steps: [{after: 0s, notify: [grid_officer]}]
                lease: 1d
                attending_lease: 1d
                reopen_window: 30m

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
            ]
        return lines.joined(separator: "\n") + "\n"
    }
}
