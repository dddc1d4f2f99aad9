import Testing
import VigilCore
import VigilTesting

/// A wearer's "it is nothing" that arrives late or out of order ends no fall that it does not know of (promises B5).
struct LateCancelTests {
    private let id: AlertID = "fall-r1-1"
    private var script = EngineScript()

    @Test("a cancel of half an hour ago ends no fall of now, is noted, and the fall rings")
    mutating func lateCancel() {
        script.tell("watch1", "fall=true")
        script.wait(.seconds(5))

        let late = script.tell("watch1", "cancel=true", ago: .minutes(30))
        let pending = script.alert(id)
        let told = script.wait(.seconds(20)).told

        #expect(late.entries.map(\.event) == [.noted])
        #expect(
            late.entries.first?.detail
                == "device=watch1 rule=fall arrived late, happened at 15:56: the wearer had said that it was nothing, which ends nothing now"
        )
        #expect(pending?.state == .pending && pending?.evidence.count == 1)
        #expect(told == ["officer/push"])
        #expect(script.alert(id)?.cancellations.isEmpty == true)
    }

    @Test("a cancel that the next fall overtook ends only what was before it: nothing")
    mutating func overtakenCancel() {
        script.tell("watch1", "fall=true")

        let effects = script.tell("watch1", "cancel=true", ago: .seconds(2))
        let told = script.wait(.seconds(20)).told

        #expect(effects.entries.isEmpty)
        #expect(told == ["officer/push"])
    }

    @Test("a cancel that the device stated after the fall ends it, however long both were under way within ten minutes")
    mutating func cancelInOrder() {
        script.tell("watch1", "fall=true", ago: .minutes(9))

        let effects = script.tell("watch1", "cancel=true", ago: .minutes(9) - .seconds(4))

        #expect(effects.entries.map(\.event) == [.cancelled, .closed])
        #expect(script.wait(.minutes(5)).told.isEmpty)
    }

    @Test("a fall and its cancel that both arrive late tell nobody, as they would have told nobody in time")
    mutating func bothLate() {
        script.tell("watch1", "fall=true", ago: .hours(1))

        let effects = script.tell("watch1", "cancel=true", ago: .hours(1) - .seconds(20))

        #expect(effects.entries.map(\.event) == [.cancelled, .closed])
        #expect(script.wait(.minutes(5)).told.isEmpty)
    }

    @Test(
        "a late cancel from before a late fall, or from long after it, ends nothing, and the fall rings",
        arguments: [Milliseconds.minutes(-30), .seconds(-1), .seconds(21), .minutes(30)])
    mutating func notOfThisFall(after: Milliseconds) {
        script.tell("watch1", "fall=true", ago: .hours(1))

        let effects = script.tell("watch1", "cancel=true", ago: .hours(1) - after)
        let told = script.wait(.seconds(20)).told

        #expect(!effects.entries.contains { $0.event == .closed })
        #expect(told == ["officer/push"])
    }

    @Test("a late cancel ends no fall of now, whatever it ended before")
    mutating func fallsAgain() {
        script.tell("watch1", "fall=true", ago: .hours(1))
        script.tell("watch1", "cancel=true", ago: .hours(1) - .seconds(5))

        script.tell("watch1", "fall=true")
        let late = script.tell("watch1", "cancel=true", ago: .hours(1) - .seconds(6))

        #expect(late.entries.map(\.event) == [.noted])
        #expect(script.wait(.seconds(20)).told == ["officer/push"])
    }

    @Test("a fall that its own cancel overtook rings: nothing from before a fall takes it back")
    mutating func cancelFirst() {
        script.tell("watch1", "cancel=true")
        script.tell("watch1", "fall=true", ago: .seconds(4))

        #expect(script.wait(.seconds(20)).told == ["officer/push"])
    }
}
