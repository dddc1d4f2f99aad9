import Testing
import VigilCore
import VigilTesting

/// A device whose encrypted messages are refused because their numbers went back.
struct CounterWatchTests {
    /// `replayed` is refused, whatever else is believed until `high` was heard and nobody had it forgotten.
    private struct CountingDecoder: PayloadDecoder {
        let dialect = TextDecoder.dialect

        func address(of frame: Frame) -> DeviceAddress? { TextDecoder().address(of: frame) }

        func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
            let word = String(decoding: frame.payload, as: UTF8.self)
            if word == "high" { state.keep(word, as: "number") }
            if word == "low", state.word("number") != nil { throw DecodeFailure(.replayed, "as the test wants it") }
            return Decoded(isRepeat: word == "again", isUnauthenticated: word == "again")
        }

        func forgetCounters(in state: inout DialectState) { state.keep(nil, as: "number") }
    }

    private static let alert: AlertID = "counter_reset-smoke1-1"
    private var script = EngineScript(decoders: [CountingDecoder()])

    private mutating func refuse(_ count: Int) {
        for _ in 0..<count { script.say("smoke1", "low") }
    }

    private var refusals: Int {
        script.effects.count { if case .undecodable = $0 { true } else { false } }
    }

    @Test(
        "three refusals with no message that is believed between them are one technical alert that says what to do, however many follow"
    )
    mutating func raised() throws {
        script.say("smoke1", "high")
        refuse(2)
        #expect(script.alerts.isEmpty)

        refuse(100)

        #expect(script.alerts.map(\.id) == [Self.alert])
        let alert = try #require(script.alert(Self.alert))
        #expect(alert.alertClass == .technical)
        let words = script.findings.first { $0.kind == "counter_reset" }?.evidence.sentence
        #expect(words?.english.contains("vigil devices forget-counter smoke1") == true)
        #expect(words?.chinese.contains("vigil devices forget-counter smoke1") == true)
        #expect(script.findings.count { $0.kind == "counter_reset" } == 1)
        #expect(refusals == 102)
    }

    @Test("messages that changed places on their way are no alert")
    mutating func overtaken() {
        script.say("smoke1", "high")
        for _ in 0..<10 {
            refuse(2)
            script.say("smoke1", "high")
        }

        #expect(script.alerts.isEmpty)
    }

    @Test("whoever sends old messages between the device's own keeps one alert open, which ends an hour after the last of them")
    mutating func replayed() {
        script.say("smoke1", "high")
        for _ in 0..<20 {
            refuse(3)
            script.say("smoke1", "high")
            script.wait(.minutes(50))
        }
        #expect(script.alerts.filter { $0.key.kind == "counter_reset" }.map(\.id) == [Self.alert])
        #expect(script.findings.count { $0.kind == "counter_reset" } == 1)

        script.wait(.minutes(10))
        script.say("smoke1", "high")

        #expect(script.alert(Self.alert)?.condition == .cleared)
    }

    @Test("none is believed until a person says so; then the device is, and the alert is over")
    mutating func forgotten() {
        script.say("smoke1", "high")
        refuse(3)

        let verdict = script.act(.forgetCounter("smoke1", note: "new battery"), by: "officer")
        refuse(1)

        #expect(verdict == .done)
        #expect(refusals == 3)
        #expect(script.alert(Self.alert)?.condition == .cleared)
        #expect(script.findings.last { $0.kind == "counter_reset" }?.evidence.sentence.english.hasPrefix("officer") == true)
    }

    @Test("a device that nobody registered has no counter to be forgotten")
    mutating func unknown() {
        #expect(script.act(.forgetCounter("nobody", note: ""), by: "officer")?.refusal?.contains("nobody") == true)
    }

    @Test("whoever has nothing but a device whose messages are refused is blind, until a person says that it is the device")
    mutating func coverage() throws {
        script.say("smoke1", "high")
        refuse(3)
        let coverage = try CoverageJudge(script.engine.coverageFacts).coverage(of: "r1")
        let blind = script.engine.blindList.first { $0.resident == "r1" }
        script.act(.forgetCounter("smoke1", note: "new battery"), by: "officer")

        let smoke = coverage.parts.first { $0.danger == .smoke }?.links.first { $0.what == .device }

        #expect(smoke?.verdict == .blind)
        #expect(smoke?.reason.english.contains("messages of smoke1 are refused") == true)
        #expect(blind?.devices == ["smoke1"])
        #expect(blind?.causes == [Self.alert])
        #expect(blind?.isWhole == false)
        #expect(!script.engine.blindList.contains { $0.resident == "r1" })
    }
}
