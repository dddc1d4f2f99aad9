import Dispatch
import Testing
import VigilTesting

/// The whole daemon, and a provider that comes back (`promises.md`, D7).
@Suite struct ReturningChannelScenarioTests {
    @Test("a red message that failed five times leaves seconds after the provider is back")
    func firstRed() async throws {
        let house = try CrashHouse(residents: 1)
        try house.meetBroker()
        let daemon = try house.startReadyDaemon()
        try house.receiver.misbehave(.status(503), at: "/hook/officer", count: 5)
        let devices = try MQTTTestClient(house.broker.configuration(clientID: "devices"))
        try devices.publish("zigbee2mqtt/button-1", #"{"action":"sos"}"#)

        let (refused, arrived) = try await onOwnThread { [receiver = house.receiver] in
            let refused = receiver.wait(for: 5, within: .seconds(90)) { $0.misbehaved != nil && $0.path == "/hook/officer" }
            // By its schedule the next try would come 32 s later at the earliest.
            return (refused, receiver.wait(within: .seconds(20)) { $0.hook == "officer" && $0.body?.data.alert == "sos-r1-1" })
        }
        daemon.kill()

        #expect(refused.count == 5)
        #expect(arrived.count == 1, "\(house.log.suffix(2000))")
    }
}
