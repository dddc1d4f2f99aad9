import Synchronization
import Testing
import VigilConsole
import VigilCore
import VigilNotify
import VigilStore
import VigilTesting

struct OtherRoutesTests {
    @Test("the registry is imported whole, or refused with every fault")
    func registry() async throws {
        let house = try ConsoleHouse()

        let (good, bad, export) = try await house.serve {
            let caller = Caller(socket: house.socket)
            let good = try await caller.post("/v1/registry?file=site%20a.yaml", "community: {}\n")
            let bad = try await caller.post("/v1/registry?file=b.yaml", "nonsense")
            return (good, bad, try await caller.get("/v1/registry"))
        }

        let result = try good.json(RegistryImportResult.self)
        #expect(result.version == 7)
        #expect(result.counts?.residents == 2)
        #expect(result.warnings == ["site a.yaml:9:9: warning: thin"])
        #expect(bad.status == 400)
        #expect(try bad.json(ErrorReport.self).faults == ["b.yaml:1:1: no community"])
        #expect(export.text == "community:\n")
    }

    @Test("a registry that was made from another version than the one in force is refused, and the answer names that one")
    func outdated() async throws {
        let house = try ConsoleHouse()

        let (late, timely, odd) = try await house.serve {
            let caller = Caller(socket: house.socket)
            return (
                try await caller.post("/v1/registry?file=a.yaml&over=5", "community: {}\n"),
                try await caller.post("/v1/registry?file=a.yaml&over=6", "community: {}\n"),
                try await caller.post("/v1/registry?file=a.yaml&over=six", "community: {}\n")
            )
        }

        #expect(late.status == 409 && timely.status == 200 && odd.status == 400)
        let report = try late.json(ErrorReport.self)
        #expect(report.registryVersion == 6)
        #expect(report.message?.english.contains("it is version 6 now") == true)
    }

    @Test("a registry that is no text is refused")
    func registryBytes() async throws {
        let house = try ConsoleHouse()

        let response = try await house.serve {
            try await Caller(socket: house.socket).send(HTTPRequest("POST", "http://vigil/v1/registry", body: [0xff, 0xfe]))
        }

        #expect(response.status == 400)
        #expect(try response.json(ErrorReport.self).error == "the registry is no UTF-8 text")
    }

    @Test("a configuration that was refused at reload says what stays in force")
    func reload() async throws {
        let house = try ConsoleHouse()
        house.reloads.withLock { $0 = ReloadResult(rulesVersion: nil, faults: ["vigil.yaml:2:1: unknown key \"rule\""]) }

        let response = try await house.serve { try await Caller(socket: house.socket).post("/v1/reload", "") }

        #expect(response.status == 409)
        #expect(try response.json(ErrorReport.self).faults == ["vigil.yaml:2:1: unknown key \"rule\""])
    }

    @Test(
        "a device that speaks and is announced is listed once, with what its system says of it; one that is only announced comes behind"
    )
    func announced() async throws {
        let house = try ConsoleHouse()
        var turn = Turn()
        turn.unclaimed = [UnclaimedSighting(address: TextDecoder.address("new"), at: EngineScript.origin, sample: Array("hi".utf8))]
        turn.announcements = [("a", "new", ObservationKind.smoke), ("b", "new", .battery_percent), ("c", "silent", .fall)].map {
            .made(
                Announcement(
                    topic: $0, address: TextDecoder.address($1), name: "Hall", manufacturer: "Develco", model: nil,
                    readings: [Announcement.Reading(kind: $2, deviceClass: "x", topic: "t", field: "f", on: "ON")]))
        }
        try house.commit(turn)

        let list = try await house.serve { try await Caller(socket: house.socket).get("/v1/devices/unclaimed") }.json(
            UnclaimedList.self)

        #expect(list.devices.map(\.address) == ["new", "silent"])
        #expect(list.devices[0].announced?.readings.map(\.kind) == [.smoke, .battery_percent])
        #expect(list.devices[0].sample?.text == "hi")
        #expect(list.devices[1].sightings == 0 && list.devices[1].lastAt == nil && list.devices[1].sample == nil)
    }

    @Test("unclaimed devices and undecodable frames are shown as text or hex")
    func devices() async throws {
        let house = try ConsoleHouse()
        var turn = Turn()
        turn.journal = []
        turn.unclaimed = [UnclaimedSighting(address: TextDecoder.address("new"), at: EngineScript.origin, sample: Array("hi".utf8))]
        turn.quarantine = [
            QuarantinedFrame(
                sequence: 1, at: EngineScript.origin, address: TextDecoder.address("bad"),
                frame: Frame(source: "home", origin: .mqtt(topic: "text/bad"), payload: [0xff, 0x01]),
                failure: DecodeFailure(.notUTF8, "byte 0"))
        ]
        try house.commit(turn)

        let (unclaimed, quarantine) = try await house.serve {
            let caller = Caller(socket: house.socket)
            return (try await caller.get("/v1/devices/unclaimed"), try await caller.get("/v1/devices/quarantine"))
        }

        #expect(try unclaimed.json(UnclaimedList.self).devices.map(\.sample?.text) == ["hi"])
        let report = try quarantine.json(QuarantineReport.self)
        #expect(report.samples.map(\.payload.text) == ["ff01"])
        #expect(report.counts.map(\.frames) == [1])
    }
}
