import Synchronization
import Testing
import VigilConsole
import VigilCore
import VigilNotify
import VigilTesting

struct BluetoothRoutesTests {
    private static let now = WallTime(EngineScript.origin.rawValue)

    private func house() throws -> ConsoleHouse {
        let house = try ConsoleHouse()
        house.bluetooth.withLock { report in
            report = BluetoothReport(
                asOf: Self.now, adapters: [.init(name: "hci0", isUp: true, reports: 7)],
                peers: [
                    Self.peer("A4:C1:38:00:00:01", -50, isUnderstood: true), Self.peer("A4:C1:38:00:00:02", -40),
                    Self.peer("A4:C1:38:00:00:03", -80, device: "band1"), Self.peer("A4:C1:38:00:00:04", nil, isUnderstood: true),
                ], repeats: 3, passedOver: 2)
        }
        return house
    }

    private static func peer(
        _ address: String, _ strength: Int?, device: DeviceID? = nil, isUnderstood: Bool = false
    ) -> BluetoothReport.Peer {
        .init(
            address: address, device: device, isUnderstood: isUnderstood, strength: strength, adapter: "hci0", reports: 1,
            lastHeardAt: now)
    }

    private func ask(_ path: String) async throws -> BluetoothReport {
        let house = try house()
        return try await house.serve { try await Caller(socket: house.socket).get(path) }.json(BluetoothReport.self)
    }

    @Test("who is registered or understood is listed: registered devices first, then the strongest, those without a strength last")
    func list() async throws {
        let report = try await ask("/v1/ble")

        #expect(report.peers.map(\.address.last) == ["3", "1", "4"])
        #expect(report.adapters.map(\.name) == ["hci0"])
        #expect(report.repeats == 3 && report.passedOver == 2)
    }

    @Test("everybody is listed where all are asked for, and how many more there are")
    func all() async throws {
        let report = try await ask("/v1/ble?all=true&limit=3")

        #expect(report.peers.map(\.address.last) == ["3", "2", "1"])
        #expect(report.further == 1)
    }

    @Test("one is found by its id or its address", arguments: ["band1", "A4:C1:38:00:00:03", "a4:c1:38:00:00:03"])
    func one(device: String) async throws {
        #expect(try await ask("/v1/ble?device=\(device)").peers.map(\.device) == ["band1"])
    }

    @Test("one that is registered, or an address, is only silent", arguments: ["smoke1", "A4:C1:38:00:00:99"])
    func silent(device: String) async throws {
        #expect(try await ask("/v1/ble?device=\(device)").peers.isEmpty)
    }

    @Test(
        "what is mistyped is refused, with what could be meant",
        arguments: [
            ("?device=bnad1", 404, "no device \"bnad1\" is registered"), ("?all=yes", 400, "all: unknown value \"yes\""),
            ("?limit=0", 400, "limit: \"0\" is no number"), ("?al=true", 400, "unknown parameter \"al\""),
        ])
    func refused(query: String, status: Int, words: String) async throws {
        let house = try house()

        let answer = try await house.serve { try await Caller(socket: house.socket).get("/v1/ble\(query)") }

        #expect(answer.status == status)
        #expect(answer.text.contains(words.replacing("\"", with: "\\\"")))
    }
}
