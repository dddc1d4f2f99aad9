import Foundation
import InMemoryLogging
import Logging
import Testing
import VigilCore
import VigilIngest
import VigilTesting

@Suite("user and password")
struct CredentialTests {
    private let broker: Broker

    init() throws {
        broker = try Broker(
            Broker.inMemory + ["allow_anonymous false", "password_file %DIR%/passwd"], allowsAnonymous: false
        ) { try setPassword("right", of: "vigil", in: $0.appending(path: "passwd")) }
    }

    private func configuration(
        password: String, version: BrokerConfiguration.ProtocolVersion = .v5
    ) throws -> BrokerConfiguration {
        let file = broker.directory.appending(path: "secret")
        try password.write(to: file, atomically: true, encoding: .utf8)
        var configuration = broker.configuration(protocolVersion: version)
        configuration.username = "vigil"
        configuration.passwordFile = file.path
        return configuration
    }

    @Test("the password stands in its file, a trailing newline is not part of it", arguments: ["right", "right\n", "right\r\n"])
    func trailingNewline(password: String) throws {
        #expect(Listener(try configuration(password: password)).waitUntilHearing())
    }

    @Test("a wrong password is called that, and never shown", arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func wrongPassword(version: BrokerConfiguration.ProtocolVersion) throws {
        let log = InMemoryLogHandler()
        let listener = Listener(
            try configuration(password: "wrong-secret", version: version), logger: Logger(label: "test") { _ in log })

        try #require(listener.wait { !$0.reasons.isEmpty })
        #expect(
            listener.heard.reasons == [
                "not authorised at 127.0.0.1:\(broker.port) as user vigil: check username, password_file and the broker's users"
            ])
        #expect(!log.entries.isEmpty)
        #expect(!"\(log.entries)".contains("wrong-secret"))
    }

    @Test("the file is read again at each attempt: a corrected password needs no restart")
    func correctedPassword() throws {
        let configuration = try configuration(password: "wrong")
        let listener = Listener(configuration)
        try #require(listener.wait { !$0.reasons.isEmpty })

        _ = try self.configuration(password: "right")

        #expect(listener.waitUntilHearing())
    }

    @Test("a password file that is not there is named")
    func missingFile() throws {
        var configuration = try configuration(password: "right")
        configuration.passwordFile = "/no/such/file"
        let listener = Listener(configuration)

        #expect(listener.wait { $0.reasons == ["password_file: /no/such/file: No such file or directory"] })
    }

    @Test("a client id that MQTT or our log reading cannot carry is refused", arguments: ["", String(repeating: "x", count: 201)])
    func clientID(id: String) throws {
        var configuration = try configuration(password: "right")
        configuration.clientID = id
        let listener = Listener(configuration)

        #expect(listener.wait { $0.reasons == ["client_id must have 1 to 200 bytes"] })
    }
}

/// Adds a user to a password file of mosquitto.
func setPassword(_ password: String, of user: String, in file: URL) throws {
    let exists = FileManager.default.fileExists(atPath: file.path)
    _ = try ChildProcess.run("mosquitto_passwd", (exists ? ["-b"] : ["-c", "-b"]) + [file.path, user, password])
}
