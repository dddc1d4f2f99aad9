import Testing
import VigilCore
import VigilTesting

struct EffectEncodingTests {
    @Test("a finding is one line that names its effect")
    func findingLine() throws {
        var script = EngineScript()

        let line = try EffectLines.text(script.say("button1", "sos=true").filter { $0.name == "finding" })

        #expect(line.hasPrefix(#"{"alertClass":"life","change":"occurred","effect":"finding","#))
        #expect(line.contains(#""subject":"resident:r1""#))
    }
}
