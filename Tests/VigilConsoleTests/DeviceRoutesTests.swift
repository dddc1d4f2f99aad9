import Testing
import VigilConsole
import VigilCore
import VigilNotify
import VigilStore
import VigilTesting

struct DeviceRoutesTests {
    private func ask<Answer: Decodable & Sendable>(_ house: ConsoleHouse, _ path: String, _: Answer.Type) async throws -> Answer {
        try await house.serve { try await Caller(socket: house.socket).get(path) }.json(Answer.self)
    }

    private func house() throws -> ConsoleHouse {
        let house = try ConsoleHouse()
        try house.happen { script in
            let before = script.effects.count
            script.say("band1", "heart_rate_bpm=71 battery_percent=80 nonsense")
            script.wait(.minutes(20))
            script.say("motion1", "motion=true", retained: true)
            script.say("motion1", "?")
            script.say("stranger", "motion=true")
            return Array(script.effects[before...])
        }
        return house
    }

    @Test("registered devices are listed with place, state and battery, and can be filtered")
    func list() async throws {
        let house = try house()

        let all = try await ask(house, "/v1/devices", DeviceList.self)
        let some = try await ask(house, "/v1/devices?state=stale&resident=r1&dialect=text", DeviceList.self)
        let few = try await ask(house, "/v1/devices?dwelling=d2&limit=2", DeviceList.self)

        #expect(all.devices.count == 10 && all.total == 10)
        #expect(all.devices[1].place == "1-1-101" && all.devices[1].dwelling == "d1" && all.devices[1].resident == "r1")
        #expect(some.devices.map(\.device) == ["band1"] && some.total == 10)
        #expect(some.devices.first?.batteryPercent == 80)
        #expect(some.devices.first?.lastHeardAt == WallTime(EngineScript.origin.rawValue))
        #expect(few.devices.map(\.device) == ["button2", "band2"])
    }

    @Test("one device is shown with its limits, its values and its last messages, raw and decoded")
    func show() async throws {
        let house = try house()

        let band = try await ask(house, "/v1/devices/band1", DeviceDetailReport.self)
        let motion = try await ask(house, "/v1/devices/motion1", DeviceDetailReport.self)

        #expect(band.staleAt == WallTime(EngineScript.origin.rawValue + 900_000))
        #expect(band.deadAt == WallTime(EngineScript.origin.rawValue + 3_600_000))
        #expect(band.values.map(\.kind) == [.heart_rate_bpm, .battery_percent])
        #expect(band.frames.map(\.payload.text) == ["heart_rate_bpm=71 battery_percent=80 nonsense"])
        #expect(band.frames.first?.observations.map(\.value) == [.number(71), .number(80)])
        #expect(band.frames.first?.faults == ["cannot read \"nonsense\""])
        #expect(motion.frames.map(\.isRetained) == [false, true])
        #expect(motion.frames.first?.error == "malformed: begins with ?" && motion.frames.first?.verdict == .refused)
    }

    @Test("what came after a row is told, and who spoke instead")
    func heard() async throws {
        let house = try house()
        let end = try await ask(house, "/v1/devices/band2", DeviceDetailReport.self).lastSequence
        let nothing = try await ask(house, "/v1/devices/band2/frames?after=\(end)", HeardReport.self)
        try house.happen { script in
            script.say("stranger", "motion=true") + script.say("stranger", "motion=false") + script.say("smoke1", "smoke=false")
                + script.say("band2", "worn=true")
        }

        let heard = try await ask(house, "/v1/devices/band2/frames?after=\(end)", HeardReport.self)

        #expect(nothing.frames.isEmpty && nothing.others.isEmpty)
        #expect(heard.frames.map(\.payload.text) == ["worn=true"])
        #expect(heard.others.map(\.address) == ["stranger", "smoke1"])
        #expect(heard.others.map(\.device) == [nil, "smoke1"])
        #expect(heard.others.map(\.frames) == [2, 1])
    }

    @Test("a message is told as the engine took it: a repeated press is none, and a known level is no news")
    func verdicts() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "#1 sos=true") + $0.say("button1", "#1 sos=true") }
        try house.happen { $0.say("smoke1", "smoke=true") + $0.say("smoke1", "smoke=true") }

        let button = try await ask(house, "/v1/devices/button1", DeviceDetailReport.self)
        let smoke = try await ask(house, "/v1/devices/smoke1", DeviceDetailReport.self)

        #expect(button.frames.map(\.verdict) == [.repeated, .taken])
        #expect(smoke.frames.map(\.verdict) == [.taken, .taken])
        #expect(smoke.frames.flatMap(\.observations).map(\.heed) == [.known, .news])
    }

    @Test("a long payload is cut between characters, and its size told")
    func long() async throws {
        let house = try ConsoleHouse()
        let payload = "x" + String(repeating: "长", count: 400)
        try house.happen { $0.say("band1", payload) }

        let frame = try await ask(house, "/v1/devices/band1", DeviceDetailReport.self).frames.first

        #expect(frame?.size == 1201)
        #expect(frame?.payload.encoding == .utf8)
        #expect(frame.map { payload.hasPrefix($0.payload.text) } == true)
        #expect(frame.map { (509...512).contains($0.payload.text.utf8.count) } == true)
    }

    @Test(
        "what is not understood is refused",
        arguments: [
            ("/v1/devices/band9", 404, "no device \"band9\" is registered; see: vigil devices list"),
            ("/v1/devices/band9/frames", 404, "no device \"band9\" is registered; see: vigil devices list"),
            ("/v1/devices?state=late", 400, "state: unknown value \"late\""),
            ("/v1/devices?stat=dead", 400, "unknown parameter \"stat\""),
            ("/v1/devices/band1/frames?after=x", 400, "after: \"x\" is no number"),
        ])
    func refusals(path: String, status: Int, words: String) async throws {
        let house = try ConsoleHouse()

        let response = try await house.serve { try await Caller(socket: house.socket).get(path) }

        #expect(response.status == status)
        #expect(try response.json(ErrorReport.self).error.hasPrefix(words), "\(response.text)")
    }
}
