import Testing
import VigilCore

@testable import VigilDevices

/// Which line of a profile made a fact, and which made none of a value.
struct ProfileExplanationTests {
    private func explain(_ payload: String, topic: String = "acme/m1", _ messages: String) throws -> Explanation {
        let (profile, faults) = ProfileText(messages: messages).read()
        let registry = DecoderRegistry(profiles: [try #require(profile, "\(faults)")])
        let entry = registry.entry(for: "acme")
        let frame = Capture(topic, payload).frame
        let decoder = try #require(entry)
        let address = decoder.decoder.address(of: frame)
        return try Explainer(entry: decoder, filter: nil, frame: frame).explain(try #require(address))
    }

    /// Lines 1 to 5 are the head and `messages:`.
    private let bed = """
        - topic: acme/{device}
          when: {kind: bed}
          facts:
            - {path: v.hr, kind: heart_rate_bpm}
            - {path: bed, words: {0: {in_bed: true}, 8: ~}}
            - {path: s, kind: smoke, when: {v.sure: true}}
        - topic: acme/{device}
          when: {kind: old}
          history: true
        """

    @Test("each fact has the line that says it")
    func origins() throws {
        let why = try explain(#"{"kind":"bed","v":{"hr":60},"bed":0}"#, bed)

        #expect(why.facts.map(\.origin) == ["p.yaml:9", "p.yaml:10"])
        #expect(why.parts.map(\.role) == [.told, .told, .told])
        #expect(why.parts.map(\.unused) == [nil, nil, nil])
    }

    @Test("a value of which nothing was made says why, and where the profile speaks of it")
    func unused() throws {
        let why = try explain(#"{"kind":"bed","v":{"hr":60,"sure":false},"bed":8,"s":true,"x":1}"#, bed)

        let found = why.parts.map { "\($0.path) \($0.role) \($0.unused?.rawValue ?? "-") \($0.origin ?? "-")" }
        #expect(
            found == [
                "kind told - -", "v.hr told - -", "v.sure ignored only_condition p.yaml:11", "bed ignored says_nothing p.yaml:10",
                "s ignored conditions p.yaml:11", "x ignored no_fact -",
            ])
    }

    @Test("what tells of the past is named as history")
    func history() throws {
        let why = try explain(#"{"kind":"old","bed":0}"#, bed)

        #expect(why.parts.map(\.unused) == [.history, .history])
        #expect(why.parts.map(\.origin) == ["p.yaml:12", "p.yaml:12"])
    }

    @Test("values in lists and under names of their own are found again")
    func lists() throws {
        let why = try explain(
            #"{"id":"g","params":{"hr":[{"value":60},{"value":null}],"x":{"value":1}}}"#, topic: "acme/up",
            """
            - topic: acme/up
              each: params.{property}[*]
              device: "{$.id}/{property}"
              facts:
                - {path: [value, .], kind: heart_rate_bpm, when: {"{property}": hr}}
            """)

        #expect(why.facts.first?.origin == "p.yaml:10")
        #expect(why.parts.map(\.unused) == [nil, nil, .saysNothing, .conditions])
    }

    @Test("what is read as a time or a name is said to be, also where it changes nothing")
    func timesAndNames() throws {
        let why = try explain(
            #"{"ts":0,"gw":{"id":"g"},"pads":[{"occ":1,"side":"L"}],"x":1}"#,
            """
            - topic: acme/{device}
              each: "pads[*]"
              device: "{$.gw.id}"
              time: {path: $.ts, unit: s}
              facts: [{path: occ, kind: in_bed, words: {0: false, 1: true}}]
            - topic: acme/{device}
              each: "old[*]"
              device: "{.side}"
              facts: [{path: occ, kind: in_bed}]
            """)

        let found = Dictionary(why.parts.map { ($0.path, $0) }) { first, _ in first }
        #expect(found["ts"]?.role == .ignored && found["ts"]?.unused == .time && found["ts"]?.origin == "p.yaml:6")
        #expect(found["x"]?.unused == .noFact)
        #expect(found["pads[0].occ"]?.role == .told)
    }
}
