import Foundation
import Testing
import VigilTesting

@testable import vigil_sim

/// The program itself, on a real broker.
@Suite(.enabled(if: ChildProcess.find("mosquitto") != nil, "there is no mosquitto: scripts/setup installs it"))
struct SimulatorTests {
    /// The simulator that was built with these tests, at work.
    private func simulator(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(ChildProcess.built("vigil-sim"), arguments, output: .kept, errors: .kept)
    }

    /// A client of the test's own that has connected and subscribed.
    private func listener(_ broker: Broker, _ topic: String) throws -> BrokerConnection {
        let address = try #require(BrokerAddress(argument: broker.address))
        let connection = try BrokerConnection(client: "listener-\(UUID().uuidString)", to: address, subscriptions: [topic])
        try connection.connect()
        // The broker answers in order: what comes back was published after the subscription.
        try connection.publish(Publication(topic: topic.replacing("#", with: "probe"), payload: "probe", quality: .atLeastOnce))
        try collect(connection) { !$0.isEmpty }
        return connection
    }

    /// Drives a connection until what arrived is enough.
    @discardableResult
    private func collect(_ connection: BrokerConnection, until isEnough: ([BrokerConnection.Arrival]) -> Bool) throws
        -> [BrokerConnection.Arrival]
    {
        var arrivals: [BrokerConnection.Arrival] = []
        let deadline = ContinuousClock.now + .seconds(60)
        while !isEnough(arrivals) {
            try #require(ContinuousClock.now < deadline, "waited in vain; \(arrivals.count) messages had arrived")
            BrokerConnection.drive([connection], for: .milliseconds(100))
            arrivals += connection.takeArrivals()
        }
        return arrivals
    }

    @Test("a dry run with the same seed prints the same bytes, every line in the form that replay reads")
    func dryRun() throws {
        let arguments = ["play", "--dry-run", "--duration", "20s", "--seed", "7"]

        let first = try simulator(arguments).result()
        let second = try simulator(arguments).result()

        #expect(first.end == .exited(0))
        #expect(first.output == second.output)
        #expect(first.output.contains(#"\"kind\":\"fall\""#))
        for line in first.output.split(separator: "\n") {
            let fields = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(Set(fields.keys) == ["at", "payload", "retained", "topic"])
        }
    }

    @Test("without a broker the reason and the question to ask are said")
    func refused() throws {
        let result = try simulator(["play", "--broker", "127.0.0.1:1", "--duration", "1s"]).result()

        #expect(result.end == .exited(1))
        #expect(result.errors == "Error: cannot connect to 127.0.0.1:1: connection refused; is the broker running?\n")
    }

    @Test("a burst's log of acknowledged messages names every message once, and the broker passed on exactly those")
    func burst() throws {
        let broker = try Broker()
        let listener = try listener(broker, "zigbee2mqtt/#")
        let log = FileManager.default.temporaryDirectory.appending(path: "acked-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: log) }  // a file in the temporary directory
        let arguments = ["burst", "--broker", broker.address, "--count", "3000", "--run", "t", "--acked-log", log]

        let result = try simulator(arguments).result()
        let arrivals = try collect(listener) { $0.count >= 3000 }

        #expect(result.end == .exited(0))
        let summary = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect(summary?["published"] as? Int == 3000)
        #expect(summary?["acknowledged"] as? Int == 3000)
        let logged = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
        let heard = try arrivals.map { arrival in
            try #require((try JSONSerialization.jsonObject(with: Data(arrival.payload)) as? [String: Any])?["marker"] as? String)
        }
        #expect(logged.sorted() == (1...3000).map { String(format: "t-%08d", $0) })
        #expect(heard == logged)
    }

    @Test("a flood that loses its broker says how much was never acknowledged")
    func lostBroker() throws {
        let broker = try Broker()
        let listener = try listener(broker, "zigbee2mqtt/#")
        let flood = try simulator(["flood", "--broker", broker.address, "--rate", "1000", "--count", "1000000"])
        try collect(listener) { $0.count >= 10 }

        broker.kill()
        let result = try flood.result()

        #expect(result.end == .exited(1))
        #expect(result.errors.contains("the connection was lost"))
        #expect(result.output.contains(#""acknowledged":"#))
    }

    @Test("a band repeats its fall, byte for byte, until it sees the receipt")
    func receipts() throws {
        let broker = try Broker()
        let listener = try listener(broker, "vigil/in/band-0007/#")
        let player = try simulator(["play", "--broker", broker.address, "--speed", "8"])
        let falls = try collect(listener) { arrivals in
            arrivals.count { String(decoding: $0.payload, as: UTF8.self).contains(#""kind":"fall""#) } >= 2
        }
        let bodies = falls.map { String(decoding: $0.payload, as: UTF8.self) }.filter { $0.contains(#""kind":"fall""#) }
        let fall = try JSONDecoder().decode(BandReceipt.self, from: Data(try #require(bodies.first).utf8))

        let receipt = #"{"boot":"\#(fall.boot)","seq":\#(fall.seq)}"#
        try listener.publish(Publication(topic: "vigil/out/band-0007/receipt", payload: receipt, quality: .atLeastOnce))
        // What waited behind the fall is the sign that the receipt was understood.
        let later = try collect(listener) {
            $0.contains { !String(decoding: $0.payload, as: UTF8.self).contains(#""seq":\#(fall.seq),"#) }
        }

        #expect(Set(bodies).count == 1)
        #expect(!later.isEmpty)
        player.kill()
    }

    @Test("Ctrl-C ends the play cleanly and the bridge says good-bye", arguments: [SIGINT, SIGTERM])
    func interruption(signal: Int32) throws {
        let broker = try Broker()
        let listener = try listener(broker, "zigbee2mqtt/bridge/#")
        let player = try simulator(["play", "--broker", broker.address, "--story", "none"])
        try collect(listener) { $0.contains { $0.payload == Array(#"{"state":"online"}"#.utf8) } }

        player.signal(signal)
        let result = try player.result()

        #expect(result.end == .exited(0))
        #expect(try collect(listener) { !$0.isEmpty }.map { String(decoding: $0.payload, as: UTF8.self) } == [#"{"state":"offline"}"#])
    }

    @Test("a bridge that is killed leaves its will")
    func will() throws {
        let broker = try Broker()
        let listener = try listener(broker, "zigbee2mqtt/bridge/#")
        let player = try simulator(["play", "--broker", broker.address, "--story", "none"])
        try collect(listener) { $0.contains { $0.payload == Array(#"{"state":"online"}"#.utf8) } }

        player.kill()

        #expect(try collect(listener) { !$0.isEmpty }.map { String(decoding: $0.payload, as: UTF8.self) } == [#"{"state":"offline"}"#])
    }
}
