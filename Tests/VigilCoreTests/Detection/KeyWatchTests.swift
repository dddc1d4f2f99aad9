import Testing
import VigilTesting

@testable import VigilCore

/// A device of which nothing is believed, because its key is wrong or missing.
struct KeyWatchTests {
    /// `sealed` is opened by the key and proves it, `opened` is opened by it and proves nothing, `plain` is what anybody could send; everything
    /// else is refused for the reason that it names.
    private struct KeyedDecoder: PayloadDecoder {
        let dialect = TextDecoder.dialect
        /// Before anything was opened.
        let standing: KeyStanding

        func address(of frame: Frame) -> DeviceAddress? { TextDecoder().address(of: frame) }

        func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
            let word = String(decoding: frame.payload, as: UTF8.self)
            if let reason = DecodeFailure.Reason(rawValue: word) { throw DecodeFailure(reason, "as the test wants it") }
            if word != "plain" { state.keep("yes", as: "opened") }
            let battery = Observation(.battery_percent, .number(90), nature: .level)
            return Decoded([battery], isUnauthenticated: word != "sealed", isOpened: word == "opened")
        }

        func forgetCounters(in state: inout DialectState) { state.keep(nil, as: "opened") }

        func keyStanding(of device: DeviceAddress, in state: DialectState) -> KeyStanding {
            state.word("opened") == nil ? standing : .proven
        }
    }

    private static let alert: AlertID = "wrong_key-smoke1-1"
    private var script = Self.script(.untried)

    private static func script(_ standing: KeyStanding) -> EngineScript {
        EngineScript(decoders: [KeyedDecoder(standing: standing)])
    }

    private mutating func say(_ word: String, times count: Int = 1, by device: String = "smoke1") {
        for _ in 0..<count { script.say(device, word) }
    }

    private var words: LocalizedText? { script.findings.first { $0.kind == "wrong_key" }?.evidence.sentence }

    private var wrongKeys: [AlertID] { script.alerts.filter { $0.key.kind == "wrong_key" }.map(\.id) }

    @Test("three refusals under a key that has opened nothing are one technical alert that says what to do, however many follow")
    mutating func raised() throws {
        say("undecryptable", times: 2)
        #expect(script.alerts.isEmpty)

        say("undecryptable", times: 100)

        #expect(script.alerts.map(\.id) == [Self.alert])
        #expect(script.alert(Self.alert)?.alertClass == .technical)
        #expect(script.findings.count { $0.kind == "wrong_key" } == 1)
        #expect(script.engine.deviceFacts.conditions.filter(\.isRefused).map(\.device.id) == ["smoke1"])
        let words = try #require(words)
        for text in [words.chinese, words.english] { #expect(text.contains("keys_file") && text.contains("vigil reload"), "\(text)") }
    }

    @Test(
        "it is over when the device is believed, and whoever sends garbage from then on raises none", arguments: ["sealed", "opened"])
    mutating func over(word: String) {
        say("undecryptable", times: 3)

        say(word)
        say("undecryptable", times: 100)

        #expect(script.alert(Self.alert)?.condition == .cleared)
        #expect(script.findings.count { $0.kind == "wrong_key" } == 2)
        #expect(script.engine.deviceFacts.conditions.contains { $0.isRefused } == false)
    }

    @Test("what anybody could send ends nothing while the device has a key")
    mutating func plainUnderKey() {
        say("undecryptable", times: 2)
        say("plain")
        say("undecryptable")
        say("plain")

        #expect(script.alert(Self.alert)?.condition == .active)
    }

    @Test("garbage between messages that are believed is no alert, however much of it", arguments: ["undecryptable", "unencrypted"])
    mutating func between(reason: String) {
        for _ in 0..<5 {
            say("sealed")
            say(reason, times: 50)
            script.wait(.hours(24))
            say(reason, times: 50)
        }

        #expect(wrongKeys == [])
    }

    @Test("a device that was bound anew is an alert once it should have been heard, and one whose silence says nothing at once")
    mutating func boundAnew() {
        for device in ["smoke1", "button1"] {
            say("sealed", by: device)
            say("undecryptable", times: 3, by: device)
        }
        #expect(wrongKeys == ["wrong_key-button1-1"])

        script.wait(.hours(25))
        say("undecryptable")

        #expect(wrongKeys == ["wrong_key-button1-1", Self.alert])
    }

    @Test("where the key is missing one message is enough, for nothing can be believed", arguments: ["undecryptable", "unencrypted"])
    mutating func missing(reason: String) throws {
        script = Self.script(.missing)

        say(reason)

        #expect(wrongKeys == [Self.alert])
        let words = try #require(words)
        for text in [words.chinese, words.english] {
            #expect(text.contains("keys_file"))
            #expect(text.contains("vigil devices forget-counter smoke1") == (reason == "unencrypted"))
        }
    }

    @Test("a device that encrypts and has no key is an alert, which what it says without ends")
    mutating func unneeded() {
        script = Self.script(.unneeded)

        say("undecryptable", times: 3)
        #expect(script.alert(Self.alert)?.condition == .active)
        say("plain")

        #expect(script.alert(Self.alert)?.condition == .cleared)
    }

    @Test("whoever sends garbage in the name of a device that needs no key raises none while it speaks")
    mutating func garbageBesidePlain() {
        script = Self.script(.unneeded)
        for _ in 0..<5 {
            say("plain")
            say("undecryptable", times: 50)
            script.wait(.hours(24))
        }

        #expect(wrongKeys == [])
    }

    @Test("a person who has seen the device ends it; a key that is wrong still is told again")
    mutating func forgotten() {
        say("undecryptable", times: 3)

        script.act(.forgetCounter("smoke1", note: ""), by: "officer")
        #expect(script.alert(Self.alert)?.condition == .cleared)
        say("undecryptable", times: 3)

        #expect(script.findings.filter { $0.kind == "wrong_key" }.map(\.change) == [.active, .cleared, .active])
    }

    @Test("whoever has such a device counts on nothing of it")
    mutating func blind() throws {
        say("undecryptable", times: 3)

        let blind = script.engine.blindList.first { $0.resident == "r1" }
        let coverage = try CoverageJudge(script.engine.coverageFacts).coverage(of: "r1")

        #expect(blind?.devices == ["smoke1"])
        #expect(blind?.causes == [Self.alert])
        let smoke = coverage.parts.first { $0.danger == .smoke }?.links.first { $0.what == .device }
        #expect(smoke?.verdict == .blind)
        #expect(smoke?.reason.english.contains("messages of smoke1 are refused") == true)
    }

    @Test("what was refused is remembered over a restart, and rows of before have nothing of it")
    func remembered() throws {
        var state = DeviceState()
        let before = try SnapshotCoding.roundTrip(state)
        var watch = KeyWatch(at: EngineTime(1))
        let device = try #require(SmallCommunity.registry().devices.first)
        for second in 1...3 { _ = watch.refuse(device, .undecryptable, .untried, isTrusted: false, at: EngineTime(Int64(second))) }
        state.key = watch

        let after = try SnapshotCoding.roundTrip(state)

        #expect(before.key == nil)
        #expect(after.key?.standing != nil)
        #expect(after == state)
    }
}
