import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilTesting

/// Two adapters on two floors, one of which fails, through the whole daemon to a person.
@Suite(.enabled(if: VirtualRadio.isInstalled, "there is no virtual Bluetooth controller: scripts/setup --for-tests installs it"))
struct FailedAdapterScenarioTests {
    private static let upstairs = "A4:C1:38:00:00:11"
    private static let downstairs = "A4:C1:38:00:00:12"

    @Test("an adapter that fails beside one that hears is one alert until it is back, and what it alone heard is suspended")
    func failure() throws {
        let (lower, upper) = (try VirtualRadio(), try VirtualRadio())
        let house = try CrashHouse(residents: 2, extra: "bluetooth: {adapters: [\"\(lower.adapter)\", \"\(upper.adapter)\"]}")
        try house.register([
            #"{id: motion-up, dialect: ble, address: "\#(Self.upstairs)", dwelling: d1, liveness: sleepy}"#,
            #"{id: motion-down, dialect: ble, address: "\#(Self.downstairs)", dwelling: d2, liveness: sleepy}"#,
        ])
        let daemon = try house.startReadyDaemon()
        for radio in [lower, upper] { try radio.wait(until: .scanning) }
        try upper.inject(Self.motion(Self.upstairs))
        try lower.advertise(Self.motion(Self.downstairs), everyMilliseconds: 1000)
        #expect(try patiently { try heard(house).allSatisfy { $0.state == .heard } })

        try upper.unplug()

        let source = "ble-h4-tcp-" + upper.adapter.split(separator: ":").suffix(2).joined(separator: "-")
        #expect(isTold("source_down-source-\(source)-1", in: house), "\(house.log.suffix(2000))")
        let devices = try heard(house)
        #expect(devices.first { $0.device == "motion-up" }?.state == .suspended)
        #expect(devices.first { $0.device == "motion-up" }?.suspendedBySource == SourceID(source))
        #expect(devices.first { $0.device == "motion-down" }?.state == .heard)
        // The box has no other trouble, and nobody is told of devices.
        #expect(house.receiver.lines.compactMap { $0.body?.data.alert } == ["source_down-source-\(source)-1"])

        try upper.plug()

        #expect(
            try patiently {
                let alerts = try house.desk.ask("/v1/alerts?state=open", AlertList.self).alerts
                return alerts.allSatisfy { $0.condition == .cleared }
            })
        #expect(try heard(house).allSatisfy { $0.state == .heard })
        daemon.kill()
    }

    private static func motion(_ address: String) -> VirtualRadio.Broadcast {
        var broadcast = VirtualRadio.Broadcast(address, [2, 1, 6, 6, 0x16, 0xD2, 0xFC, 0x40, 0x21, 0x01])
        broadcast.isRandomAddress = false
        return broadcast
    }

    private func heard(_ house: CrashHouse) throws -> [DeviceReport] {
        try house.desk.ask("/v1/devices", DeviceList.self).devices.filter { $0.dialect == "ble" }
    }

    private func isTold(_ alert: String, in house: CrashHouse) -> Bool {
        !house.receiver.wait(within: .seconds(150)) { $0.hook == "officer" && $0.body?.data.alert == alert }.isEmpty
    }
}
