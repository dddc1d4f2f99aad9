import Foundation
import InMemoryLogging
import Logging
import Testing
import VigilCore
import VigilIngest
import VigilTesting

/// Fault B14: every certificate that is not right is refused, in words that say what is wrong.
@Suite("TLS")
struct TLSTests {
    private static let names = "IP:127.0.0.1,DNS:localhost"

    /// A broker that shows a certificate of its own authority, `ca.pem` in its directory.
    private func broker(
        names: String = names, days: Int = 90, listener: [String] = [], prepare: (Certificates) throws -> Void = { _ in }
    ) throws -> Broker {
        try Broker(listener: ["certfile %DIR%/broker.pem", "keyfile %DIR%/broker.key"] + listener) { directory in
            let certificates = try Certificates(in: directory)
            try certificates.issue("broker", alternativeNames: names, days: days)
            try prepare(certificates)
        }
    }

    private func configuration(_ broker: Broker, caFile: String? = nil) -> BrokerConfiguration {
        var configuration = broker.configuration()
        configuration.tls = BrokerConfiguration.TLS(caFile: caFile ?? broker.directory.appending(path: "ca.pem").path)
        return configuration
    }

    /// Why the first attempt failed.
    private func reason(_ configuration: BrokerConfiguration) throws -> String {
        let listener = Listener(configuration)
        try #require(listener.wait { !$0.reasons.isEmpty })
        #expect(listener.heard.resumed.isEmpty)
        return listener.heard.reasons[0]
    }

    @Test(
        "a broker with a certificate of the right authority is listened to, also in bursts",
        arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func rightAuthority(version: BrokerConfiguration.ProtocolVersion) throws {
        let broker = try broker()
        var configuration = configuration(broker)
        configuration.protocolVersion = version
        let listener = Listener(configuration, releasing: true)
        try #require(listener.waitUntilHearing())
        var sending = configuration
        sending.clientID = "sender"

        // TLS records hold many packets: poll() does not see those that the library has decrypted already.
        try MQTTTestClient(sending).publish((1...2000).map { MQTTPublication(topic: "test/a", payload: Array("\($0)".utf8)) })

        #expect(listener.wait { $0.frames.count == 2000 && $0.confirmed == 2000 })
    }

    @Test("frames that come with the CONNACK of a resumed session are not acknowledged by the SUBSCRIBE")
    func backlogOverTLS() throws {
        let broker = try broker()
        let first = Listener(configuration(broker))
        try #require(first.waitUntilHearing())
        first.source.stop()
        var sending = configuration(broker)
        sending.clientID = "sender"
        try MQTTTestClient(sending).publish((1...1000).map { MQTTPublication(topic: "test/a", payload: Array("\($0)".utf8)) })

        let second = Listener(configuration(broker))
        try #require(second.wait { $0.frames.count == 1000 })
        second.source.refuse(reconnecting: true)

        #expect(second.wait { $0.frames.count == 2000 })
        #expect(broker.log.matches(of: "Received PUBACK from vigil-test") == 0)
    }

    @Test("an authority that we do not trust")
    func wrongAuthority() throws {
        let broker = try broker()
        let elsewhere = broker.directory.appending(path: "elsewhere")
        try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
        let other = try Certificates(in: elsewhere)

        let reason = try reason(configuration(broker, caFile: other.authority))

        #expect(reason.hasPrefix("certificate verify failed: 127.0.0.1:\(broker.port): "))
        #expect(reason.hasSuffix(": check tls.ca_file, the broker's certificate and the clock"))
    }

    @Test("the system's authorities, which do not know ours")
    func systemAuthorities() throws {
        let broker = try broker()
        var configuration = broker.configuration()
        configuration.tls = BrokerConfiguration.TLS()

        #expect(try reason(configuration).hasPrefix("certificate verify failed: "))
    }

    @Test("a certificate whose time is over")
    func expired() throws {
        let broker = try broker(days: -1)

        #expect(try reason(configuration(broker)).contains("certificate has expired"))
    }

    @Test("a certificate for another host")
    func nameMismatch() throws {
        let broker = try broker(names: "DNS:elsewhere.example")

        let place = "127.0.0.1:\(broker.port)"
        #expect(
            try reason(configuration(broker))
                == "certificate verify failed: the certificate of \(place) is not for 127.0.0.1: connect by a name that it carries")
    }

    @Test("a broker that speaks nothing newer than TLS 1.1")
    func downgrade() throws {
        let peer = try TLSServer(arguments: "-tls1_1 -cipher DEFAULT@SECLEVEL=0") { directory in
            let certificates = try Certificates(in: directory)
            try certificates.issue("broker", alternativeNames: Self.names)
        }
        var configuration = try Broker().configuration()
        configuration.port = peer.port
        configuration.tls = BrokerConfiguration.TLS(caFile: peer.directory.appending(path: "ca.pem").path)

        #expect(try reason(configuration).contains("version"))
    }

    @Test("TLS where the broker speaks none, and the other way round")
    func plainMixedUp() throws {
        let plain = try Broker()
        let certificates = try Certificates(in: plain.directory)
        let encrypted = try broker()

        _ = try reason(configuration(plain, caFile: certificates.authority))
        _ = try reason(encrypted.configuration())
    }

    @Test("a broker that wants a certificate of ours gets it")
    func clientCertificate() throws {
        let broker = try broker(listener: ["cafile %DIR%/ca.pem", "require_certificate true"]) {
            try $0.issue("client", alternativeNames: "DNS:client")
        }
        var configuration = configuration(broker)
        #expect(try !reason(configuration).isEmpty)

        configuration.tls?.certificateFile = broker.directory.appending(path: "client.pem").path
        configuration.tls?.keyFile = broker.directory.appending(path: "client.key").path
        #expect(Listener(configuration).waitUntilHearing())
    }

    @Test("a certificate that ends within a month is told at each connection, one that does not is not", arguments: [5, 90])
    func expiresSoon(days: Int) throws {
        let broker = try broker(days: days)
        let log = InMemoryLogHandler()

        let listener = Listener(configuration(broker), logger: Logger(label: "test") { _ in log })
        try #require(listener.waitUntilHearing())

        let warnings = log.entries.filter { $0.message == "the broker's certificate expires soon" }
        #expect(warnings.count == (days < 30 ? 1 : 0))
    }

    @Test("a file that is not there is named")
    func missingFile() throws {
        let broker = try broker()

        #expect(
            try reason(configuration(broker, caFile: "/no/such/ca.pem")) == "tls.ca_file: /no/such/ca.pem: No such file or directory")
    }
}
