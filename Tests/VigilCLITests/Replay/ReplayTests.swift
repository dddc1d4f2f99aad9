import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilDaemon
import VigilTesting

struct ReplayTests {
    /// What the replay of lines says, the community and its rules given from outside.
    private func replay(_ lines: [String], basis: ReplayBasis = Self.basis) throws -> [String] {
        var output: [String] = []
        try Replay.run(lines: lines, decoders: [TextDecoder()], basis: basis) { output.append($0) }
        return output
    }

    private static let basis = ReplayBasis(registry: SmallCommunity.registry(), rules: SmallCommunity.rules())

    @Test("a journal as lines gives what the engine gave, in order")
    func sameAsEngine() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.act(.accept("sos-r1-1"), by: "officer")
        script.wait(.minutes(10))
        script.say("smoke2", "smoke=true")
        script.say("band1", "?")
        script.act(.close("sos-r1-1", outcome: .sos_real, note: ""), by: nil)

        let output = try replay(script.inputs.map { try ReplayLine($0).json() }, basis: ReplayBasis())

        let withoutTime = output.map { $0.replacing(/"at":\d+,/, with: "", maxReplacements: 1) }
        let expected = try script.effects.map { try EffectLines.line($0) }
        #expect(withoutTime.count == expected.count)
        #expect(zip(withoutTime, expected).allSatisfy { Self.bag($0) == Self.bag($1) })
        #expect(output.contains { $0.contains(#""effect":"undecodable""#) })
    }

    /// The top-level `at` may stand anywhere among the sorted keys; what is compared is everything else.
    private static func bag(_ line: String) -> [Character] { line.replacing(/"at":\d+,?/, with: "").sorted() }

    @Test("the same lines give the same bytes, twice")
    func deterministic() throws {
        var script = EngineScript()
        for round in 0..<40 {
            script.say("button\(1 + round % 2)", "sos=true")
            script.say("band1", "heart_rate_bpm=\(100 + round)")
            script.wait(.seconds(47))
            if round.isMultiple(of: 7) { script.act(.accept("sos-r1-1"), by: "officer") }
        }
        let lines = try script.inputs.map { try ReplayLine($0).json() }

        let first = try replay(lines, basis: ReplayBasis())

        #expect(first.count > 200)
        #expect(try replay(lines, basis: ReplayBasis()) == first)
    }

    /// How many days are made up; the long form asks for thousands: `VIGIL_SEEDS=5000`.
    private static let days = ProcessInfo.processInfo.environment["VIGIL_SEEDS"].flatMap { UInt64($0) } ?? 400

    @Test("made-up days give the same bytes, as inputs and as lines", arguments: 0..<4)
    func seeds(part: UInt64) throws {
        var effects = 0
        for seed in stride(from: part, to: Self.days, by: 4) {
            let day = GeneratedDay(seed: seed)
            var direct: [String] = []
            var replay = Replay(decoders: [TextDecoder()])
            for stamped in day.lines { try replay.take(ReplayLine(stamped)) { direct.append($0) } }

            let again = try self.replay(day.lines.map { try ReplayLine($0).json() }, basis: ReplayBasis())

            #expect(again == direct, "seed \(seed)")
            effects += direct.count
        }
        #expect(effects > 20 * Int(Self.days / 4))
    }

    @Test("lines by hand need neither source nor number nor rules of their own")
    func byHand() throws {
        let output = try replay([
            #"{"at": 1763800000000, "topic": "text/button1", "payload": "sos=true"}"#, "",
            #"{"at": 1763800001000, "command": {"accept": "sos-r1-1", "by": "officer"}}"#,
        ])

        #expect(output.contains { $0.contains(#""effect":"alert""#) && $0.contains(#""event":"raised""#) })
        #expect(output.contains { $0.contains(#""event":"accepted""#) && $0.hasPrefix(#"{"alertClass":"life","at":1763800001000,"#) })
    }

    @Test("a silence in lines by hand is judged, for their source listens")
    func silence() throws {
        let output = try replay([
            #"{"at": 1763800000000, "topic": "text/motion1", "payload": "motion=true"}"#,
            #"{"at": 1763850000000, "deadline": {}}"#,
        ])

        let raised = output.filter { $0.contains(#""kind":"absence""#) && $0.contains(#""event":"raised""#) }
        #expect(raised.contains { $0.contains(#""at":1763843200000"#) }, "\(output)")
    }

    @Test("effects carry the time of their deadline, not of the line that brought it")
    func times() throws {
        let output = try replay([
            #"{"at": 1763800000000, "topic": "text/button1", "payload": "sos=true"}"#,
            #"{"at": 1763800300000, "deadline": {}}"#,
        ])

        let steps = output.filter { $0.contains(#""event":"step""#) }
        #expect(steps.count == 3)
        #expect(steps[1].contains(#""at":1763800060000"#))
        #expect(steps[2].contains(#""at":1763800180000"#))
    }

    @Test("rules in the lines win, unless overriding")
    func overriding() throws {
        var noRules = SmallCommunity.rules()
        noRules.rules = []
        let lines = [
            try ReplayLine(at: EngineTime(1), input: .rulesChange(SmallCommunity.rules())).json(),
            #"{"at": 1763800000000, "topic": "text/button1", "payload": "sos=true"}"#,
        ]

        let own = try replay(lines, basis: ReplayBasis(registry: SmallCommunity.registry(), rules: noRules))
        let other = try replay(lines, basis: ReplayBasis(registry: SmallCommunity.registry(), rules: noRules, isOverriding: true))

        #expect(own.contains { $0.contains(#""event":"raised""#) })
        #expect(!other.contains { $0.contains(#""event":"raised""#) })
    }

    @Test("a replay without rules says what it lacks, and where")
    func noRules() throws {
        let fault = try #require(throws: ReplayFault.self) {
            try replay(["", #"{"at": 1, "topic": "t", "payload": ""}"#], basis: ReplayBasis())
        }

        #expect(fault.line == 2)
        #expect(fault.words.contains("no rules yet"))
    }
}
