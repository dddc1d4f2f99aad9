import Testing
import VigilConsole
import VigilCore
import VigilNotify
import VigilStore
import VigilTesting

struct AlertRoutesTests {
    @Test("open alerts are listed with kind, subject and wall times")
    func list() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }

        let response = try await house.serve { try await Caller(socket: house.socket).get("/v1/alerts") }

        let list = try response.json(AlertList.self)
        let alerts = list.alerts
        #expect(list.position == 2)
        #expect(alerts.map(\.id) == ["sos-r1-1"])
        #expect(alerts.first?.subject == .resident("r1"))
        #expect(alerts.first?.raisedAt == WallTime(EngineScript.origin.rawValue))
    }

    @Test("while the storage fails, what it does not know is listed all the same, and marked (promises A7)")
    func unrecorded() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }
        try house.happen { $0.say("band1", "fall=true") }
        try house.happen(isStored: false) { $0.say("button2", "sos=true") }
        try house.happen(isStored: false) { script in
            let before = script.effects.count
            script.act(.close("sos-r1-1", outcome: .sos_real, note: ""), by: nil)
            return Array(script.effects[before...])
        }

        let (open, all, story) = try await house.serve {
            let caller = Caller(socket: house.socket)
            return (
                try await caller.get("/v1/alerts").json(AlertList.self).alerts,
                try await caller.get("/v1/alerts?state=all").json(AlertList.self).alerts,
                try await caller.get("/v1/alerts/sos-r2-1").json(AlertStoryReport.self)
            )
        }

        #expect(open.map { "\($0.id) \($0.isRecorded)" } == ["fall-r1-1 true", "sos-r2-1 false"])
        #expect(all.map { "\($0.id) \($0.state)" } == ["fall-r1-1 raised", "sos-r1-1 closed", "sos-r2-1 raised"])
        #expect(!story.alert.isRecorded)
        #expect(story.timeline.map(\.event) == [.raised, .step])
        #expect(story.deliveries.map(\.contact) == ["officer"])
    }

    @Test("evidence that arrived late tells when it happened, by the wall; other evidence does not")
    func late() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.tell("button1", "sos=true") + $0.tell("button1", "sos=true", ago: .hours(1)) }

        let response = try await house.serve { try await Caller(socket: house.socket).get("/v1/alerts/sos-r1-1") }

        let happened = try response.json(AlertStoryReport.self).alert.evidence.map(\.happenedAt)
        #expect(happened == [nil, WallTime(EngineScript.origin.rawValue - 3_600_000)])
        #expect(String(decoding: response.body, as: UTF8.self).contains(#""happened_at":"#))
    }

    @Test("a filter that matches nothing gives an empty list", arguments: ["state=closed", "kind=fall", "severity=blue"])
    func filters(query: String) async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }

        let response = try await house.serve { try await Caller(socket: house.socket).get("/v1/alerts?\(query)") }

        #expect(try response.json(AlertList.self).alerts == [])
    }

    @Test(
        "a question that is not understood is refused with its place",
        arguments: [
            ("/v1/alerts?state=opne", 400, #"state: unknown value "opne"; did you mean "open"?"#),
            ("/v1/alerts?limit=0", 400, #"limit: "0" is no number from 1 to 10000"#),
            ("/v1/alerts?stat=open", 400, #"unknown parameter "stat"; did you mean "state"?"#),
            ("/v1/alerts/follow?after=x", 400, #"after: "x" is no number"#),
            ("/v1/alerts/fall-r9-1", 404, #"there is no alert "fall-r9-1""#),
            ("/v1/nothing", 404, "there is nothing at GET /v1/nothing"),
        ])
    func refusals(path: String, status: Int, words: String) async throws {
        let house = try ConsoleHouse()

        let response = try await house.serve { try await Caller(socket: house.socket).get(path) }

        #expect(response.status == status)
        #expect(try response.json(ErrorReport.self).error.hasPrefix(words), "\(response.text)")
    }

    @Test("the story of an alert has its timeline and its deliveries, without address and text")
    func story() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("button1", "sos=true") }

        let response = try await house.serve { try await Caller(socket: house.socket).get("/v1/alerts/sos-r1-1") }

        let story = try response.json(AlertStoryReport.self)
        #expect(story.timeline.map(\.event) == [.raised, .step])
        #expect(story.deliveries.map(\.contact) == ["officer"])
        #expect(!response.text.contains("push:officer"))
        #expect(!response.text.contains("Wang Lan"))
    }
}
