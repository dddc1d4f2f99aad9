import Testing
import VigilCore
import VigilStore
import VigilIngest
import VigilTesting

@testable import VigilDaemon

/// The seven rules of the turn (`architecture.md`, section 1), on the real gateway and a real store.
@Suite struct GatewayTests {
    @Test("rules 1 and 2: quiet frames linger unacknowledged, and are released after the commit of all that was read before the hold")
    func lingersThenReleases() async throws {
        let house = try GatewayHouse()
        house.say([("motion1", "motion=true"), ("motion2", "motion=true")], lastRead: 2)
        house.pass(Milliseconds(999))
        #expect(house.orders.value == [])
        #expect(try await house.frames().isEmpty)
        house.pass(Milliseconds(1))
        #expect(house.orders.value == ["hold"])
        house.say([("motion1", "motion=false")], lastRead: 3)
        #expect(house.orders.value == ["hold"])
        house.hear(.held(lastRead: 3))
        #expect(house.orders.value == ["hold", "release after 3"])
        house.stop()
    }

    @Test("rule 3: half of the in-flight window ends the linger")
    func halfWindow() throws {
        let house = try GatewayHouse(window: 4)
        house.say([("motion1", "motion=true")], lastRead: 1)
        #expect(house.orders.value == [])
        house.say([("motion2", "motion=true")], lastRead: 2)
        #expect(house.orders.value == ["hold"])
        house.stop()
    }

    @Test("rule 3: a call for help is committed and sent at once, although its acknowledgement lingers")
    func callForHelp() async throws {
        let house = try GatewayHouse()
        house.say([("button1", "sos=true")], lastRead: 1)
        #expect(house.submitted.value.map(\.severity) == [.red])
        #expect(try await house.alerts().map(\.occurrences) == [1])
        #expect(try await house.frames().count == 1)
        #expect(house.orders.value == [])
        house.stop()
    }

    @Test("rule 2: a source that was asked to hold while its connection went is released all the same")
    func holdOverDisconnect() throws {
        let house = try GatewayHouse()
        house.say([("motion1", "motion=true")], lastRead: 1)
        house.pass(.seconds(1))
        house.hear(.disconnected(reason: "gone"))
        house.hear(.held(lastRead: 1))
        #expect(house.orders.value == ["hold", "release after 1"])
        house.stop()
    }

    @Test("rule 4: a recognised duplicate is journaled as one, receipted again, and no second event; a second press is one")
    func duplicates() async throws {
        let house = try GatewayHouse()
        house.hear(.connected(isResumed: false))
        house.say([("button1", "sos=true"), ("band2", "#1 heart_rate_bpm=70")], lastRead: 2)
        house.hear(.disconnected(reason: "gone"))
        house.hear(.connected(isResumed: true))
        house.say([("button1", "sos=true"), ("band2", "#1 heart_rate_bpm=70")], lastRead: 4, again: true)
        house.pass(.seconds(2))
        house.hear(.held(lastRead: 4))
        #expect(try await house.frames().map(\.isDuplicate) == [false, false, true, true])
        #expect(try await house.alerts().map(\.occurrences) == [1])
        #expect(house.receipts.value.count == 2)
        house.say([("button1", "sos=true")], lastRead: 5)
        #expect(try await house.alerts().map(\.occurrences) == [2])
        house.stop()
    }

    @Test("rule 5: a kept message never calls for help; a kept alarm level raises once, marked as found on connect")
    func retained() async throws {
        let house = try GatewayHouse()
        house.hear(.connected(isResumed: false))
        house.say([("button1", "sos=true"), ("smoke1", "smoke=true"), ("smoke1", "smoke=true")], lastRead: 3, retained: true)
        let alerts = try await house.alerts()
        #expect(alerts.map(\.key.kind) == ["smoke"])
        #expect(alerts.map(\.occurrences) == [1])
        #expect(alerts.first?.evidence.first?.isFoundOnConnect == true)
        house.stop()
    }

