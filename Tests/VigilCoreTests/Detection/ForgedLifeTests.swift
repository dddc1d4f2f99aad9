import Testing
import VigilCore
import VigilTesting

/// What a device's key does not prove does not keep a silent device alive.
struct ForgedLifeTests {
    /// Throws for each payload the reason that it names; everything else is understood, and `again` is a repeat that proves nothing.
    private struct KeyedDecoder: PayloadDecoder {
        let dialect = TextDecoder.dialect

        func address(of frame: Frame) -> DeviceAddress? { TextDecoder().address(of: frame) }

        func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
            let word = String(decoding: frame.payload, as: UTF8.self)
            if let reason = DecodeFailure.Reason(rawValue: word) { throw DecodeFailure(reason, "as the test wants it") }
            return Decoded(isRepeat: word == "again", isUnauthenticated: word == "again")
        }
    }

    private func isHeard(saying word: String) -> Bool {
        var script = EngineScript(decoders: [KeyedDecoder()])
        script.wait(.minutes(1))
        script.say("smoke1", word)
        return script.engine.deviceFacts.conditions.contains { $0.device.id == "smoke1" && $0.lastHeardAt == script.time }
    }

    @Test(
        "what its key refuses, or anybody sent again, does not show that a device lives",
        arguments: ["replayed", "unencrypted", "undecryptable", "again"])
    func forged(word: String) {
        #expect(!isHeard(saying: word))
    }

    @Test("what a device says badly shows that it lives", arguments: ["malformed", "unknown_shape", "fine"])
    func own(word: String) {
        #expect(isHeard(saying: word))
    }
}
