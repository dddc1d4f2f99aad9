import Testing
import VigilCore
import VigilTesting

@testable import VigilDaemon

@Suite struct TurnDraftTests {
    /// What one press for help leads to.
    private static func press() -> (draft: TurnDraft, script: EngineScript) {
        var script = EngineScript()
        let effects = script.say("button1", "sos=true")
        var draft = TurnDraft()
        if let input = script.inputs.last {
            draft.journal(input)
            draft.add(effects, of: input, at: input.at)
        }
        return (draft, script)
    }

    @Test("rule 3: a frame that changes nothing may wait; one that raises an alert may not")
    func urgency() {
        var script = EngineScript()
        var quiet = TurnDraft()
        quiet.add(script.say("motion1", "motion=true"), of: script.inputs.last, at: script.time)
        #expect(!quiet.isUrgent)
        #expect(Self.press().draft.isUrgent)
    }

    @Test("alerts and deliveries stand in a turn once, as they are at its end")
    func onceEach() {
        var (draft, script) = Self.press()
        draft.add(script.say("button1", "sos=true"), of: script.inputs.last, at: script.time)
        #expect(draft.turn.alerts.map(\.occurrences) == [2])
        #expect(Set(draft.turn.deliveries.map(\.id)).count == draft.turn.deliveries.count)
        #expect(draft.turn.timeline.map(\.number) == Array(1...draft.turn.timeline.count))
    }

    @Test("a test of a device is stored with its turn, also with one that is taken in behind another")
    func tests() {
        var script = EngineScript()
        var draft = TurnDraft()
        draft.add(script.say("smoke1", "smoke_test=true"), of: script.inputs.last, at: script.time)
        var later = TurnDraft()
        later.add(script.say("smoke2", "smoke_test=true"), of: script.inputs.last, at: script.time)

        draft.append(later)

        #expect(draft.turn.tests.map(\.device.name) == ["smoke1", "smoke2"])
        #expect(!draft.turn.isEmpty && !draft.isUrgent)
    }

    @Test("a visit is stored with its turn, also with one that is taken in behind another")
    func visits() {
        var script = EngineScript()
        var draft = TurnDraft()
        draft.add(script.say("motion1", "visit=true"), of: script.inputs.last, at: script.time)
        var later = TurnDraft()
        later.add(script.say("motion2", "visit=true"), of: script.inputs.last, at: script.time)

        draft.append(later)

        #expect(draft.turn.visits.map(\.resident) == ["r1", "r2"])
    }

    @Test("what is leased and withdrawn within a turn is answered for, because no worker has it")
    func unsent() throws {
        var (draft, script) = Self.press()
        let leased = draft.due
        #expect(draft.unsent.isEmpty)

        let before = script.effects.count
        script.act(.close("sos-r1-1", outcome: .drill, note: ""), by: nil)
        draft.add(Array(script.effects[before...]), of: script.inputs.last, at: script.time)

        #expect(!leased.isEmpty && draft.due.allSatisfy { $0.purpose == .closed })
        #expect(draft.unsent.map { "\($0.delivery) \($0.lease)" }.sorted() == leased.map { "\($0.id) \($0.lease)" }.sorted())
    }

    @Test("a frame with faulty parts is kept once, for its device, with what is wrong in it (promises B8)")
    func faultyParts() throws {
        let (_, script) = Self.press()
        let address = DeviceAddress(dialect: "text", name: "band1")
        var draft = TurnDraft()
        draft.add(
            [.fault(address, "smoke: not true or false"), .fault(address, "battery: 900")], of: script.inputs.last, at: script.time)

        #expect(draft.turn.quarantine.map(\.address) == [address])
        #expect(draft.turn.quarantine.first?.failure == DecodeFailure(.faultyPart, "smoke: not true or false; battery: 900"))
    }

    @Test("a frame with faulty parts of several devices is kept for each of them")
    func faultyPartsOfSeveral() {
        let (_, script) = Self.press()
        let (band, mat) = (DeviceAddress(dialect: "text", name: "band1"), DeviceAddress(dialect: "text", name: "mat1"))
        var draft = TurnDraft()

        draft.add([.fault(band, "a"), .fault(mat, "b"), .fault(band, "c")], of: script.inputs.last, at: script.time)

        #expect(draft.turn.quarantine.map(\.address) == [band, mat])
        #expect(draft.turn.quarantine.map(\.failure.detail) == ["a; c", "b"])
    }

    @Test("rule 6: what was let out unrecorded is not due again when it is stored")
    func letOut() throws {
        var (draft, _) = Self.press()
        let delivery = try #require(draft.due.first)
        draft.markLetOut(delivery)
        #expect(!draft.due.contains(delivery))
        var waiting = TurnDraft()
        waiting.append(draft)
        #expect(!waiting.due.contains(delivery))
    }

    @Test("rule 6: rows beyond the limit go, alerts stay")
    func keepLatest() {
        var (draft, _) = Self.press()
        draft.journal(StampedInput(sequence: 99, at: EngineTime(0), input: .deadline(heardUntil: [])))
        #expect(draft.keepLatest(1) == 1)
        #expect(draft.turn.journal.map(\.sequence) == [99])
        #expect(draft.turn.alerts.count == 1)
    }
}