    @Test("a call for help that its device kept for an hour raises an alert that is stored as late (promises B5)")
    func late() async throws {
        let house = try GatewayHouse()
        house.hear(.connected(isResumed: false))
        let claim = house.wallNow.rawValue - Milliseconds.hours(1).rawValue
        house.say([("button1", "t=\(claim) sos=true")], lastRead: 1)
        let alerts = try await house.alerts()
        #expect(alerts.map(\.isOpen) == [true])
        #expect(alerts.first?.evidence.first?.happenedAt == EngineTime(claim))
        house.stop()
    }

    @Test("rule 7: absence is judged only when its source was heard past the due time", arguments: [false, true])
    func absenceNeedsHearing(isHeard: Bool) async throws {
        let house = try GatewayHouse()
        house.hear(.connected(isResumed: false))
        house.say([("motion1", "motion=true")], lastRead: 1)
        for _ in 0..<80 {
            house.pass(.minutes(10))
            if isHeard { house.hear(.heard(until: house.now)) }
        }
        house.pass(.minutes(1))
        let isRaised = try await house.alerts().contains { $0.key.kind == "absence" && $0.key.subject == .resident("r1") }
        #expect(isRaised == isHeard)
        house.stop()
    }

    @Test("lives that are too short for a snapshot do not put it off: the first turn takes the one that is due")
    func shortLives() throws {
        let first = try GatewayHouse()
        let minutes = Milliseconds.minutes(2)
        let later = GatewayHouse.Moment(boot: first.now.rawValue + minutes.rawValue, wall: first.wallNow.rawValue + minutes.rawValue)
        let folder = try first.end()
        let store = try Store.open(directory: folder.path)
        let state = try store.recover(reopenWindow: .zero, sources: [])
        let last = try #require(state.lastTime)
        // What a life left that was killed before its minute was over.
        var turn = Turn()
        turn.journal = [StampedInput(sequence: state.lastSequence + 1, at: last + minutes, input: .deadline(heardUntil: []))]
        store.commit(turn) { _ in }
        try store.close()

        let second = try GatewayHouse(in: folder, at: later)

        let snapshot = try #require(try second.store.recover(reopenWindow: .zero, sources: []).snapshot)
        #expect(snapshot.sequence > state.lastSequence + 1)
    }

    @Test("visits and tests of devices are in the store with what told of them, and the next life knows them")
    func upkeep() async throws {
        let house = try GatewayHouse()
        house.hear(.connected(isResumed: false))
        let checkIn = Command(id: "c", action: .checkIn("r1", note: "well"), by: Actor(contact: "officer", via: "cli"))
        house.inbox.put(.command(checkIn) { _ in })
        house.say([("motion2", "visit=true"), ("smoke1", "smoke_test=true")], lastRead: 1)
        let folder = try house.end()

        let second = try GatewayHouse(in: folder, at: GatewayHouse.Moment(boot: 60_000))
        second.stop()

        let visits = try await second.store.reader.visits()
        #expect(visits.map { "\($0.resident) \($0.by.name) \($0.note)" } == ["r1 officer well", "r2 motion2 "])
        #expect(try await second.store.reader.tests().map { "\($0.device) \($0.way)" } == ["text:smoke1 testButton"])
    }

    @Test("rules that say what holds already are taken, and are no new version")
    func sameRules() throws {
        let house = try GatewayHouse()
        let versions = WatchedState<[Int?]>([])
        var rules = SmallCommunity.rules()
        house.inbox.put(.rules(rules) { version in versions.update { $0.append(version) } })
        rules.timeZone = "Europe/Berlin"
        house.inbox.put(.rules(rules) { version in versions.update { $0.append(version) } })
        house.settle()

        let first = try #require(versions.value.first ?? nil)
        #expect(versions.value == [first, first + 1])
        house.stop()
    }
}
