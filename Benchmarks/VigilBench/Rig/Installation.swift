import Foundation
import VigilCore
import VigilDaemon
import VigilStore

/// A configuration and a state directory, ready for the daemon.
struct Installation {
    let directory: String
    let configurationFile: String
    let probePort: Int

    var stateDirectory: String { directory + "/state" }

    /// Writes the configuration: what is built in, this broker, and one webhook.
    ///
    /// Escalation is put off for an hour, so that what is measured are first messages.
    ///
    /// - Parameters:
    ///   - radioPort: where a Bluetooth controller is heard; nil without one.
    ///   - told: the roles that hear of a red alert first.
    init(in directory: String, brokerPort: Int? = nil, radioPort: Int? = nil, told: [ContactRole] = [.family]) throws {
        self.directory = directory
        configurationFile = directory + "/vigil.yaml"
        probePort = try Loopback.freePort()
        let text = """
            state_directory: state
            control_socket: vigil.sock
            http: 127.0.0.1:\(probePort)
            alert_log: alerts.log
            \(Self.sources(brokerPort: brokerPort, radioPort: radioPort))
            channels:
              - id: hook
                kind: webhook
                secret_file: webhook.secret
            policies:
              - id: red
                steps:
                  - {after: 0s, notify: [\(told.map(\.rawValue).joined(separator: ", "))]}
                  - {after: 1h, notify: [community_lead]}
                repeat_every: 2h
                lease: 1h
                attending_lease: 1h
                reopen_window: 30m
            """
        try Data((text + "\n").utf8).write(to: URL(filePath: configurationFile))
        let secret = URL(filePath: directory + "/webhook.secret")
        try Data("whsec_\(Data(repeating: 7, count: 32).base64EncodedString())\n".utf8).write(to: secret)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret.path)
    }

    private static func sources(brokerPort: Int?, radioPort: Int?) -> String {
        let brokers = brokerPort.map { port in
            """
            brokers:
              - id: \(Community.source)
                host: 127.0.0.1
                port: \(port)
                client_id: vigil
                topics:
                  - {filter: zigbee2mqtt/#, dialect: zigbee2mqtt}
                  - {filter: vigil/in/#, dialect: vigil}
            """
        }
        let radio = radioPort.map { "bluetooth: {adapters: [\"h4:tcp:127.0.0.1:\($0)\"]}" }
        return [brokers, radio].compactMap { $0 }.joined(separator: "\n")
    }

    /// The rules that are in force: those that are built in.
    func rules() throws -> RuleSet {
        let loaded = Configuration.load(path: configurationFile, vocabulary: .vigil)
        guard let configuration = loaded.configuration else {
            throw BenchFailure("the benchmark's own configuration is refused: \(loaded.faults.errors.map(\.description))")
        }
        return configuration.ruleSet(version: 1)
    }

    /// Stores the registry before the daemon's first start.
    func store(_ registry: Registry) throws {
        let store = try Store.open(directory: stateDirectory)
        var turn = Turn()
        turn.journal = [StampedInput(sequence: 1, at: Self.now, input: .registryChange(registry))]
        try store.commitAndWait(turn)
        try store.close()
    }

    static var now: EngineTime { EngineTime(Int64(Date().timeIntervalSince1970 * 1000)) }
}
