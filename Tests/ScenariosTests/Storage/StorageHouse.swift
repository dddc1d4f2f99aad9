import Foundation
import VigilCore
import VigilIngest
import VigilStore
import VigilTesting

/// Everything around a daemon whose disk misbehaves: broker, receiver, configuration and registry, all of its own.
final class StorageHouse {
    /// The disk's fault: it fails while `flag` exists.
    struct Fault: Sendable {
        /// `write` or `sync`.
        var call: String
        var number: Int32
        /// The fault ends by itself when the ballast is given up.
        var endsWithBallast = false
    }

    /// The daemon did not come up.
    struct NotReady: Error, CustomStringConvertible {
        let description: String
    }

    let broker: Broker
    let receiver: Receiver
    let devices: MQTTTestClient
    let directory: String
    private let fault: Fault
    private let snapshots: String
    private var markers = 0

    /// - Parameter snapshots: how often the daemon saves its state, which is a commit that nobody asked for.
    init(_ fault: Fault, snapshots: String = "2s") throws {
        self.fault = fault
        self.snapshots = snapshots
        broker = try Broker()
        receiver = try Receiver(["--tolerance", "3600"])
        devices = try MQTTTestClient(broker.configuration(clientID: "devices"))
        directory = NSTemporaryDirectory() + "vigil-storage-" + UUID().uuidString
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
    var database: String { state + "/live.db" }

    /// What the daemons have logged.
    var log: String { (try? String(contentsOfFile: directory + "/log", encoding: .utf8)) ?? "" }

    var alertLog: String { (try? String(contentsOfFile: directory + "/alerts.log", encoding: .utf8)) ?? "" }

    func lines(of message: String) -> Int { log.split(separator: "\n").count { $0.contains(message) } }

    // MARK: The disk

    private var flag: String { directory + "/fault" }

    func breakDisk() throws { try Data().write(to: URL(filePath: flag)) }
    func mendDisk() throws { try FileManager.default.removeItem(atPath: flag) }

    // MARK: The daemon

    /// Starts a daemon, and returns once it listens to the broker.
    func startDaemon() throws -> ChildProcess {
        let before = subscriptions
        let daemon = try startDaemonOnly()
        guard patiently({ subscriptions > before }) else { throw NotReady(description: "not ready: \(log.suffix(3000))") }
        return daemon
    }

    func startDaemonOnly() throws -> ChildProcess {
        let condition = fault.endsWithBallast ? "\(flag):\(state)/ballast" : flag
        let faults = [
            "LD_PRELOAD": try FaultLibrary.path.get(), "FAULTS_FAIL": "\(fault.call):0:\(fault.number)", "FAULTS_WHILE": condition,
            "FAULTS_UNDER": state,
        ]
        return try ChildProcess(
            ChildProcess.built("daemon-victim"), [directory + "/vigil.yaml", directory + "/registry.yaml", state],
            environment: ProcessInfo.processInfo.environment.merging(faults) { $1 }, output: .file(directory + "/log"),
            errors: .file(directory + "/log"))
    }

    /// How many messages the broker was told to forget.
    var acknowledgements: Int { broker.log.matches(of: /Received PUBACK from vigil-storage\s/).count }

    /// Whether the spare session hears.
    var hasSpareSession: Bool { broker.log.contains("Sending SUBACK to vigil-storage-transient") }

    /// Whether the durable session was dropped, so that only the spare one hears.
    var isDurableSessionDropped: Bool {
        broker.log.contains(/Client vigil-storage (closed its connection|disconnected)/)
    }

    private var subscriptions: Int { broker.log.matches(of: /Sending SUBACK to vigil-storage\s/).count }

    // MARK: Devices

    /// A device says something with a marker of its own, and the broker has taken it. Returns the marker.
    private func say(_ topic: String, _ fields: String) throws -> String {
        markers += 1
        let marker = "m\(markers)."
        try devices.publish(topic, "{\(fields),\"m\":\"\(marker)\"}")
        return marker
    }

    func callForHelp(_ resident: Int) throws -> String { try say("zigbee2mqtt/button-\(resident)", #""action":"sos""#) }
    func move(_ resident: Int) throws -> String { try say("zigbee2mqtt/motion-\(resident)", #""occupancy":true"#) }
    func race(_ resident: Int) throws -> String {
        try say("vigil/in/band-\(resident)/observation", #""seq":\#(markers + 1),"boot":"b","kind":"heart_rate_bpm","value":180"#)
    }

    // MARK: What came of it

    /// The messages about an alert that arrived.
    func messages(about alert: String, within seconds: Int = 20) -> [ReceiverLine] {
        receiver.wait(within: .seconds(seconds)) { $0.body?.data.alert == alert }
    }

    /// How often a marker was journaled: as news, and as something that came again.
    func journal() async throws -> (news: [String: Int], repeats: [String: Int]) {
        var news: [String: Int] = [:]
        var repeats: [String: Int] = [:]
        for row in try await StoreReader(directory: state).journal(limit: .max) {
            guard case .frame(let frame) = row.input, let marker = CrashFacts.marker(frame.payload) else { continue }
            if frame.isDuplicate { repeats[marker, default: 0] += 1 } else { news[marker, default: 0] += 1 }
        }
        return (news, repeats)
    }

    /// Waits until a marker is in the journal.
    func isJournaled(_ marker: String) async -> Bool {
        for _ in 0..<300 {
            // A daemon that starts may hold the database for a moment.
            if let news = try? await journal().news, news[marker] == 1 { return true }
            usleep(100_000)
        }
        return false
    }

    /// Waits until nothing came into the journal for several lingers: what is written next is written for what happens next.
    func isQuiet() async -> Bool {
        var rows = -1
        for _ in 0..<30 {
            let now = (try? await StoreReader(directory: state).journal(limit: .max).count) ?? -1  // as above
            if now >= 0, now == rows { return true }
            rows = now
            usleep(2_000_000)
        }
        return false
    }

    var desk: ControlDesk { ControlDesk(socket: directory + "/vigil.sock") }

    func alerts() async throws -> [Alert] { try await StoreReader(directory: state).alerts(AlertFilter(state: .all, limit: .max)) }

    // MARK: Files

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
            snapshot_every: \(snapshots)
            brokers:
              - id: main
                host: 127.0.0.1
                port: \(broker.port)
                client_id: vigil-storage
                topics:
                  - {filter: zigbee2mqtt/#, dialect: zigbee2mqtt}
                  - {filter: vigil/in/#, dialect: vigil}
            channels:
              - {id: hook, kind: webhook, secret_file: webhook.secret, concurrency: 4}
            rules:
              - {id: sos, detector: sos, severity: red}
              - {id: pulse, detector: threshold, severity: yellow, observation: heart_rate_bpm, above: 150, clear_below: 120, for: 1s}
            policies:
              - id: red
                steps: [{after: 0s, notify: [grid_officer]}]
                repeat_every: 1d
                lease: 1d
                attending_lease: 1d
                reopen_window: 30m
              - {id: yellow, steps: [{after: 0s, notify: [grid_officer]}], lease: 1d, attending_lease: 1d, reopen_window: 30m}
              - {id: technical, steps: [{after: 0s, notify: [grid_officer]}], lease: 1d, attending_lease: 1d, reopen_window: 30m}

            """
        }
    }

    private var registry: String {
        """
        community:
          name: Riverside
          grids:
            - id: g1
              name: First
              buildings:
                - id: b1
                  name: "1"
                  units:
                    - id: u1
                      name: One
                      dwellings: [{id: d1, name: "1-1-1"}, {id: d2, name: "1-1-2"}, {id: d3, name: "1-1-3"}]
        residents:
          - {id: r1, name: 王一, dwelling: d1, contacts: []}
          - {id: r2, name: 王二, dwelling: d2, contacts: []}
          - {id: r3, name: 王三, dwelling: d3, contacts: []}
        devices:
        \((1...3).map(devicesOfResident).joined(separator: "\n"))
        contacts:
          - {id: officer, name: 小王, role: grid_officer, language: en, grids: [g1],
             methods: [{channel: hook, address: "\(receiver.url)/hook/officer"}]}

        """
    }

    private func devicesOfResident(_ number: Int) -> String {
        """
          - {id: button-\(number), dialect: zigbee2mqtt, address: button-\(number), resident: r\(number), liveness: one_way}
          - {id: motion-\(number), dialect: zigbee2mqtt, address: motion-\(number), dwelling: d\(number), liveness: sleepy}
          - {id: band-\(number), dialect: vigil, address: band-\(number), resident: r\(number), liveness: wearable}
        """
    }
}
